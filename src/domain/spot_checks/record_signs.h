// What is known of one record when it is looked at, from the figures and the facts of its order.
#pragma once

#include "domain/records/records.h"
#include "domain/spot_checks/spot_check_figure.h"
#include "domain/spot_checks/spot_check_rules.h"

namespace hezhi::spot_checks {

RecordSigns signs_of(journal::Turn&, const records::RecordState&, const rules::Pack&);

// What one hand entered within the pack's minutes of a record, for the page of a check that was
// opened at `check`.
struct EnteredTogether {
    std::int32_t records = 0;  // the record itself among them
    Instant first_at;
    Instant last_at;
};
EnteredTogether entered_together(store::Session&, const records::RecordVersionState& entry,
                                 const rules::TrueHoursRules&, SpotCheckId check);

}  // namespace hezhi::spot_checks
