// The ids that facts speak of. An id is the position of the fact that made the record.
#pragma once

#include "base/id.h"

namespace hezhi {

using AreaId = Id<struct AreaTag>;
using AccountId = Id<struct AccountTag>;
using GrantId = Id<struct GrantTag>;
using PersonId = Id<struct PersonTag>;
using NeedId = Id<struct NeedTag>;
using OrderId = Id<struct OrderTag>;
using DisputeId = Id<struct DisputeTag>;
using RecordId = Id<struct RecordTag>;
using ActivityId = Id<struct ActivityTag>;
using ShiftId = Id<struct ShiftTag>;
using ProtectionId = Id<struct ProtectionTag>;
using PlanId = Id<struct PlanTag>;
using RulePackId = Id<struct RulePackTag>;

}  // namespace hezhi
