// The settings that operators may change, as one table.
#pragma once

#include <span>
#include <string_view>

namespace hezhi::app {

struct SettingRow {
    std::string_view flag;
    std::string_view fallback;  // what holds when it is not given; empty: it must be given
    std::string_view zh;
    std::string_view en;
};

std::span<const SettingRow> settings();
const SettingRow& setting(std::string_view flag);

}  // namespace hezhi::app
