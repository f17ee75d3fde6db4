// Files that hold what must not be lost: written in order, hashed on the way, on the disk when
// finished.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "crypto/digest.h"

namespace hezhi::app {

// What a file holds, to be compared when it is read again.
struct FileSum {
    std::int64_t bytes = 0;
    std::string sha256;
};

// A new file for its owner alone. Throws CannotOpen with the path and the reason.
class DurableFile {
  public:
    // Never overwrites.
    explicit DurableFile(const std::filesystem::path& path);
    // Adds to what is there, or begins a new file.
    static DurableFile append_to(const std::filesystem::path& path);
    ~DurableFile();
    DurableFile(const DurableFile&) = delete;
    DurableFile& operator=(const DurableFile&) = delete;

    void write(std::string_view bytes);
    // The content is on the disk when it returns, and the folder's entry too.
    FileSum finish();

  private:
    DurableFile(const std::filesystem::path& path, int flags);
    void flush();
    [[noreturn]] void fail() const;

    std::filesystem::path path_;
    int fd_;
    std::string waiting_;
    crypto::Digest digest_;
    std::int64_t bytes_ = 0;
};

// Throws CannotOpen if it cannot be read.
FileSum sum_of(const std::filesystem::path& path);

// "/backups/monday/" as "/backups/monday": what a name is added to stands beside it, not in it.
std::filesystem::path without_slash(const std::filesystem::path& folder);

// The entries of a folder are on the disk when it returns.
void sync_folder(const std::filesystem::path& folder);

}  // namespace hezhi::app
