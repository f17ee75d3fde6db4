#include "rules/check_reach.h"

#include <algorithm>

namespace hezhi::rules {

void Reach::wrong(const std::string& file, const std::string& key, std::string expected_zh,
                  std::string expected_en) {
    auto document = documents_.find(file);
    RuleError error{file, 0, key, std::move(expected_zh), std::move(expected_en)};
    if (document != documents_.end()) {
        const TomlNode* place = &document->second;
        for (std::size_t from = 0; from <= key.size();) {
            auto dot = std::min(key.find('.', from), key.size());
            const TomlNode* inner = place->member(key.substr(from, dot - from));
            if (!inner) break;
            place = inner;
            from = dot + 1;
        }
        error.file = place->file;
        error.line = place->line;
    }
    errors_.push_back(std::move(error));
}

bool outlasts(const TimeLimit& first, const TimeLimit& second) {
    auto length = [](const TimeLimit& limit) {
        constexpr std::int64_t in_minutes[] = {1, 60, 24 * 60};
        return limit.amount * in_minutes[static_cast<std::size_t>(limit.unit)];
    };
    if (second.amount == 0) return false;  // could not be read
    bool days = first.unit == TimeUnit::days;
    if (first.clock == ClockKind::calendar) {
        return second.clock == ClockKind::calendar && length(first) > length(second);
    }
    if (second.clock == ClockKind::working) {
        return days == (second.unit == TimeUnit::days) && length(first) > length(second);
    }
    // Working time is never shorter than that; the first working day may begin at once.
    constexpr std::int64_t day = 24 * 60;
    return (days ? length(first) - day : length(first)) > length(second);
}

std::int32_t shortest_minutes(const Pack& pack) {
    if (pack.categories.empty()) return 1;
    return std::ranges::min(pack.categories, {}, &Category::minutes_planned).minutes_planned;
}

std::int32_t longest_minutes(const Pack& pack) {
    if (pack.categories.empty()) return 0;
    return std::ranges::max(pack.categories, {}, &Category::minutes_planned).minutes_planned;
}

namespace {

void check_small_group(const Pack& pack, Reach& reach) {
    if (pack.back_test.small_group >= small_group_min) return;
    std::string least = std::to_string(small_group_min);
    reach.wrong("back_test.toml", "back_test.small_group", "不小于 " + least + "，否则可能认出个人",
                least + " at least; otherwise somebody could be recognised");
}

}  // namespace

void check_reach(const Documents& documents, const Pack& pack, std::vector<RuleError>& errors) {
    Reach reach(documents, errors);
    check_certification_reach(pack, reach);
    check_order_reach(pack, reach);
    if (pack.true_hours.checks) check_true_hours_reach(pack, reach);
    if (documents.contains("color_grades.toml")) check_grade_reach(pack, reach);
    if (pack.time_bank.open) check_time_bank_reach(pack, reach);
    check_small_group(pack, reach);
}

}  // namespace hezhi::rules
