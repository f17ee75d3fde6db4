#include "http/static_files.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace hezhi::http {
namespace {

namespace fs = std::filesystem;

// The pages are about 4 MB with both compressed copies; a folder over this is the wrong folder.
constexpr std::size_t folder_bytes_max = 64 * 1024 * 1024;

struct TypeOfName {
    std::string_view ending;
    std::string_view content_type;
};
constexpr std::array types{
    TypeOfName{".css", "text/css; charset=utf-8"},
    TypeOfName{".geojson", "application/geo+json"},
    TypeOfName{".html", "text/html; charset=utf-8"},
    TypeOfName{".ico", "image/x-icon"},
    TypeOfName{".jpg", "image/jpeg"},
    TypeOfName{".js", "text/javascript; charset=utf-8"},
    TypeOfName{".json", "application/json"},
    TypeOfName{".mjs", "text/javascript; charset=utf-8"},
    TypeOfName{".png", "image/png"},
    TypeOfName{".svg", "image/svg+xml"},
    TypeOfName{".txt", "text/plain; charset=utf-8"},
    TypeOfName{".wasm", "application/wasm"},
    TypeOfName{".webmanifest", "application/manifest+json"},
    TypeOfName{".webp", "image/webp"},
    TypeOfName{".woff", "font/woff"},
    TypeOfName{".woff2", "font/woff2"},
};

std::string_view content_type_of(std::string_view path) {
    auto found =
        std::ranges::find_if(types, [&](auto& type) { return path.ends_with(type.ending); });
    return found == types.end() ? std::string_view() : found->content_type;
}

// A strong tag: the same bytes, the same tag, after every restart and on every machine.
std::string etag_of(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) !=
        1) {
        throw std::runtime_error("SHA-256 is not available");
    }
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string tag = "\"";
    for (std::size_t i = 0; i < 16; ++i) {
        tag.push_back(hex[digest[i] >> 4]);
        tag.push_back(hex[digest[i] & 15]);
    }
    tag.push_back('"');
    return tag;
}

std::string_view next_entry(std::string_view& list) {
    auto end = std::min(list.find(','), list.size());
    std::string_view entry = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    while (entry.starts_with(' ') || entry.starts_with('\t')) entry.remove_prefix(1);
    while (entry.ends_with(' ') || entry.ends_with('\t')) entry.remove_suffix(1);
    return entry;
}

bool accepts(std::string_view accept_encoding, std::string_view coding) {
    while (!accept_encoding.empty()) {
        std::string_view entry = next_entry(accept_encoding);
        auto name_end = std::min(entry.find_first_of("; "), entry.size());
        if (!equal_ignoring_case(entry.substr(0, name_end), coding)) continue;
        auto q = entry.find("q=");
        // Weight zero in any spelling (0, 0.0, 0.000) means "not this one".
        return q == std::string_view::npos ||
               entry.substr(q + 2).find_first_of("123456789") != std::string_view::npos;
    }
    return false;
}

bool names_tag(std::string_view if_none_match, std::string_view etag) {
    while (!if_none_match.empty()) {
        std::string_view entry = next_entry(if_none_match);
        if (entry.starts_with("W/")) entry.remove_prefix(2);
        if (entry == etag || entry == "*") return true;
    }
    return false;
}

bool is_navigation(const Request& request) {
    std::string_view mode = request.header("Sec-Fetch-Mode");
    if (!mode.empty()) return mode == "navigate";
    return request.header("Accept").find("text/html") != std::string_view::npos;
}

bool is_of_phone(std::string_view path) {
    return path.starts_with("/m/") || path.starts_with("/assets/");
}

Response redirect(int status, std::string_view where) {
    Response response;
    response.status = status;
    response.headers.emplace_back("Location", where);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

}  // namespace

StaticFiles::Variant StaticFiles::read(const fs::path& path, std::size_t& total_bytes) {
    Variant variant;
    if (!fs::is_regular_file(fs::symlink_status(path))) return variant;
    std::ifstream in(path, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in.is_open() || in.bad()) throw std::runtime_error("cannot read " + path.string());
    total_bytes += bytes.size();
    if (total_bytes > folder_bytes_max) {
        throw std::runtime_error("more than 64 MiB of web pages; is this the right folder? " +
                                 path.parent_path().string());
    }
    variant.etag = etag_of(bytes);
    variant.bytes = std::make_shared<const std::string>(std::move(bytes));
    return variant;
}

StaticFiles StaticFiles::load(const fs::path& folder) {
    if (!fs::is_directory(folder)) {
        throw std::runtime_error("no folder of web pages at " + folder.string());
    }
    StaticFiles files;
    std::size_t total_bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        std::string path = "/" + fs::relative(entry.path(), folder).generic_string();
        std::string_view content_type = content_type_of(path);
        bool hidden = path.find("/.") != std::string::npos;
        if (content_type.empty() || hidden || !fs::is_regular_file(entry.symlink_status()))
            continue;
        File file;
        file.content_type = content_type;
        file.immutable = path.starts_with("/assets/");
        file.plain = read(entry.path(), total_bytes);
        file.brotli = read(entry.path().string() + ".br", total_bytes);
        file.gzip = read(entry.path().string() + ".gz", total_bytes);
        files.files_.emplace(std::move(path), std::move(file));
    }
    for (std::string_view page : {"/index.html", "/m/index.html"}) {
        if (!files.files_.contains(page)) {
            throw std::runtime_error("no " + std::string(page) + " in " + folder.string() +
                                     "; build the web pages first");
        }
    }
    return files;
}

std::optional<Response> StaticFiles::answer(const Request& request, Surface surface) const {
    if (request.method != Method::get && request.method != Method::head) return std::nullopt;
    if (request.path == "/m") return redirect(308, "/m/");
    if (request.path == "/" && surface == Surface::public_) return redirect(303, "/m/");
    const File* file = find(request, surface);
    if (file == nullptr) return std::nullopt;
    return respond(*file, request);
}

const StaticFiles::File* StaticFiles::find(const Request& request, Surface surface) const {
    const std::string& path = request.path;
    auto named = files_.find(path.ends_with('/') ? path + "index.html" : path);
    bool shown = surface == Surface::office || is_of_phone(path);
    if (named != files_.end() && shown) return &named->second;

    // A page of the app that only the browser knows. An asset is never a page: a script that is
    // gone must fail, not parse as HTML.
    bool page = !path.starts_with("/assets/") && !path.starts_with("/api/") && path != "/api";
    if (!page || !shown || !is_navigation(request)) return nullptr;
    return &files_.find(path.starts_with("/m/") ? "/m/index.html" : "/index.html")->second;
}

Response StaticFiles::respond(const File& file, const Request& request) {
    std::string_view wanted = request.header("Accept-Encoding");
    const Variant* variant = &file.plain;
    std::string_view coding;
    if (file.brotli.bytes && accepts(wanted, "br")) {
        variant = &file.brotli;
        coding = "br";
    } else if (file.gzip.bytes && accepts(wanted, "gzip")) {
        variant = &file.gzip;
        coding = "gzip";
    }

    Response response;
    response.headers.emplace_back("ETag", variant->etag);
    response.headers.emplace_back(
        "Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (names_tag(request.header("If-None-Match"), variant->etag)) {
        response.status = 304;
        return response;
    }
    if (!coding.empty()) response.headers.emplace_back("Content-Encoding", coding);
    response.content_type = file.content_type;
    response.shared_body = variant->bytes;
    return response;
}

}  // namespace hezhi::http
