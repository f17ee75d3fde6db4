#include "domain/spot_checks/spot_check_rules.h"

namespace hezhi::spot_checks {
std::vector<std::string> reasons_to_hold(const RecordSigns& signs,
                                         const rules::TrueHoursRules& rules) {
    std::vector<std::string> reasons;
    if (!rules.checks) return reasons;
    bool exempt = signs.planned && rules.planned_exempt;
    if (signs.parallel_orders > 0) reasons.emplace_back("parallel");
    bool often = signs.pair_services >= rules.pair_services_min &&
                 signs.pair_minutes * 100 > rules.pair_share_percent * signs.all_minutes;
    if (often && !exempt) reasons.emplace_back("same_pair");
    if (signs.nth_of_day > rules.orders_a_day && !exempt) reasons.emplace_back("orders_a_day");
    bool off = signs.minutes_early > rules.code_before_minutes ||
               signs.minutes_after > rules.code_after_minutes;
    if (signs.has_order && off) reasons.emplace_back("code_time");
    if (signs.late) reasons.emplace_back("late_entry");
    if (signs.entered_around >= rules.bulk_from) reasons.emplace_back("bulk_entry");
    return reasons;
}

}  // namespace hezhi::spot_checks
