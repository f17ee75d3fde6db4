#include "http/target.h"

#include <algorithm>

#include "base/text.h"

namespace hezhi::http {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_control(char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

// Appends `text` decoded. `path` also refuses "%2F": after decoding nobody could tell it from a
// separator, and no address of ours needs it.
enum class Part { path, query };

bool decode(std::string_view text, Part part, std::string& out) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return false;
            int high = hex_value(text[i + 1]);
            int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return false;
            c = static_cast<char>(high * 16 + low);
            i += 2;
            if (part == Part::path && (c == '/' || c == '\\')) return false;
        } else if (c == '+' && part == Part::query) {
            c = ' ';
        }
        bool line_of_text = part == Part::query && (c == '\n' || c == '\r' || c == '\t');
        if (is_control(c) && !line_of_text) return false;
        out.push_back(c);
    }
    return true;
}

bool is_plain(std::string_view path) {
    auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '/' || c == '-' || c == '_';
    };
    return std::ranges::all_of(path, plain) && path.find("//") == std::string_view::npos;
}

// Takes "." and ".." segments and doubled slashes out; false if the path climbs above the root.
bool normalise(std::string& path) {
    std::vector<std::string_view> kept;
    std::string_view rest = path;
    bool folder = false;  // the path ends in a slash, or in a dot segment which means the same
    while (!rest.empty()) {
        rest.remove_prefix(1);
        auto end = std::min(rest.find('/'), rest.size());
        std::string_view segment = rest.substr(0, end);
        rest.remove_prefix(end);
        folder = segment.empty() || segment == "." || segment == "..";
        if (segment == "..") {
            if (kept.empty()) return false;
            kept.pop_back();
        } else if (!folder) {
            kept.push_back(segment);
        }
    }
    std::string out;
    out.reserve(path.size());
    for (std::string_view segment : kept) out.append("/").append(segment);
    if (folder || out.empty()) out.push_back('/');
    path = std::move(out);
    return true;
}

bool read_query(std::string_view text, Target& target) {
    while (!text.empty()) {
        auto end = std::min(text.find('&'), text.size());
        std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        auto equals = std::min(pair.find('='), pair.size());
        auto& [name, value] = target.query.emplace_back();
        if (!decode(pair.substr(0, equals), Part::query, name)) return false;
        if (equals < pair.size() && !decode(pair.substr(equals + 1), Part::query, value)) {
            return false;
        }
        if (!count_code_points(name) || !count_code_points(value)) return false;
    }
    return true;
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
    // The absolute form ("http://host/path"), which servers must accept and proxies send.
    for (std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        auto start = target.find_first_of("/?", scheme.size());
        target = start == std::string_view::npos ? "/" : target.substr(start);
        break;
    }
    auto question = std::min(target.find('?'), target.size());
    std::string_view path = target.substr(0, question);
    if (!path.starts_with('/') || path.find('#') != std::string_view::npos) return std::nullopt;

    Target parsed;
    if (is_plain(path)) {
        parsed.path = path;
    } else {
        if (!decode(path, Part::path, parsed.path)) return std::nullopt;
        if (!count_code_points(parsed.path) || !normalise(parsed.path)) return std::nullopt;
    }
    if (question < target.size() && !read_query(target.substr(question + 1), parsed)) {
        return std::nullopt;
    }
    return parsed;
}

}  // namespace hezhi::http
