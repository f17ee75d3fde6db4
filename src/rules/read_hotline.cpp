#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {
namespace {

constexpr std::size_t hotline_digits_max = 15;  // ITU-T E.164

bool is_hotline_number(const std::string& number) {
    return number.size() <= hotline_digits_max &&
           std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void read_hotline(TableReader& root, Pack& pack) {
    root.table("hotline", [&](TableReader& row) {
        HotlineRules& rules = pack.hotline;
        rules.clause = row.clause();
        auto name = row.optional_words("name");
        auto number = row.optional_text("number");
        if (name.has_value() != number.has_value()) {
            row.wrong(name ? "number" : "name", "名称和号码都写，或都不写（没有热线）",
                      "name and number, or neither where there is no hotline");
        }
        if (number && !is_hotline_number(*number)) {
            row.wrong("number", "不超过 15 位的数字", "digits, 15 at most");
        }
        rules.name = name.value_or(Words{});
        rules.number = number.value_or("");
    });
}

}  // namespace hezhi::rules
