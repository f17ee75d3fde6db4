// What people earned, as figures: the counters that the rule needs, and one row a served time.
#pragma once

#include "domain/time_bank/earning_rules.h"
#include "journal/figure.h"

namespace hezhi::time_bank {

struct EarningFigure {
    using State = EarningState;
    static constexpr std::string_view name = "earnings";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// --- one row each time that a served time was judged ---

struct EarnedTimeState {
    std::int64_t id = 0;  // the position of earning.judged
    PersonId person;
    RecordId record;
    OrderId order_id;
    std::string category;
    ServedAs served_as = ServedAs::order;
    Instant ends_at;
    std::int32_t minutes = 0;
    std::int32_t minutes_planned = 0;
    std::int32_t counted = 0;
    std::int32_t credited = 0;
    std::int32_t pooled = 0;
    EarningWhy why = EarningWhy::credited;
    Instant judged_at;
    bool reversed = false;
    bool taken_back = false;  // by an officer, so that it is not judged again
    // Of the record: what each was given and what was not taken back, spent or not.
    std::int32_t kept_by_person = 0;
    std::int32_t kept_by_pool = 0;
};
BOOST_DESCRIBE_STRUCT(EarnedTimeState, (),
                      (id, person, record, order_id, category, served_as, ends_at, minutes,
                       minutes_planned, counted, credited, pooled, why, judged_at, reversed,
                       taken_back, kept_by_person, kept_by_pool))

struct EarnedTimeFigure {
    using State = EarnedTimeState;
    static constexpr std::string_view name = "earned_times";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"person, id", "record", "judged_at"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::time_bank
