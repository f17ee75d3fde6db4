// The gates of packs/base as an officer reads them: what somebody has, and which level is then
// ready.
#include "domain/certification/gates.h"

#include <gtest/gtest.h>

#include <sstream>

#include "facts/activity_facts.h"
#include "facts/order_facts.h"
#include "facts/record_facts.h"
#include "support/ledger_fixture.h"

namespace hezhi::certification {
namespace {

using hezhi::testing::base_pack;

Instant at_day(std::string_view day) {
    return start_of(*parse_day(day));
}

// A volunteer of 1 March 2026 with what a row of a table says.
struct Has {
    std::int32_t level = 0;  // since the registration
    std::int32_t general_minutes = 0, test_percent = 0;
    std::int32_t elders_minutes = 0;
    std::int64_t service_hours = 0;
    bool watched = false;
    std::int32_t leading_minutes = 0;
    bool recommended = false;
    std::string_view licence_until = "";
};

CertificationState state_of(const Has& has) {
    CertificationState state;
    state.volunteer = true;
    state.registered_at = at_day("2026-03-01");
    state.level = has.level;
    for (std::int32_t level = 1; level <= has.level; ++level) {
        state.held.push_back({level, level == 2 ? "elders" : "", state.registered_at, false});
    }
    auto course = [&](CourseKind kind, const char* field, std::int32_t minutes, std::int32_t test) {
        if (minutes > 0) state.courses.push_back({kind, field, minutes, test});
    };
    course(CourseKind::general, "", has.general_minutes, has.test_percent);
    course(CourseKind::special, "elders", has.elders_minutes, 0);
    course(CourseKind::leading, "", has.leading_minutes, 0);
    state.minutes = has.service_hours * 60;
    if (has.watched) state.checks.push_back({"elders", at_day("2026-03-02"), {}});
    if (has.recommended) state.recommended_at = at_day("2026-03-02");
    if (!has.licence_until.empty()) {
        state.licences.push_back({"lawyer", at_day(has.licence_until)});
    }
    return state;
}

// "V2 elders", "V2 elders from 2027-03-01".
std::string ready_levels(const CertificationState& state, std::string_view day) {
    std::ostringstream out;
    Instant at = at_day(day);
    for (const NextLevel& next : next_levels(base_pack().certification, state)) {
        auto from = ready_from(*next.level, next.field, state, at);
        if (!from) continue;
        out << (out.tellp() > 0 ? ", " : "") << "V" << next.level->level;
        if (!next.field.empty()) out << " " << next.field;
        if (*from > at) out << " from " << to_string(day_of(*from));
    }
    return out.str();
}

TEST(Gates, OpenALevelOnlyWhenEveryOneIsMet) {
    struct Row {
        const char* who;
        Has has;
        const char* day;
        const char* ready;
    };
    // clang-format off
    const Row table[] = {
        // who                                level general test elders service watched leading recommended licence
        {"registered only",                   {0,   0,      0,   0,     0,      false,  0,      false,      ""},           "2026-06-01", ""},
        {"4 h general course, 85",            {0,   240,    85,  0,     0,      false,  0,      false,      ""},           "2026-06-01", "V1"},
        {"4 h general course, 79",            {0,   240,    79,  0,     0,      false,  0,      false,      ""},           "2026-06-01", ""},
        {"3 h 59 min general course",         {0,   239,    95,  0,     0,      false,  0,      false,      ""},           "2026-06-01", ""},
        {"all of V2, but V1 not granted",     {0,   0,      0,   960,   20,     true,   0,      false,      ""},           "2026-06-01", ""},
        {"V1, 16 h for elders, 20 h, seen",   {1,   240,    85,  960,   20,     true,   0,      false,      ""},           "2026-06-01", "V2 elders"},
        {"the same with 19 h of service",     {1,   240,    85,  960,   19,     true,   0,      false,      ""},           "2026-06-01", ""},
        {"the same, nobody watched",          {1,   240,    85,  960,   20,     false,  0,      false,      ""},           "2026-06-01", ""},
        {"V2, all of V3 but the months",      {2,   240,    85,  960,   100,    true,   480,    true,       ""},           "2026-06-01", "V3 from 2027-03-01"},
        {"V2 for twelve months, all of V3",   {2,   240,    85,  960,   100,    true,   480,    true,       ""},           "2027-03-01", "V3"},
        {"V2, nobody recommends",             {2,   240,    85,  960,   100,    true,   480,    false,      ""},           "2027-03-01", ""},
        {"V1 and a lawyer",                   {1,   240,    85,  0,     0,      false,  0,      false,      "2027-01-01"}, "2026-06-01", "V4 lawyer"},
        {"V1 and a lawyer whose licence ran out", {1, 240,  85,  0,     0,      false,  0,      false,      "2026-05-01"}, "2026-06-01", ""},
        {"a lawyer without the basic course", {0,   0,      0,   0,     0,      false,  0,      false,      "2027-01-01"}, "2026-06-01", ""},
    };
    // clang-format on
    for (const Row& row : table) {
        EXPECT_EQ(ready_levels(state_of(row.has), row.day), row.ready) << row.who;
    }
}

TEST(Gates, OfARenewalCountFromTheGrant) {
    struct Row {
        const char* who;
        std::int32_t level;
        std::int64_t course_minutes, service_minutes;
        bool met;
    };
    const Row table[] = {
        {"V1, 8 h of courses and 20 h of service", 1, 480, 1200, true},
        {"V1, 7 h 59 min of courses", 1, 479, 1200, false},
        {"V1, 19 h 59 min of service", 1, 480, 1199, false},
        {"V0 has nothing to renew", 0, 480, 1200, false},
    };
    for (const Row& row : table) {
        CertificationState state = state_of({.level = row.level});
        state.renewal_course_minutes = row.course_minutes;
        state.renewal_minutes = row.service_minutes;
        EXPECT_EQ(renewal_met(base_pack().certification, state), row.met) << row.who;
    }
}

// --- stars, a fact after the other, with the sum in minutes as it grows and falls

template <class P>
Fact fact_at(const P& payload, Instant at) {
    Fact fact;
    fact.kind = kind_name<P>;
    fact.version = P::version;
    fact.recorded_at = fact.occurred_at = at;
    fact.subjects = {{"person", 2}, {"record", 5}};
    fact.payload = to_json(payload);
    return fact;
}

TEST(Stars, AddUpAsTheTableSays) {
    Instant march = at_day("2026-03-01"), april = at_day("2026-04-01");
    auto hours_before = [](Instant at, int n) { return at - std::chrono::hours(n); };
    OrderCheckedOut duty;
    duty.minutes = 120;
    duty.duty = true;
    struct Row {
        const char* what;
        Fact fact;
        std::int64_t minutes;
        std::int32_t stars;
    };
    // clang-format off
    const Row rows[] = {
        {"registered on 1 March: 0", fact_at(VolunteerRegistered{}, march), 0, 0},
        {"10 hours in February, before the registration: 0",
            fact_at(ShiftRecorded{"community_patrol", hours_before(march, 10), hours_before(march, 1), 540}, april), 0, 0},
        {"a service of 90 hours: 0 + 5400",
            fact_at(ShiftRecorded{"community_patrol", hours_before(april, 90), april, 5400}, april), 5400, 0},
        {"two hours of duty: nothing", fact_at(duty, april), 5400, 0},
        {"10 hours entered late wait for a second person: nothing",
            fact_at(RecordEntered{"community_patrol", hours_before(april, 10), april, 600, TimeWas::free_time, true}, april), 5400, 0},
        {"they are confirmed: 5400 + 600 = 6000, 100 hours",
            fact_at(RecordConfirmed{600, april}, april), 6000, 1},
        {"corrected from 10 to 8 hours: 6000 - 120",
            fact_at(RecordCorrected{hours_before(april, 8), april, 480, false, -120}, april), 5880, 0},
        {"proven false by a spot check: 5880 - 480",
            fact_at(RecordCorrected{april, april, 0, false, -480}, april), 5400, 0},
    };
    // clang-format on
    StarState star;
    for (const Row& row : rows) {
        StarFigure::step(star, row.fact, base_pack());
        EXPECT_EQ(star.minutes, row.minutes) << row.what;
        EXPECT_EQ(star.stars, row.stars) << row.what;
    }
}

TEST(Stars, AreHeldAgainstTheLadderThatGaveThem) {
    Instant march = at_day("2026-03-01"), april = at_day("2026-04-01"), may = at_day("2026-05-01");
    rules::Pack harsher = base_pack();
    for (rules::Star& each : harsher.stars.ladder) each.hours += each.hours / 2;
    auto corrected_by = [&](std::int64_t minutes) {
        return fact_at(RecordCorrected{may, may, 0, false, minutes}, may);
    };
    StarState star;
    StarFigure::step(star, fact_at(VolunteerRegistered{}, march), base_pack());
    ShiftRecorded served{"community_patrol", march, april, 110 * 60};
    StarFigure::step(star, fact_at(served, april), base_pack());
    StarFigure::step(star, corrected_by(-5), harsher);
    EXPECT_EQ(star.stars, 1) << "109 hours and 55 minutes, of the 100 that were asked then";
    EXPECT_EQ(star.reached_at, april) << "so that the clause shown is the one that gave it";
    StarFigure::step(star, corrected_by(-10 * 60), harsher);
    EXPECT_EQ(star.stars, 0);
    EXPECT_FALSE(star.reached_at);
    served.minutes = 49 * 60;
    StarFigure::step(star, fact_at(served, may), harsher);
    EXPECT_EQ(star.stars, 0) << "by the ladder of the day: 148 of 150 hours";
}

}  // namespace
}  // namespace hezhi::certification
