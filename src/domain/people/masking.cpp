#include "domain/people/masking.h"

#include <algorithm>
#include <vector>

#include "base/assert.h"
#include "base/text.h"

namespace hezhi::people {
namespace {

// Family names of two characters. A name that merely begins alike shows one character more than it
// need; a compound name that is missing shows one less. Both are harmless.
constexpr std::string_view compound_family_names[] = {
    "欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "令狐", "慕容", "宇文", "长孙", "司徒",
    "夏侯", "端木", "东方", "南宫", "独孤", "呼延", "轩辕", "西门", "申屠", "公冶", "淳于", "单于",
    "太史", "澹台", "濮阳", "闻人", "钟离", "赫连", "司空", "百里", "东郭", "拓跋", "完颜", "纳兰",
    "叶赫", "爱新", "第五", "闾丘", "仲孙", "鲜于", "宗政", "万俟", "亓官", "巫马", "公羊", "左丘",
};

constexpr std::string_view part_separators[] = {"·", "•", "・", "‧", " ", "\xE3\x80\x80", "-"};

std::size_t sequence_length(char lead) {
    auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// U+FE00…FE0F and U+E0100…E01EF choose the shape of the character before them.
bool is_variation_selector(std::string_view character) {
    return (character >= "\xEF\xB8\x80" && character <= "\xEF\xB8\x8F") ||
           (character >= "\xF3\xA0\x84\x80" && character <= "\xF3\xA0\x87\xAF");
}

std::vector<std::string_view> characters_of(std::string_view text) {
    HEZHI_ASSERT(count_code_points(text).has_value());
    std::vector<std::string_view> out;
    while (!text.empty()) {
        std::string_view character = text.substr(0, sequence_length(text.front()));
        text.remove_prefix(character.size());
        if (!out.empty() && is_variation_selector(character)) {
            out.back() = {out.back().data(), out.back().size() + character.size()};
        } else {
            out.push_back(character);
        }
    }
    return out;
}

std::string with_stars(const std::vector<std::string_view>& characters, std::size_t first,
                       std::size_t last) {
    std::string out;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        bool shown = i < first || i >= characters.size() - last;
        out += shown ? characters[i] : "*";
    }
    return out;
}

bool separates(std::string_view character) {
    return std::ranges::find(part_separators, character) != std::end(part_separators);
}

bool has_compound_family_name(std::string_view name) {
    return std::ranges::any_of(compound_family_names,
                               [&](std::string_view family) { return name.starts_with(family); });
}

}  // namespace

std::string mask_id_number(std::string_view normalised) {
    auto characters = characters_of(normalised);
    std::size_t length = characters.size();
    if (length >= 15) return with_stars(characters, 3, 4);
    if (length >= 12) return with_stars(characters, 3, 3);
    if (length >= 9) return with_stars(characters, 3, 2);
    if (length >= 5) return with_stars(characters, 1, 1);
    return with_stars(characters, 0, 0);
}

std::string mask_phone(std::string_view normalised) {
    normalised = normalised.substr(0, normalised.find_first_not_of("+-0123456789"));
    auto characters = characters_of(normalised);
    auto hyphen = normalised.find('-');
    if (hyphen != std::string_view::npos && characters.size() > hyphen + 6) {
        return with_stars(characters, hyphen + 1, 2);
    }
    if (characters.size() >= 9) return with_stars(characters, 3, 4);
    return with_stars(characters, 0, std::min<std::size_t>(2, characters.size() / 4));
}

std::string mask_name(std::string_view name) {
    auto characters = characters_of(name);
    bool in_parts = std::ranges::any_of(characters, separates);
    if (!in_parts) {
        if (characters.size() <= 1) return with_stars(characters, 0, 0);
        bool compound = characters.size() >= 3 && has_compound_family_name(name);
        return with_stars(characters, compound ? 2 : 1, 0);
    }
    std::string out;
    bool begins_part = true;
    for (std::string_view character : characters) {
        bool shown = begins_part || separates(character);
        out += shown ? character : "*";
        begins_part = separates(character);
    }
    return out;
}

}  // namespace hezhi::people
