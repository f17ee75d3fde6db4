#include "rules/pack_source.h"

#include <charconv>
#include <optional>

namespace hezhi::rules {

namespace {

constexpr std::string_view first_line = "hezhi pack text 1\n";

// Walks the canonical text; every step answers nullopt where the text is not as written.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }

    bool skip(std::string_view expected) {
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    struct Heading {
        std::string name;
        std::size_t count;
    };

    // "pack base 7\n" for the word "pack".
    std::optional<Heading> heading(std::string_view word) {
        if (!skip(word) || !skip(" ")) return std::nullopt;
        auto line = rest_.substr(0, rest_.find('\n'));
        auto space = line.rfind(' ');
        if (line.size() == rest_.size() || space == std::string_view::npos) return std::nullopt;
        Heading out{std::string(line.substr(0, space)), 0};
        auto digits = line.substr(space + 1);
        auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), out.count);
        if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
        rest_.remove_prefix(line.size() + 1);
        return out;
    }

    std::optional<std::string> bytes(std::size_t count) {
        if (count > pack_file_bytes_max || rest_.size() < count) return std::nullopt;
        std::string out(rest_.substr(0, count));
        rest_.remove_prefix(count);
        return out;
    }

  private:
    std::string_view rest_;
};

std::optional<PackSource> read_source(Cursor& cursor) {
    auto pack = cursor.heading("pack");
    if (!pack || pack->count > pack_files_max) return std::nullopt;
    PackSource out{pack->name, {}};
    for (std::size_t i = 0; i < pack->count; ++i) {
        auto file = cursor.heading("file");
        if (!file) return std::nullopt;
        auto text = cursor.bytes(file->count);
        if (!text || !cursor.skip("\n")) return std::nullopt;
        out.files.push_back({file->name, std::move(*text)});
    }
    return out;
}

}  // namespace

std::string normalised(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        out += text[i];
    }
    return out;
}

std::string write_canonical_text(const std::vector<PackSource>& layers) {
    std::string out(first_line);
    for (auto& layer : layers) {
        out += "pack " + layer.name + " " + std::to_string(layer.files.size()) + "\n";
        for (auto& file : layer.files) {
            out += "file " + file.name + " " + std::to_string(file.text.size()) + "\n" + file.text +
                   "\n";
        }
    }
    return out;
}

std::expected<std::vector<PackSource>, RuleError> read_canonical_text(std::string_view text) {
    Cursor cursor(text);
    std::vector<PackSource> layers;
    bool good = cursor.skip(first_line);
    while (good && !cursor.at_end()) {
        auto layer = read_source(cursor);
        good = layer && layers.size() < pack_extends_max;
        if (good) layers.push_back(std::move(*layer));
    }
    if (!good || layers.empty()) {
        return std::unexpected(RuleError{"", 0, "", "应为规则包的规范文本，此文本不完整或被改动",
                                         "the canonical text of a pack, whole and unchanged"});
    }
    return layers;
}

}  // namespace hezhi::rules
