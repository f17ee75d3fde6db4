// What people of the demonstration report, in words of their own; all made up. One row a story: a
// new one changes no other line.
#pragma once

#include <string_view>
#include <vector>

#include "domain/needs/needs.h"

namespace hezhi::app {

// In which months a story is told as often as its weight says; in others hardly ever.
enum class Season { always, winter, summer, floods, term, spring_festival };

struct Story {
    std::string_view category;  // of the order that answers it
    std::string_view what;
    PriorityClass priority_class;
    std::int64_t weight;  // how often it is told, against the others
    Season season = Season::always;
};

const std::vector<Story>& stories();

// The weight of a story in this month (1–12).
std::int64_t weight_in(const Story& story, int month);
// Of a hundred needs in an average month, so many are found in this one.
int percent_of_month(int month);

}  // namespace hezhi::app
