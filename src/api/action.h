// The actions table: one row holds every name of an action, so that whoever greps any of them finds
// the others. Each domain folder gives its rows; `hezhi describe actions` prints them all.
#pragma once

#include <string_view>
#include <vector>

namespace hezhi::api {

struct ActionRow {
    std::string_view action;      // accept_order
    std::string_view permission;  // order.accept; empty: the holder of a link, or the system
    std::string_view fact;        // order.accepted
    std::string_view route;       // POST /orders/{id}/acceptance; empty: a timer
    std::string_view zh;          // 接单
    std::string_view en;
    std::string_view fact_zh;  // 志愿者接单
    std::string_view fact_en;
};

using ActionRows = std::vector<ActionRow>;

// The label of a state in both languages.
struct StateRow {
    std::string_view noun;   // order
    std::string_view state;  // accepted
    std::string_view zh;
    std::string_view en;
};

using StateRows = std::vector<StateRow>;

}  // namespace hezhi::api
