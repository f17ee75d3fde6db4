// Limits of needs, orders, records and complaints that another limit ends first, and points that
// no volunteer could have.
#include <algorithm>

#include "rules/check_reach.h"

namespace hezhi::rules {

namespace {

// check_time_limits has looked at first_contact.
void check_classes_in_time(const Pack& pack, Reach& reach) {
    for (const LimitClass& limits : pack.limit_classes) {
        std::string key = "class." + limits.key;
        if (outlasts(limits.first_step, limits.handling)) {
            reach.wrong("time_limits.toml", key + ".first_step", "不晚于 handling",
                        "no later than handling");
        }
        if (outlasts(limits.offer_open, limits.handling)) {
            reach.wrong("time_limits.toml", key + ".offer_open", "不长于 handling",
                        "no longer than handling");
        }
    }
}

struct InTime {
    const char* file;
    const char* key;
    const TimeLimit& first;
    const TimeLimit& second;
    const char* second_key;
};

void check_steps_in_time(const Pack& pack, Reach& reach) {
    const InTime steps[] = {
        {"records.toml", "record.remind_after", pack.records.remind_after,
         pack.records.enter_within, "enter_within"},
        {"complaints.toml", "complaint.acknowledge_within", pack.complaints.acknowledge_within,
         pack.complaints.decide_within, "decide_within"},
        {"color_grades.toml", "appeal.acknowledge_within", pack.color_grades.acknowledge_within,
         pack.color_grades.decide_within, "decide_within"},
    };
    for (const InTime& step : steps) {
        if (!outlasts(step.first, step.second)) continue;
        reach.wrong(step.file, step.key, std::string("不晚于 ") + step.second_key,
                    std::string("no later than ") + step.second_key);
    }
    TimeLimit shown{pack.records.unrecorded_shown_days, TimeUnit::days, ClockKind::calendar};
    if (outlasts(pack.records.enter_within, shown)) {
        reach.wrong("records.toml", "unrecorded.shown_days",
                    "不短于 enter_within，否则期限未到就不再提示",
                    "no shorter than enter_within; otherwise a shift leaves the page before its "
                    "time is over");
    }
    if (pack.insurance.warn_days_before >= pack.insurance.lasts_days_max) {
        reach.wrong("insurance.toml", "insurance.warn_days_before",
                    "应短于 lasts_days_max，否则保单未开始就须提醒",
                    "fewer days than lasts_days_max; otherwise it warns before a policy begins");
    }
}

// The search goes outwards and ends with the staff.
void check_widening(const Pack& pack, Reach& reach) {
    bool staff = false;
    std::int32_t depth = INT32_MAX;
    for (const WideningStep& step : pack.dispatch.widening) {
        const AreaKind* kind = pack.area_kind(step.reach);
        bool wider = !staff && (step.reach == "staff" || (kind && kind->depth < depth));
        if (!wider) {
            reach.wrong("dispatch.toml", "offers.widening",
                        "应逐级扩大，staff 只在最后：" + step.reach + " 永远轮不到",
                        "reaches that widen step by step, with staff at the end: " + step.reach +
                            " is never come to");
            return;
        }
        staff = step.reach == "staff";
        if (kind) depth = kind->depth;
    }
}

}  // namespace

void check_order_reach(const Pack& pack, Reach& reach) {
    check_classes_in_time(pack, reach);
    check_steps_in_time(pack, reach);
    check_widening(pack, reach);
    const DispatchRules& rules = pack.dispatch;
    if (rules.distance > 0 &&
        (rules.closeness_percent.empty() || rules.closeness_percent.front() != 100)) {
        reach.wrong("dispatch.toml", "score.closeness_percent",
                    "同社区应为 100，否则距离分永远得不满",
                    "100 for the same community; otherwise nobody ever has the points of distance");
    }
    if (rules.empty_points_max < rules.empty_points) {
        reach.wrong("dispatch.toml", "batch.empty_points_max", "应不小于 empty_points",
                    "no less than empty_points");
    }
}

}  // namespace hezhi::rules
