#include "domain/spot_checks/spot_check_rules.h"

#include <algorithm>

#include "dispatch/hard_rules.h"
#include "rules/working_calendar.h"

namespace hezhi::spot_checks {
namespace {

Millis apart(Instant a, Instant b) {
    return std::max(a - b, b - a);
}

}  // namespace

std::int32_t people_together(const std::vector<CodeUse>& uses, PersonId person, Millis within) {
    auto own = std::ranges::find(uses, person, &CodeUse::person);
    if (own == uses.end()) return 0;
    return static_cast<std::int32_t>(std::ranges::count_if(uses, [&](const CodeUse& use) {
        return apart(use.in, own->in) <= within && apart(use.out, own->out) <= within;
    }));
}

std::int32_t way_between(const Whereabouts& from, const Whereabouts& to,
                         const rules::DispatchRules& rules) {
    if (from.community.empty() || to.community.empty()) return 0;
    bool one_area =
        from.area_path.starts_with(to.area_path) || to.area_path.starts_with(from.area_path);
    if (one_area || rules.travel_minutes.empty()) return 0;
    auto up = std::max(0, dispatch::depth_of(from.community) -
                              dispatch::shared_depth(from.community, to.community));
    auto at = std::min(static_cast<std::size_t>(up), rules.travel_minutes.size() - 1);
    return rules.travel_minutes[at];
}

std::int32_t way_percent(Millis between, std::int32_t way_minutes) {
    Millis way = std::chrono::minutes(way_minutes);
    if (between >= way) return 100;
    return static_cast<std::int32_t>(std::max(between, Millis(0)) * 100 / way);
}

bool in_working_hours(Instant from, Instant to, const rules::Calendar& calendar) {
    for (Day day = day_of(from); start_of(day) < to; day = day + 1) {
        if (!rules::is_working_day(day, calendar)) continue;
        for (const auto& span : calendar.working_hours) {
            if (from < at_wall(day, std::chrono::minutes(span.to_minute)) &&
                at_wall(day, std::chrono::minutes(span.from_minute)) < to) {
                return true;
            }
        }
    }
    return false;
}

std::vector<std::string> reasons_to_hold(const RecordSigns& signs,
                                         const rules::TrueHoursRules& rules) {
    std::vector<std::string> reasons;
    if (!rules.checks) return reasons;
    bool exempt = signs.planned && rules.planned_exempt;
    if (signs.parallel > 0) reasons.emplace_back("parallel");
    if (signs.way_percent < rules.travel_share_percent) reasons.emplace_back("travel");
    bool often = signs.pair_services >= rules.pair_services_min &&
                 signs.pair_minutes * 100 > rules.pair_share_percent * signs.all_minutes;
    if (often && !exempt) reasons.emplace_back("same_pair");
    if (signs.nth_of_day > rules.orders_a_day && !exempt) reasons.emplace_back("orders_a_day");
    bool off = signs.minutes_early > rules.code_before_minutes ||
               signs.minutes_after > rules.code_after_minutes;
    if (signs.has_order && off) reasons.emplace_back("code_time");
    bool together = rules.code_people_min > 0 && signs.code_people >= rules.code_people_min;
    if (together) reasons.emplace_back("shared_code");
    if (signs.late) reasons.emplace_back("late_entry");
    if (signs.entered_around >= rules.bulk_from) reasons.emplace_back("bulk_entry");
    if (signs.at_post && rules.duty_hours) reasons.emplace_back("duty_hours");
    return reasons;
}

}  // namespace hezhi::spot_checks
