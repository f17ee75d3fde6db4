// How alike two reports are, by the letters that stand beside each other.
#include <algorithm>

#include "domain/needs/needs.h"

namespace hezhi::needs {
namespace {

bool is_lead_byte(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

// The letters that say something: no blanks, no ASCII punctuation, none of the usual Chinese marks.
std::vector<std::string_view> letters_of(std::string_view text) {
    static constexpr std::string_view marks = "，。、；：！？（）《》“”‘’　";
    std::vector<std::string_view> letters;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && !is_lead_byte(text[end])) ++end;
        std::string_view letter = text.substr(at, end - at);
        bool plain = letter.size() == 1;
        bool says = plain ? std::isalnum(static_cast<unsigned char>(letter[0])) != 0
                          : marks.find(letter) == std::string_view::npos;
        if (says) letters.push_back(letter);
        at = end;
    }
    return letters;
}

std::vector<std::string> pairs_of(std::string_view text) {
    auto letters = letters_of(text);
    std::vector<std::string> pairs;
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
        pairs.push_back(std::string(letters[i]) + std::string(letters[i + 1]));
    }
    std::ranges::sort(pairs);
    auto repeated = std::ranges::unique(pairs);
    pairs.erase(repeated.begin(), repeated.end());
    return pairs;
}

}  // namespace

int similar_percent(std::string_view one, std::string_view other) {
    auto first = pairs_of(one), second = pairs_of(other);
    if (first.empty() || second.empty()) return 0;
    std::vector<std::string> both;
    std::ranges::set_intersection(first, second, std::back_inserter(both));
    return static_cast<int>(100 * both.size() / std::min(first.size(), second.size()));
}

}  // namespace hezhi::needs
