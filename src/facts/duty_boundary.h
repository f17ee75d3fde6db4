#pragma once

#include "base/shape.h"

namespace hezhi {

// Who may carry out a service (职责边界). Stored by name, in facts and in rule packs.
enum class DutyBoundary {
    professional_only,     // social workers with a registered credential
    volunteer_supervised,  // volunteers, led by a social worker named on the order
    volunteer,
};
BOOST_DESCRIBE_ENUM(DutyBoundary, professional_only, volunteer_supervised, volunteer)

}  // namespace hezhi
