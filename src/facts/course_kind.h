// What a volunteer learns and is tested in. Facts and rule packs both name it.
#pragma once

#include <boost/describe.hpp>

namespace hezhi {

enum class CourseKind {
    general,  // 通用课程: rights, safety, privacy, boundaries
    special,  // 专项课程, of one field
    leading,  // 带队课程
    renewal,  // 续期课程
};
BOOST_DESCRIBE_ENUM(CourseKind, general, special, leading, renewal)

}  // namespace hezhi
