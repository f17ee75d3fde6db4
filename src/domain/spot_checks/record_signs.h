// What is known of one record when it is looked at, from the figures and the facts of its order.
#pragma once

#include "domain/records/records.h"
#include "domain/spot_checks/spot_check_rules.h"

namespace hezhi::spot_checks {

RecordSigns signs_of(journal::Turn&, const records::RecordState&, const rules::Pack&);

}  // namespace hezhi::spot_checks
