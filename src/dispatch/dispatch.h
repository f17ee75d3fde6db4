// Who may take an order, and who fits best. Pure: values in, ranking and reasons out.
//
// A hard rule forbids and is never traded against points. Points are integers, and the parts of a
// score add up to its total exactly. The result depends on the values alone, never on the order in
// which people are given.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "facts/duty_boundary.h"

namespace hezhi::dispatch {

// Half open: [from, to).
struct Interval {
    Instant from;
    Instant to;

    constexpr bool overlaps(const Interval& o) const { return from < o.to && o.from < to; }
    bool operator==(const Interval&) const = default;
};

struct HeldCredential {
    std::string key;      // as in the rule pack: "social_worker"
    Instant valid_until;  // of the registration; not included

    bool operator==(const HeldCredential&) const = default;
};

// Somebody who might take an order, as the figures know them. No name, no address.
struct Person {
    std::int64_t id = 0;  // the value of the domain's PersonId
    // "/1/5/9/": area ids from the top down to where the person serves, a slash at both ends; empty
    // if unknown.
    std::string area_path;
    bool social_worker = false;
    bool volunteer = false;
    std::int32_t certification = 0;         // V0 … V4
    bool professional = false;              // V4 beside a lower one, by a licence …
    Instant professional_until{INT64_MAX};  // … that ends then
    Instant certified_until{INT64_MAX};
    std::vector<std::string> fields;  // certified in which
    std::vector<HeldCredential> credentials;
    std::int32_t age_years = 0;     // at the least, as last recorded; 0 is unknown: like a minor
    bool guardian_consent = false;  // asked of minors only
    bool active = true;
    bool paused = false;                 // dispatch is suspended (暂停派单)
    bool paired = false;                 // only beside somebody whose state is normal (结对)
    std::vector<HeldCredential> checks;  // background checks, each with the end of its time
    Instant insured_until{};             // 0 if not insured
    std::vector<Interval> busy;          // orders and shifts already taken
    std::int32_t recent_minutes = 0;     // served in the days of the pack's [load]
    bool served_recipient_before = false;
    bool is_recipient_or_requester = false;
    bool excluded_by_recipient = false;
    std::vector<std::string> skills;
    std::vector<std::string> wished_categories;  // empty: no wish stated

    bool operator==(const Person&) const = default;
};

// What the order asks. The category's fields are those of the version that the order was made by.
struct Order {
    std::string category;
    std::string area_path;  // "/1/5/9/12/"
    // Where people are looked for now: the community first, then wider ("/1/5/"). Empty:
    // everywhere.
    std::string reach_path;
    // Depth of the smallest area that counts as "near"; below it nothing is told apart (a grid is
    // as near as its community). 0: the whole of area_path.
    std::int32_t near_depth = 0;
    Interval window;  // not empty
    std::int32_t minutes_planned = 0;
    DutyBoundary duty_boundary = DutyBoundary::professional_only;
    std::int64_t leading_social_worker = 0;  // a person's id; 0 if none is named
    std::int32_t certification_min = 0;
    std::optional<std::string> field;  // of the certification
    std::optional<std::string> credential;
    std::int32_t age_years_min = 0;  // for everybody
    bool minors_with_adult = false;  // minors may come if an adult of the team is there
    bool adult_present = false;
    std::vector<std::string> checks;  // background checks, all of them
    bool insurance = false;
    bool paired_may = false;          // takes two, at a risk at which one of them may be 结对
    std::vector<std::string> skills;  // wished, not required

    bool operator==(const Order&) const = default;
};

// What a part of the score is worth, from the rule pack in force. The five add up to 100.
struct Weights {
    std::int32_t distance = 0;
    std::int32_t continuity = 0;
    std::int32_t skill_fit = 0;
    std::int32_t fairness = 0;
    std::int32_t preference = 0;
    std::vector<std::int32_t> closeness_percent;  // by areas up to a common one; beyond: none
    std::int32_t fairness_minutes_full = 1;       // recent_minutes that leave no points; ≥ 1
    std::int32_t preference_unstated_percent = 0;
    std::int32_t adult_from_years = 18;
    std::int32_t recent_minutes_max = INT32_MAX;  // of a volunteer; what goes beyond is not asked

    bool operator==(const Weights&) const = default;
};

// A rule that forbids. `code` is stable for ever; the sentences are facts, not blame.
struct HardRule {
    std::string_view code;
    std::string_view zh;
    std::string_view en;
};

// The table of hard rules in the order in which they are asked (hard_rules.cpp).
std::span<const HardRule> hard_rules();

// Of these the first of certification (level, end, field) that forbids, whatever else may; or null.
const HardRule* certification_rule_against(const Order& order, const Person& person,
                                           const Weights& weights);

// The first rule that forbids, with the value that it asks for and the one that it found ("V1",
// "V0"). Both are empty where the value would tell about somebody else.
struct Forbidden {
    const HardRule* rule = nullptr;  // into hard_rules()
    std::string needed;
    std::string found;
};

struct ScorePart {
    std::string_view key;  // distance, continuity, skill_fit, fairness, preference
    std::int32_t points = 0;
    std::int32_t max = 0;

    bool operator==(const ScorePart&) const = default;
};

struct Score {
    std::array<ScorePart, 5> parts;
    std::int32_t total = 0;  // exactly the sum of the parts

    bool operator==(const Score&) const = default;
};

using Verdict = std::variant<Score, Forbidden>;

// May this person take this order, and how well do they fit?
Verdict consider(const Order& order, const Person& person, const Weights& weights);

struct Candidate {
    std::int64_t person = 0;
    Score score;
};

struct Excluded {
    std::int64_t person = 0;
    Forbidden forbidden;
};

// How many are left after each rule was asked.
struct FunnelStep {
    const HardRule* rule = nullptr;
    std::int64_t remaining = 0;
};

struct Ranking {
    std::int64_t considered = 0;
    std::vector<Candidate> candidates;  // best first: by total, then by id
    std::vector<Excluded> excluded;     // by id
    std::vector<FunnelStep> funnel;     // one step a hard rule, in their order
};

// Ranks `people` for one order. Their ids are different from each other.
Ranking rank(const Order& order, std::span<const Person> people, const Weights& weights);

}  // namespace hezhi::dispatch
