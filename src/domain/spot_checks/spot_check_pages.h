// What a check shows: what is asked about, why, and what became of it.
#pragma once

#include "domain/spot_checks/spot_checks.h"

namespace hezhi::spot_checks {

struct SpotCheckReason {
    std::string key;
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(SpotCheckReason, (), (key, zh, en))

// By one hand, this record among them.
struct BulkEntry {
    std::int32_t records = 0;
    Instant first_at;
    Instant last_at;
};
BOOST_DESCRIBE_STRUCT(BulkEntry, (), (records, first_at, last_at))

struct SpotCheck {
    SpotCheckId id;
    SpotCheckStep state = SpotCheckStep::open;
    std::vector<SpotCheckReason> reasons;
    bool sampled = false;
    bool held = false;
    std::optional<RecordId> record_id;  // none of duty
    std::optional<OrderId> order_id;
    std::optional<NeedId> need_id;  // whose contact is read with a reason
    std::string person_name;        // masked
    std::string area_name;
    std::string category_zh;
    std::string category_en;
    Instant starts_at;  // as it was recorded when it was looked at, whatever counts now
    Instant ends_at;
    std::int32_t minutes = 0;
    std::int32_t minutes_counted = 0;   // now: none while it waits, or once it was proven false
    bool waits = false;                 // for the second person of a late entry
    std::optional<Instant> entered_at;  // of what was entered by hand
    std::optional<BulkEntry> bulk;      // where that is the reason
    Instant opened_at;
    std::int32_t attempts = 0;
    std::int32_t attempts_max = 0;
    std::optional<std::string> said;
    std::optional<std::string> settled;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(SpotCheck, (),
                      (id, state, reasons, sampled, held, record_id, order_id, need_id, person_name,
                       area_name, category_zh, category_en, starts_at, ends_at, minutes,
                       minutes_counted, waits, entered_at, bulk, opened_at, attempts, attempts_max,
                       said, settled, actions))

SpotCheck show_check(const api::Reading&, const SpotCheckDesk&, const SpotCheckState&);
// The check, if `caller` may read it.
Result<SpotCheck> check_page(const api::Reading&, const SpotCheckDesk&, SpotCheckId);

}  // namespace hezhi::spot_checks
