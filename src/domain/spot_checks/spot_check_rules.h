// Which records are held for a call-back; which are drawn besides says base/sample_draw.h. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/sample_draw.h"
#include "facts/ids.h"
#include "rules/pack.h"

namespace hezhi::spot_checks {

// What is known of one record when it is looked at.
struct RecordSigns {
    bool has_order = false;
    bool planned = false;           // the order is of a recipient's plan
    std::int32_t parallel = 0;      // other orders and shifts where the person was meanwhile
    std::int64_t pair_minutes = 0;  // with this recipient, in the pack's days
    std::int64_t all_minutes = 0;
    std::int32_t pair_services = 0;
    std::int32_t nth_of_day = 0;      // of the person's orders of the day, by check-out
    std::int32_t minutes_early = 0;   // the check-in before the agreed start
    std::int32_t minutes_after = 0;   // the check-out after the agreed end
    bool late = false;                // entered after the time limit
    std::int32_t entered_around = 0;  // records that the same person entered by hand about then
    // For what percentage of the way from the order before, or to the one after, there was time.
    std::int32_t way_percent = 100;
    std::int32_t code_people = 0;  // who came and left by the code together, with the person
    bool at_post = false;          // of somebody who holds a post, in working hours
};

// Somebody's check-in and check-out of an order, each by its code and their own hand.
struct CodeUse {
    PersonId person;
    Instant in;
    Instant out;
};

// How many checked in and out within so many seconds of this person, who is one of them; 0 if the
// person did not use the code.
std::int32_t people_together(const std::vector<CodeUse>&, PersonId, Millis within);

// Minutes of the pack from one order to another. None within one area, nor where one of the two is
// not known down to its community.
struct Whereabouts {
    std::string area_path;
    std::string community;  // its path; empty above the communities
};
std::int32_t way_between(const Whereabouts&, const Whereabouts&, const rules::DispatchRules&);

// The percentage of a way for which the time suffices; 100 if it does.
std::int32_t way_percent(Millis between, std::int32_t way_minutes);

// Whether any of the time lies in the working hours of a working day.
bool in_working_hours(Instant from, Instant to, const rules::Calendar&);

// The keys of the pack's tables by which it is held, in their order; empty if by none.
std::vector<std::string> reasons_to_hold(const RecordSigns&, const rules::TrueHoursRules&);

}  // namespace hezhi::spot_checks
