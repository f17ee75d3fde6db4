// Service records as figures: one row a record, one row a version of it.
#pragma once

#include "facts/activity_facts.h"
#include "facts/order_facts.h"
#include "facts/record_facts.h"
#include "journal/figure.h"

namespace hezhi::records {

enum class RecordStep {
    entered,  // 已记录
    waiting,  // 待确认: a late entry or a correction of a locked record, until the second person
    disputed,  // 申请更正
    rejected,  // 不予补录: a late entry that was not agreed to; counts nothing
};
BOOST_DESCRIBE_ENUM(RecordStep, entered, waiting, disputed, rejected)

struct RecordState {
    RecordId id;
    PersonId person;
    AreaId area;
    std::string area_path;
    RecordStep state = RecordStep::entered;
    OrderId order_id;  // none, unless an order made it
    ActivityId activity_id;
    ShiftId shift_id;
    std::string category;  // empty for an order, which has its own
    Instant starts_at;  // the counted time: ends_at − starts_at is `minutes` or less than one more
    Instant ends_at;
    std::int32_t minutes = 0;  // what counts; a late entry that waits counts nothing yet
    TimeWas time_was = TimeWas::free_time;
    bool late = false;
    Instant entered_at;
    AccountId entered_by;  // who entered or corrected it last: not the one to confirm
    Instant lock_at;       // later changes need a second person
    bool proposed = false;
    Instant proposed_starts_at;
    Instant proposed_ends_at;
    std::int32_t proposed_minutes = 0;
    std::int32_t corrections = 0;
    std::int64_t raised = 0;  // the last fact by which it came to count more than before; 0: none
    Instant raised_at;
};
BOOST_DESCRIBE_STRUCT(RecordState, (),
                      (id, person, area, area_path, state, order_id, activity_id, shift_id,
                       category, starts_at, ends_at, minutes, time_was, late, entered_at,
                       entered_by, lock_at, proposed, proposed_starts_at, proposed_ends_at,
                       proposed_minutes, corrections, raised, raised_at))

struct RecordFigure {
    using State = RecordState;
    static constexpr std::string_view name = "service_records";
    static constexpr int revision = 3;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"person, starts_at", "area_path, id", "order_id", "shift_id", "raised"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// --- every version, so that a correction shows both ---

using RecordVersionId = Id<struct RecordVersionTag>;

struct RecordVersionState {
    RecordVersionId id;
    RecordId record;
    Instant at;
    AccountId by;
    Instant starts_at;
    Instant ends_at;
    std::int32_t minutes = 0;
    bool waits = false;  // proposed only: a second person decides or decided
};
BOOST_DESCRIBE_STRUCT(RecordVersionState, (),
                      (id, record, at, by, starts_at, ends_at, minutes, waits))

struct RecordVersionFigure {
    using State = RecordVersionState;
    static constexpr std::string_view name = "record_versions";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"record"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::records
