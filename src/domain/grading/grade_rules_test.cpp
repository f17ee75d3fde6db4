// The arithmetic of a month and the way of colours, as tables that an officer can read.
#include "domain/grading/grade_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "rules/pack_reader.h"

namespace hezhi::grading {
namespace {

const rules::ColorGradeRules& base_rules() {
    static const rules::Pack pack = *rules::read_pack_folder("packs/base");
    return pack.color_grades;
}

Instant at_midnight(const char* day) {
    return start_of(*parse_day(day));
}

GradeWindow march_window(GradeSubject graded = GradeSubject::team) {
    Instant until = at_midnight("2026-04-01");
    return {until - std::chrono::days(90), until, until + std::chrono::hours(1), graded};
}

// 8532 → "85.32"; "–" where there is nothing to say.
std::string decimal(std::int32_t hundredths) {
    if (hundredths < 0) return "–";
    std::string cents = std::to_string(hundredths % 100);
    return std::to_string(hundredths / 100) + "." + (cents.size() < 2 ? "0" : "") + cents;
}

struct MonthRow {
    const char* what;
    GradeSubject graded;
    GradeCounts counts;
    const char* parts;  // fulfilment, satisfaction, safety, records, continuity = score
    const char* gates;
    GradeColor band;
};

using enum GradeColor;
constexpr auto a_team = GradeSubject::team;
constexpr auto person = GradeSubject::person;

// The counts: accepted, completed, given back, no-shows; reviews, their sum; resolved, unresolved;
// incidents, per cent taken; records due, in time; months active.
//
// Fulfilment of the second row: 27 ÷ (30 + 3) = 81.82 %, as each no-show counts twice. Satisfaction
// of the first: (50·20 + 10·90) ÷ (20·100) = 95 %. Its score: (30·100 + 25·95 + 20·100 + 15·100 +
// 10·100) ÷ 100 = 98.75.
// clang-format off
const MonthRow months[] = {
    {"all as agreed", a_team, {30, 30, 0, 0, 10, 50, 10, 0, 0, 0, 30, 30, 4},
        "100.00 95.00 100.00 100.00 100.00 = 98.75", "", green},
    {"three did not come", a_team, {30, 27, 0, 3, 10, 50, 10, 0, 0, 0, 27, 27, 4},
        "81.82 95.00 100.00 100.00 100.00 = 93.30", "no_shows", yellow},
    {"gave back in time counts as kept", a_team, {20, 15, 5, 0, 0, 0, 0, 0, 0, 0, 15, 15, 4},
        "100.00 90.00 100.00 100.00 100.00 = 97.50", "", green},
    {"half of the records too late", a_team, {20, 20, 0, 0, 0, 0, 0, 0, 0, 0, 20, 10, 2},
        "100.00 90.00 100.00 50.00 50.00 = 85.00", "", green},
    {"a point of that less is blue", a_team, {20, 20, 0, 0, 0, 0, 0, 0, 0, 0, 20, 9, 2},
        "100.00 90.00 100.00 45.00 50.00 = 84.25", "", blue},
    {"a minor incident", a_team, {20, 20, 0, 0, 0, 0, 0, 0, 1, 50, 20, 20, 4},
        "100.00 90.00 50.00 100.00 100.00 = 87.50", "", green},
    {"three minor incidents take all", a_team, {20, 20, 0, 0, 0, 0, 0, 0, 3, 150, 20, 20, 4},
        "100.00 90.00 0.00 100.00 100.00 = 77.50", "", blue},
    {"seven of ten resolved is enough", a_team, {20, 20, 0, 0, 10, 50, 7, 3, 0, 0, 20, 20, 4},
        "100.00 95.00 100.00 100.00 100.00 = 98.75", "", green},
    {"fewer than seven of ten", a_team, {20, 20, 0, 0, 10, 50, 6, 4, 0, 0, 20, 20, 4},
        "100.00 95.00 100.00 100.00 100.00 = 98.75", "unresolved", yellow},
    {"four answers say nothing yet", a_team, {20, 20, 0, 0, 4, 20, 0, 4, 0, 0, 20, 20, 4},
        "100.00 92.86 100.00 100.00 100.00 = 98.22", "", green},
    {"a mean of two", a_team, {20, 20, 0, 0, 5, 10, 5, 0, 0, 0, 20, 20, 4},
        "100.00 73.33 100.00 100.00 100.00 = 93.33", "dissatisfied", yellow},
    {"fourteen services of a team", a_team, {14, 14, 0, 0, 0, 0, 0, 0, 0, 0, 14, 14, 4},
        "100.00 90.00 100.00 100.00 100.00 = 97.50", "", ungraded},
    {"no record is due yet: weighed without", a_team, {15, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1},
        "100.00 90.00 100.00 – 25.00 = 88.24", "", green},
    {"a person: records are not theirs", person, {5, 5, 0, 0, 1, 5, 1, 0, 0, 0, 5, 0, 2},
        "100.00 90.91 100.00 – 50.00 = 91.44", "", green},
    {"a person who came to half", person, {6, 3, 0, 3, 0, 0, 0, 0, 0, 0, 3, 3, 3},
        "33.33 90.00 100.00 – 75.00 = 70.59", "no_shows", yellow},
    {"nobody came", person, {5, 0, 0, 5, 0, 0, 0, 0, 1, 100, 0, 0, 0},
        "0.00 90.00 0.00 – 0.00 = 26.47", "no_shows", red},
};
// clang-format on

TEST(Grade, OfAMonthIsTheArithmeticOfTheTable) {
    for (const auto& row : months) {
        auto result = grade(row.counts, {}, march_window(row.graded), base_rules());
        const auto& parts = result.parts;
        std::string said = decimal(parts.fulfilment) + " " + decimal(parts.satisfaction) + " " +
                           decimal(parts.safety) + " " + decimal(parts.record_compliance) + " " +
                           decimal(parts.continuity) + " = " + decimal(parts.score);
        EXPECT_EQ(said, row.parts) << row.what;
        std::string gates;
        for (const auto& key : result.gates) gates += (gates.empty() ? "" : " ") + key;
        EXPECT_EQ(gates, row.gates) << row.what;
        EXPECT_EQ(result.band, row.band) << row.what;
    }
}

// What each part brings to the score of those months: share × weight ÷ 100, or ÷ 85 without
// records, cut after two digits; the hundredths that the score has more go to what was cut most.
// Where three did not come: 24.546 + 23.75 + 20 + 15 + 10 is 93.296, rounded 93.30; cut it would
// be 93.29.
struct PointsRow {
    const char* what;
    GradeParts parts;
    const char* points;
};

// clang-format off
const PointsRow points_rows[] = {
    {"nothing is cut",                          {10000, 9500, 10000, 10000, 10000, 9875}, "30.00 + 23.75 + 20.00 + 15.00 + 10.00 = 98.75"},
    {"three did not come",                      {8182, 9500, 10000, 10000, 10000, 9330},  "24.55 + 23.75 + 20.00 + 15.00 + 10.00 = 93.30"},
    {"a half is rounded up: 23.215 of 23.21",   {10000, 9286, 10000, 10000, 10000, 9822}, "30.00 + 23.22 + 20.00 + 15.00 + 10.00 = 98.22"},
    {"a quarter of a cent is cut: 18.3325", {10000, 7333, 10000, 10000, 10000, 9333}, "30.00 + 18.33 + 20.00 + 15.00 + 10.00 = 93.33"},
    {"two cents more, of 85: 35.294, 26.738, 23.529, 5.882", {10000, 9091, 10000, -1, 5000, 9144}, "35.29 + 26.74 + 23.53 + 0.00 + 5.88 = 91.44"},
};
// clang-format on

TEST(Grade, PointsAddUpToTheScore) {
    for (const auto& row : points_rows) {
        auto points = points_of(row.parts, base_rules());
        std::string said;
        for (std::int32_t one : points) said += (said.empty() ? "" : " + ") + decimal(one);
        EXPECT_EQ(said + " = " + decimal(row.parts.score), row.points) << row.what;
    }
    for (const auto& row : months) {
        auto parts = grade(row.counts, {}, march_window(row.graded), base_rules()).parts;
        auto points = points_of(parts, base_rules());
        EXPECT_EQ(std::accumulate(points.begin(), points.end(), 0), parts.score) << row.what;
    }
}

// How a service stands in the count, and what ten of them come to: nine as agreed and one as said.
// Fulfilment is (completed + given back in time) ÷ accepted, a no-show being two of the accepted.
struct ServiceRow {
    const char* what;
    ServiceOutcome outcome;
    bool proven_false;
    CountedAs as;
    const char* fulfilment;
    bool excused = false;
};

// clang-format off
const ServiceRow services[] = {
    {"ten as agreed: 10 ÷ 10",                      ServiceOutcome::completed, false, CountedAs::completed, "100.00"},
    {"one gave back in time: (9 + 1) ÷ 10",         ServiceOutcome::given_back, false, CountedAs::given_back, "100.00"},
    {"one gave back late: 9 ÷ 10",                  ServiceOutcome::given_back_late, false, CountedAs::given_back_late, "90.00"},
    {"one did not come: 9 ÷ (10 + 1)",              ServiceOutcome::no_show, false, CountedAs::no_show, "81.82"},
    {"one was ill and did not come: 9 ÷ 9",         ServiceOutcome::no_show, false, CountedAs::excused, "100.00", true},
    {"one was ill and gave back late: 9 ÷ 9",       ServiceOutcome::given_back_late, false, CountedAs::excused, "100.00", true},
    {"who came has nothing to excuse: 10 ÷ 10",     ServiceOutcome::completed, false, CountedAs::completed, "100.00", true},
    {"one record was proven false: 9 ÷ 10",         ServiceOutcome::completed, true, CountedAs::proven_false, "90.00"},
    {"one order was cancelled: 9 ÷ 9",              ServiceOutcome::withdrawn, false, CountedAs::order_cancelled, "100.00"},
    {"one was reassigned in a suspension: 9 ÷ 9",   ServiceOutcome::reassigned, false, CountedAs::reassigned, "100.00"},
    {"of one nothing is known yet: 9 ÷ 9",          ServiceOutcome::none, false, CountedAs::outcome_unknown, "100.00"},
};
// clang-format on

TEST(Grade, CountsAServiceAsTheTableSays) {
    GradeWindow window = march_window(person);
    for (const auto& row : services) {
        std::vector<GradedService> all(10);
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto& service = all[i].service;
            service.starts_at = service.accepted_at = at_midnight("2026-03-10");
            service.ends_at = service.starts_at + std::chrono::hours(2);
            service.record_until = service.ends_at + std::chrono::days(14);
            service.outcome = i > 0 ? ServiceOutcome::completed : row.outcome;
            if (service.outcome != ServiceOutcome::none) service.known_at = service.ends_at;
            if (i == 0 && row.excused) service.excused_at = at_midnight("2026-03-20");
            if (i == 0 && row.excused) service.excuse = 7;
            if (i == 0 && row.proven_false) service.false_at = at_midnight("2026-03-20");
        }
        EXPECT_EQ(counted_as(all[0], window.at), row.as) << row.what;
        if (row.as == CountedAs::excused) {
            EXPECT_NE(counted_as(all[0], at_midnight("2026-03-19")), row.as)
                << row.what << ", as it was known before";
            EXPECT_NE(counted_as(all[0], window.at, 6), row.as)
                << row.what << ", as the journal held it before";
            EXPECT_EQ(counted_as(all[0], window.at, 7), row.as) << row.what;
        }
        GradeCounts counted = count(all, {}, window, base_rules());
        auto result = grade(counted, {}, window, base_rules());
        EXPECT_EQ(decimal(result.parts.fulfilment), row.fulfilment) << row.what;
    }
}

// Accepted on 10 March 09:00 for the 12th at 09:00: a lead of 48 hours, half of which is the limit.
struct LeavingRow {
    const char* what;
    std::int32_t minutes_left;
    const char* permission;  // by which it was left
    ServiceOutcome outcome;
};

// clang-format off
const LeavingRow leavings[] = {
    {"two days before: 48 of 48 hours left",      2880, "order.leave", ServiceOutcome::given_back},
    {"24 of 48 hours left are half",              1440, "order.leave", ServiceOutcome::given_back},
    {"23 h 59 min of 48 hours are less than half", 1439, "order.leave", ServiceOutcome::given_back_late},
    {"in the last minute",                           1, "order.leave", ServiceOutcome::given_back_late},
    {"a guardian's word is never late",              1, "consent.withdraw", ServiceOutcome::given_back},
};
// clang-format on

template <class P>
Fact fact_of_service(const P& payload, Instant at, std::string permission) {
    Fact fact;
    fact.kind = kind_name<P>;
    fact.version = P::version;
    fact.recorded_at = fact.occurred_at = at;
    fact.actor = {Via::account, AccountId(7), std::move(permission)};
    fact.subjects = {{"order", 1}, {"person", 2}};
    fact.payload = to_json(payload);
    return fact;
}

TEST(Grade, TakesLeavingAnOrderAsTheTableSays) {
    static const rules::Pack pack = *rules::read_pack_folder("packs/base");
    Instant accepted_at = at_midnight("2026-03-10") + std::chrono::hours(9);
    Instant starts_at = accepted_at + std::chrono::hours(48);
    for (const auto& row : leavings) {
        GradedServiceState service;
        OrderAccepted accepted{starts_at, starts_at + std::chrono::hours(2), true};
        GradedServiceFigure::step(service, fact_of_service(accepted, accepted_at, "order.accept"),
                                  pack);
        Instant left_at = starts_at - std::chrono::minutes(row.minutes_left);
        GradedServiceFigure::step(
            service, fact_of_service(OrderLeft{true, false, {}}, left_at, row.permission), pack);
        EXPECT_EQ(service.outcome, row.outcome) << row.what;
    }
}

// A month with nothing but its band: the counts that lead to it.
GradeCounts counts_of(GradeColor band) {
    if (band == green) return {20, 20, 0, 0, 0, 0, 0, 0, 0, 0, 20, 20, 4};
    if (band == blue) return {20, 20, 0, 0, 0, 0, 0, 0, 3, 150, 20, 20, 4};
    if (band == yellow) return {20, 17, 0, 3, 0, 0, 0, 0, 0, 0, 20, 20, 4};
    if (band == red) return {20, 5, 0, 15, 0, 0, 0, 0, 2, 100, 20, 0, 0};
    return {3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 1};
}

struct WayRow {
    const char* what;
    GradeColor before;
    std::vector<GradeColor> bands;  // of the months, the last one is this month's
    GradeColor color;               // holds from now on
    std::optional<GradeColor> proposed;
};

// clang-format off
const WayRow ways[] = {
    {"the first good month ends 未评", ungraded, {green}, blue, {}},
    {"green takes two in a row", blue, {green, green}, green, {}},
    {"one alone does not", blue, {blue, green}, blue, {}},
    {"a month that says nothing keeps the colour", green, {ungraded}, green, {}},
    {"one bad month changes nothing", green, {green, blue}, green, {}},
    {"two of three propose the way down", green, {blue, green, blue}, green, blue},
    {"the better of the two is proposed", green, {yellow, blue}, green, blue},
    {"未评 is treated as blue on the way down", ungraded, {yellow, yellow}, ungraded, yellow},
    {"two in a row lead up again", yellow, {blue, green}, blue, {}},
    {"from red only to yellow", red, {green, green}, yellow, {}},
    {"red ends with one month above it", red, {red, blue}, yellow, {}},
    {"red ends with a month of too few services", red, {ungraded}, yellow, {}},
    {"a month that says red keeps red", red, {green, red}, red, {}},
};
// clang-format on

GradeBefore before_of(const WayRow& row) {
    GradeBefore before;
    before.color = row.before;
    before.color_since = at_midnight("2026-01-01");
    before.bands.assign(row.bands.rbegin() + 1, row.bands.rend());
    return before;
}

TEST(Grade, GoesUpByItselfAndDownByAProposal) {
    for (const auto& row : ways) {
        auto result =
            grade(counts_of(row.bands.back()), before_of(row), march_window(), base_rules());
        EXPECT_EQ(result.band, row.bands.back()) << row.what;
        EXPECT_EQ(result.color, row.color) << row.what;
        EXPECT_EQ(result.proposed, row.proposed) << row.what;
    }
}

// Red since a day, 30 of which are needed, and the run at the beginning of April. While it was red
// nobody was sent anywhere: of the five services that a person needs, at most those before it are
// left in the 90 days from 1 January.
struct RedRow {
    const char* what;
    const char* since;
    GradeColor month;
    GradeColor color;
};

// clang-format off
const RedRow reds[] = {
    {"27 days of red, and a good month",         "2026-03-05", green,    red},
    {"27 days of red, and no service at all",    "2026-03-05", ungraded, red},
    {"30 days of red, and no service at all",    "2026-03-02", ungraded, yellow},
    {"30 days of red, and a good month",         "2026-03-02", green,    yellow},
    {"90 days of red, and a month that says red", "2026-01-01", red,     red},
    {"90 days of red, and no service at all",    "2026-01-01", ungraded, yellow},
};
// clang-format on

TEST(Grade, RedEndsAfterTheDaysOfThePackUnlessTheMonthSaysRed) {
    for (const auto& row : reds) {
        GradeBefore before{red, at_midnight(row.since), {red, red}, false, 0, 0};
        auto result = grade(counts_of(row.month), before, march_window(person), base_rules());
        EXPECT_EQ(result.color, row.color) << row.what;
        EXPECT_EQ(result.proposed, std::nullopt) << row.what;
    }
}

// 240 minutes of training and three good services are the way back from yellow; the month is what
// the run at the beginning of April comes to.
struct RemedyRow {
    const char* what;
    std::int32_t minutes;
    std::int32_t good_services;
    GradeColor month;
    GradeColor color;
};

// clang-format off
const RemedyRow remedies[] = {
    {"all of it, and a month as before",               240, 3, green,    blue},
    {"all of it, while the no-shows still bite",       240, 3, yellow,   blue},
    {"all of it, with fewer services than a month needs", 240, 3, ungraded, blue},
    {"a minute less",                                  239, 3, green,    yellow},
    {"a good service less",                            240, 2, green,    yellow},
    {"a good service less, too few to say anything",   240, 2, ungraded, yellow},
};
// clang-format on

TEST(Grade, TheWayBackFromYellowTakesOneMonthWhateverItSays) {
    for (const auto& row : remedies) {
        GradeBefore before{yellow,      at_midnight("2026-02-01"), {yellow, yellow}, false,
                           row.minutes, row.good_services};
        auto result = grade(counts_of(row.month), before, march_window(person), base_rules());
        EXPECT_EQ(result.remedied, row.color == blue) << row.what;
        EXPECT_EQ(result.color, row.color) << row.what << ": one step at most";
        EXPECT_EQ(result.proposed, std::nullopt) << row.what;
    }
}

TEST(Grade, ChangesNothingWhileAProposalIsOpen) {
    GradeBefore before{green, at_midnight("2026-01-01"), {red, red}, true, 0, 0};
    auto result = grade(counts_of(red), before, march_window(), base_rules());
    EXPECT_EQ(result.color, green);
    EXPECT_EQ(result.proposed, std::nullopt);
}

// Whatever the months bring: a colour never falls by itself, never rises above the month's own
// band but by the way back and out of red, and a proposal always leads down.
TEST(Grade, HysteresisHoldsForAnyRowOfMonths) {
    std::mt19937 dice(20260401);
    constexpr GradeColor bands[] = {red, yellow, blue, green, ungraded};
    GradeBefore before;
    before.color_since = at_midnight("2025-01-01");
    for (int month = 0; month < 2000; ++month) {
        GradeColor band = bands[dice() % 5];
        auto result = grade(counts_of(band), before, march_window(), base_rules());
        EXPECT_GE(as_blue(result.color), as_blue(before.color)) << "month " << month;
        if (before.color == red) {
            EXPECT_LE(result.color, yellow) << "month " << month;
        } else if (as_blue(result.color) > as_blue(before.color)) {
            EXPECT_GE(band, result.color) << "month " << month;
            EXPECT_GE(before.bands.front(), result.color) << "month " << month;
        }
        if (result.proposed) {
            EXPECT_LT(*result.proposed, as_blue(before.color)) << "month " << month;
            before.color = *result.proposed;  // somebody confirms it
        } else {
            before.color = result.color;
        }
        if (!result.enough) continue;
        before.bands.insert(before.bands.begin(), result.band);
        if (before.bands.size() > 3) before.bands.resize(3);
    }
}

GradedService service(const char* day, ServiceOutcome outcome, std::int32_t satisfaction = 0) {
    GradedService one;
    one.service.id = std::string(day) + std::to_string(satisfaction);
    one.service.starts_at = at_midnight(day) + std::chrono::hours(9);
    one.service.ends_at = at_midnight(day) + std::chrono::hours(11);
    one.service.record_until = one.service.ends_at + std::chrono::days(14);
    one.service.outcome = outcome;
    if (outcome != ServiceOutcome::none) one.service.known_at = one.service.ends_at;
    if (satisfaction > 0) {
        one.satisfaction = satisfaction;
        one.resolution = satisfaction > 2 ? Resolution::resolved : Resolution::not_resolved;
        one.reviewed_at = one.service.ends_at + std::chrono::days(1);
    }
    return one;
}

TEST(Count, TakesWhatWasKnownOfTheWindowAndSaysWhatItLeavesOut) {
    using enum ServiceOutcome;
    auto late = service("2026-03-02", completed);
    late.service.known_at = late.service.ends_at + std::chrono::days(20);
    auto after_run = service("2026-03-30", completed);
    after_run.service.known_at = at_midnight("2026-04-02");
    auto said_later = service("2026-03-29", completed, 1);
    said_later.reviewed_at = at_midnight("2026-04-05");
    auto not_reached = service("2026-03-03", completed);
    not_reached.reviewed_at = not_reached.service.ends_at + std::chrono::days(2);
    std::vector<GradedService> all{
        not_reached,                       // called back, and nobody answered
        service("2025-11-03", completed),  // before the window: a month only
        service("2026-01-10", completed, 5),
        service("2026-02-10", no_show),
        service("2026-02-11", given_back),
        service("2026-02-12", withdrawn),
        service("2026-03-01", none),       // nobody entered anything, and its time is over
        late,                              // entered after the limit
        after_run,                         // not known yet
        said_later,                        // its review came after the run
        service("2026-04-01", completed),  // after the window
    };
    std::vector<GradedIncidentState> incidents(2);
    incidents[0].settled_at = at_midnight("2026-02-01");
    incidents[0].percent = 50;
    incidents[1].settled_at = at_midnight("2025-12-01");
    incidents[1].percent = 100;
    auto expect = [&](const GradeCounts& counts) {
        EXPECT_EQ(counts.accepted, 6);
        EXPECT_EQ(counts.completed, 4);
        EXPECT_EQ(counts.no_shows, 1);
        EXPECT_EQ(counts.given_back, 1);
        EXPECT_EQ(counts.reviews, 1) << "who was not reached has said nothing";
        EXPECT_EQ(counts.satisfaction_sum, 5);
        EXPECT_EQ(counts.resolved, 1);
        EXPECT_EQ(counts.incidents, 1);
        EXPECT_EQ(counts.incident_percent, 50);
        EXPECT_EQ(counts.records_due, 5) << "three in time, one late, one never entered";
        EXPECT_EQ(counts.records_in_time, 3);
        EXPECT_EQ(counts.months_active, 3) << "November, January, March";
    };
    expect(count(all, incidents, march_window(), base_rules()));
    std::mt19937 dice(7);
    for (int turn = 0; turn < 20; ++turn) {
        std::ranges::shuffle(all, dice);
        expect(count(all, incidents, march_window(), base_rules()));
    }
}

}  // namespace
}  // namespace hezhi::grading
