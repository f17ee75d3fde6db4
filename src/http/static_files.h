// The web pages, read into memory at start. A request can only name what was read then: there is no
// path to a file system behind it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace hezhi::http {

// Which pages a listener shows.
enum class Surface : std::uint8_t {
    office,   // console under "/", phone pages under "/m/"
    public_,  // phone pages only; "/" leads to "/m/"
};

class StaticFiles {
  public:
    // Reads `folder`: each file with its ".br" and ".gz" siblings, which the build made. Source
    // maps, hidden files, links and unknown types are left out. Throws std::runtime_error naming
    // what is wrong: no folder, no entry page, more than 64 MiB.
    static StaticFiles load(const std::filesystem::path& folder);

    // GET and HEAD. nullopt if there is no such file on this surface; the caller answers 404.
    // Navigation to an unknown path that is no asset gets the entry page.
    std::optional<Response> answer(const Request& request, Surface surface) const;

    std::size_t size() const { return files_.size(); }

  private:
    struct Variant {
        std::shared_ptr<const std::string> bytes;  // null: there is none
        std::string etag;
    };
    struct File {
        std::string content_type;
        bool immutable = false;  // the name holds a hash of the content
        Variant plain;
        Variant brotli;
        Variant gzip;
    };

    static Variant read(const std::filesystem::path& path, std::size_t& total_bytes);
    const File* find(const Request& request, Surface surface) const;
    static Response respond(const File& file, const Request& request);

    std::map<std::string, File, std::less<>> files_;  // by path: "/m/index.html"
};

}  // namespace hezhi::http
