#pragma once

#include <string_view>

namespace hezhi::app {

inline constexpr std::string_view version = HEZHI_VERSION;  // from CMakeLists.txt

}  // namespace hezhi::app
