// What a grade says (四色). Named by rule packs and by facts.
#pragma once

#include <boost/describe.hpp>

namespace hezhi {

// Ordered: a better colour has the greater number. Ungraded (未评) is treated as blue.
enum class GradeColor { ungraded, red, yellow, blue, green };
BOOST_DESCRIBE_ENUM(GradeColor, ungraded, red, yellow, blue, green)

}  // namespace hezhi
