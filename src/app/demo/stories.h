// What people of the demonstration report, in words of their own; all made up.
#pragma once

#include <string_view>
#include <vector>

#include "domain/needs/needs.h"

namespace hezhi::app {

struct Story {
    std::string_view category;  // of the order that answers it
    std::string_view what;
    PriorityClass priority_class;
};

const std::vector<Story>& stories();

}  // namespace hezhi::app
