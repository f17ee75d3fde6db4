// The texts of the demonstration as they are told abroad: one row a text, found by the Chinese one.
#pragma once

#include <string>
#include <string_view>

namespace hezhi::app {

// `chinese` itself, or its row. A text without a row must not be told abroad.
std::string words(std::string_view chinese, bool abroad);

}  // namespace hezhi::app
