#include "dispatch/dispatch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>

#include "base/shape.h"

namespace hezhi::dispatch {
namespace {

using namespace std::chrono_literals;

const Instant nine = start_of(*parse_day("2026-03-05")) + 9h;

Weights weights() {
    return {40, 20, 15, 15, 10, {100, 60, 25}, 2400, 50, 18, 4800};
}

// A supervised visit in community 9 of subdistrict 5, district 1; asked in the community for now.
Order visit() {
    Order order;
    order.category = "visit_alone_elder";
    order.area_path = "/1/5/9/12/";
    order.reach_path = "/1/5/9/";
    order.near_depth = 3;
    order.window = {nine, nine + 45min};
    order.minutes_planned = 45;
    order.duty_boundary = DutyBoundary::volunteer_supervised;
    order.leading_social_worker = 77;
    order.certification_min = 1;
    order.age_years_min = 18;
    return order;
}

Order counselling() {
    Order order = visit();
    order.category = "adolescent_counselling";
    order.duty_boundary = DutyBoundary::professional_only;
    order.leading_social_worker = 0;
    order.certification_min = 0;
    order.credential = "social_worker";
    order.checks = {"crime_record"};
    return order;
}

Order clean_up() {
    Order order = visit();
    order.category = "environment_clean_up";
    order.duty_boundary = DutyBoundary::volunteer;
    order.leading_social_worker = 0;
    order.certification_min = 0;
    order.age_years_min = 14;
    order.minors_with_adult = true;
    return order;
}

Person volunteer() {
    Person person;
    person.id = 100;
    person.area_path = "/1/5/9/";
    person.volunteer = true;
    person.certification = 1;
    person.age_years = 62;
    return person;
}

Person social_worker() {
    Person person;
    person.id = 200;
    person.area_path = "/1/5/";
    person.social_worker = true;
    person.credentials = {{"social_worker", nine + 24h * 300}};
    person.age_years = 35;
    person.checks = {{"crime_record", nine + 24h * 100}};
    return person;
}

// "may", or the rule with what it needs and what it found.
std::string written(const Verdict& verdict) {
    if (std::holds_alternative<Score>(verdict)) return "may";
    auto& forbidden = std::get<Forbidden>(verdict);
    std::string out(forbidden.rule->code);
    if (!forbidden.needed.empty()) out += " " + forbidden.needed + " / " + forbidden.found;
    return out;
}

struct Case {
    const char* why;
    Order order;
    Person person;
    std::function<void(Order&, Person&)> change;
    const char* expected;
};

// clang-format off
const Case cases[] = {
    {"a certified volunteer of the community", visit(), volunteer(), [](Order&, Person&) {}, "may"},
    {"not active",               visit(), volunteer(), [](Order&, Person& p) { p.active = false; }, "not_active"},
    {"suspended",                visit(), volunteer(), [](Order&, Person& p) { p.paused = true; }, "paused"},
    {"beside another only, and the order takes one", visit(), volunteer(), [](Order&, Person& p) { p.paired = true; }, "paired_only"},
    {"beside another only, and the order takes two", visit(), volunteer(), [](Order& o, Person& p) { p.paired = o.paired_may = true; }, "may"},
    {"asked for it",             visit(), volunteer(), [](Order&, Person& p) { p.is_recipient_or_requester = true; }, "own_request"},
    {"declined by the other side, unsaid by whom", visit(), volunteer(), [](Order&, Person& p) { p.excluded_by_recipient = true; }, "not_matched"},
    {"no leader on the order",   visit(), volunteer(), [](Order& o, Person&) { o.leading_social_worker = 0; }, "leader_missing social_worker / none"},
    {"V0 where V1 is needed",    visit(), volunteer(), [](Order&, Person& p) { p.certification = 0; }, "certification_too_low V1 / V0"},
    {"certified until the evening before", visit(), volunteer(), [](Order&, Person& p) { p.certified_until = nine - 12h; }, "certification_ends 2026-03-05 / 2026-03-04"},
    {"certified until the service ends", visit(), volunteer(), [](Order&, Person& p) { p.certified_until = nine + 45min; }, "may"},
    {"certified in another field", visit(), volunteer(), [](Order& o, Person& p) { o.field = "elders"; p.fields = {"youth"}; }, "field_missing"},
    {"certified in the field",   visit(), volunteer(), [](Order& o, Person& p) { o.field = "elders"; p.fields = {"youth", "elders"}; }, "may"},
    {"V4 is needed, V1 with a licence", visit(), volunteer(), [](Order& o, Person& p) { o.certification_min = 4; p.professional = true; }, "may"},
    {"V3 is needed, V1 with a licence", visit(), volunteer(), [](Order& o, Person& p) { o.certification_min = 3; p.professional = true; }, "certification_too_low V3 / V1"},
    {"another subdistrict",      visit(), volunteer(), [](Order&, Person& p) { p.area_path = "/1/6/8/"; }, "outside_area /1/5/9/ / /1/6/8/"},
    {"area 90 is not in area 9", visit(), volunteer(), [](Order&, Person& p) { p.area_path = "/1/5/90/"; }, "outside_area /1/5/9/ / /1/5/90/"},
    {"the search has widened",   visit(), volunteer(), [](Order& o, Person& p) { o.reach_path = "/1/"; p.area_path = "/1/6/8/"; }, "may"},
    {"serves the whole subdistrict", visit(), volunteer(), [](Order&, Person& p) { p.area_path = "/1/5/"; }, "may"},
    {"area unknown",             visit(), volunteer(), [](Order&, Person& p) { p.area_path = ""; }, "outside_area /1/5/9/ / "},
    {"busy at that time",        visit(), volunteer(), [](Order&, Person& p) { p.busy = {{nine + 30min, nine + 90min}}; },
        "time_conflict 2026-03-05T09:00:00+08:00/2026-03-05T09:45:00+08:00 / 2026-03-05T09:30:00+08:00/2026-03-05T10:30:00+08:00"},
    {"busy until just then",     visit(), volunteer(), [](Order&, Person& p) { p.busy = {{nine - 60min, nine}}; }, "may"},
    {"busy from just then",      visit(), volunteer(), [](Order&, Person& p) { p.busy = {{nine + 45min, nine + 90min}}; }, "may"},
    {"served as much as may be", visit(), volunteer(), [](Order&, Person& p) { p.recent_minutes = 4756; }, "no_minutes_left 4800 / 4756"},
    {"just enough left",         visit(), volunteer(), [](Order&, Person& p) { p.recent_minutes = 4755; }, "may"},
    {"a professional's hours are the employer's", counselling(), social_worker(), [](Order&, Person& p) { p.recent_minutes = 9000; }, "may"},
    {"a licence that the order asks for", counselling(), social_worker(), [](Order&, Person& p) { p.social_worker = false; }, "may"},
    {"another licence", counselling(), social_worker(), [](Order&, Person& p) { p.social_worker = false; p.credentials[0].key = "lawyer"; }, "duty_boundary social_worker / none"},
    {"seventeen",                visit(), volunteer(), [](Order&, Person& p) { p.age_years = 17; }, "minor_not_allowed 18 / 17"},
    {"no insurance",             visit(), volunteer(), [](Order& o, Person&) { o.insurance = true; }, "insurance_missing 2026-03-05 / none"},
    {"a social worker is no volunteer", visit(), social_worker(), [](Order&, Person&) {}, "duty_boundary volunteer / social_worker"},
    {"a social worker who is also a volunteer", visit(), social_worker(), [](Order&, Person& p) { p.volunteer = true; p.certification = 2; }, "may"},

    {"a registered social worker", counselling(), social_worker(), [](Order&, Person&) {}, "may"},
    {"a volunteer, however certified", counselling(), volunteer(), [](Order&, Person& p) { p.certification = 4; }, "duty_boundary social_worker / volunteer"},
    {"not registered",           counselling(), social_worker(), [](Order&, Person& p) { p.credentials.clear(); }, "credential_missing social_worker / none"},
    {"lapsed by then",           counselling(), social_worker(), [](Order&, Person& p) { p.credentials[0].valid_until = nine; }, "credential_missing social_worker / 2026-03-05"},
    {"another credential",       counselling(), social_worker(), [](Order&, Person& p) { p.credentials[0].key = "lawyer"; }, "credential_missing social_worker / none"},
    {"no record check",          counselling(), social_worker(), [](Order&, Person& p) { p.checks.clear(); }, "record_check_missing 2026-03-05 / none"},
    {"a check of another kind",  counselling(), social_worker(), [](Order&, Person& p) { p.checks[0].key = "health_certificate"; }, "record_check_missing 2026-03-05 / none"},
    {"record check too old",     counselling(), social_worker(), [](Order&, Person& p) { p.checks[0].valid_until = nine - 24h; }, "record_check_missing 2026-03-05 / 2026-03-04"},

    {"a new volunteer cleans up", clean_up(), volunteer(), [](Order&, Person& p) { p.certification = 0; }, "may"},
    {"fifteen, alone",           clean_up(), volunteer(), [](Order&, Person& p) { p.age_years = 15; }, "minor_not_allowed 18 / 15"},
    {"fifteen, beside an adult", clean_up(), volunteer(), [](Order& o, Person& p) { p.age_years = 15; p.guardian_consent = true; o.adult_present = true; }, "may"},
    {"fifteen, the guardian has not agreed", clean_up(), volunteer(), [](Order& o, Person& p) { p.age_years = 15; o.adult_present = true; }, "guardian_consent_missing"},
    {"cover ends with the day before", visit(), volunteer(),
     [](Order& o, Person& p) { o.insurance = true; p.insured_until = start_of(*parse_day("2026-03-05")); }, "insurance_missing 2026-03-05 / 2026-03-04"},
    {"thirteen, beside an adult", clean_up(), volunteer(), [](Order& o, Person& p) { p.age_years = 13; o.adult_present = true; }, "minor_not_allowed 14 / 13"},
    {"an adult beside does not open other categories", visit(), volunteer(), [](Order& o, Person& p) { p.age_years = 17; o.adult_present = true; }, "minor_not_allowed 18 / 17"},
    {"nobody in particular",     clean_up(), volunteer(), [](Order&, Person& p) { p.volunteer = false; }, "duty_boundary volunteer / none"},
};
// clang-format on

TEST(Consider, TheFirstRuleThatForbidsIsNamedWithItsValues) {
    for (auto c : cases) {
        c.change(c.order, c.person);
        EXPECT_EQ(written(consider(c.order, c.person, weights())), c.expected) << c.why;
    }
}

TEST(Consider, EveryHardRuleForbidsInSomeCase) {
    for (auto& rule : hard_rules()) {
        bool forbids = std::ranges::any_of(cases, [&](const Case& c) {
            std::string expected = c.expected;
            return expected.substr(0, expected.find(' ')) == rule.code;
        });
        EXPECT_TRUE(forbids) << rule.code;
        EXPECT_FALSE(rule.zh.empty());
        EXPECT_FALSE(rule.en.empty());
    }
}

TEST(Consider, RulesAreAskedInTheOrderOfTheTable) {
    // Everything is wrong at once; mending the named rule leads to a later one.
    Order order = visit();
    order.leading_social_worker = 0;
    order.credential = "driver";
    order.checks = {"crime_record"};
    order.insurance = true;
    order.field = "elders";
    Person person;
    person.id = 1;
    person.active = false;
    person.certified_until = nine - 12h;
    person.paired = person.paused = person.is_recipient_or_requester =
        person.excluded_by_recipient = true;
    person.area_path = "/2/";
    person.busy = {order.window};
    person.recent_minutes = 4801;
    const std::function<void()> mend[] = {
        [&] { person.active = true; },
        [&] { person.paused = false; },
        [&] { person.paired = false; },
        [&] { person.volunteer = true; },
        [&] { order.leading_social_worker = 77; },
        [&] { person.certification = 1; },
        [&] { person.certified_until = nine + 24h; },
        [&] { person.fields = {"elders"}; },
        [&] {
            person.credentials = {{"driver", nine + 24h}};
        },
        [&] {
            person.checks = {{"crime_record", nine + 24h}};
        },
        [&] { person.insured_until = nine + 24h; },
        // A minor whose guardian was not asked, then an adult.
        [&] {
            order.age_years_min = 14;
            order.minors_with_adult = order.adult_present = true;
            person.age_years = 15;
        },
        [&] { person.age_years = 30; },
        [&] { person.busy.clear(); },
        [&] { person.recent_minutes = 0; },
        [&] { person.area_path = "/1/5/9/"; },
        [&] { person.is_recipient_or_requester = false; },
        [&] { person.excluded_by_recipient = false; },
    };
    ASSERT_EQ(std::size(mend), hard_rules().size());
    for (std::size_t i = 0; i < std::size(mend); ++i) {
        auto verdict = consider(order, person, weights());
        ASSERT_TRUE(std::holds_alternative<Forbidden>(verdict)) << i;
        EXPECT_EQ(std::get<Forbidden>(verdict).rule, &hard_rules()[i]);
        mend[i]();
    }
    EXPECT_EQ(written(consider(order, person, weights())), "may");
}

std::string points(const Order& order, const Person& person) {
    auto score = std::get<Score>(consider(order, person, weights()));
    std::string out;
    for (auto& part : score.parts) out += std::to_string(part.points) + " ";
    return out + "= " + std::to_string(score.total);
}

// clang-format off
TEST(Score, PartsFollowTheWeights) {
    Order anywhere = visit();
    anywhere.reach_path = "/1/";
    struct Row {
        const char* why;
        std::function<void(Order&, Person&)> change;
        const char* expected;  // distance, continuity, skill fit, fairness, preference
    };
    const Row rows[] = {
        {"same community, nothing else known", [](Order&, Person&) {},                                   "40 0 15 15 5 = 75"},
        {"same grid counts as the community",  [](Order&, Person& p) { p.area_path = "/1/5/9/12/"; },    "40 0 15 15 5 = 75"},
        {"same subdistrict",                   [](Order&, Person& p) { p.area_path = "/1/5/8/"; },       "24 0 15 15 5 = 59"},
        {"same district",                      [](Order&, Person& p) { p.area_path = "/1/6/3/"; },       "10 0 15 15 5 = 45"},
        {"serves the whole district",          [](Order&, Person& p) { p.area_path = "/1/"; },           "10 0 15 15 5 = 45"},
        {"has served this person before",      [](Order&, Person& p) { p.served_recipient_before = true; }, "40 20 15 15 5 = 95"},
        {"two of three skills",                [](Order& o, Person& p) { o.skills = {"a", "b", "c"}; p.skills = {"c", "a"}; }, "40 0 10 15 5 = 70"},
        {"20 of 40 hours in 30 days",          [](Order&, Person& p) { p.recent_minutes = 1200; },          "40 0 15 7 5 = 67"},
        {"more hours than the measure",        [](Order&, Person& p) { p.recent_minutes = 4700; },         "40 0 15 0 5 = 60"},
        {"wishes for this category",           [](Order&, Person& p) { p.wished_categories = {"x", "visit_alone_elder"}; }, "40 0 15 15 10 = 80"},
        {"wishes for others",                  [](Order&, Person& p) { p.wished_categories = {"x"}; },   "40 0 15 15 0 = 70"},
    };
    for (auto& row : rows) {
        Order order = anywhere;
        Person person = volunteer();
        row.change(order, person);
        EXPECT_EQ(points(order, person), row.expected) << row.why;
    }
}
// clang-format on

TEST(Rank, BestFirstThenByIdWithAFunnel) {
    Order order = visit();
    std::vector<Person> people;
    auto add = [&](std::int64_t id, auto change) {
        Person person = volunteer();
        person.id = id;
        change(person);
        people.push_back(person);
    };
    add(5, [](Person&) {});
    add(3, [](Person&) {});
    add(9, [](Person& p) { p.served_recipient_before = true; });
    add(7, [](Person& p) { p.certification = 0; });
    add(1, [](Person& p) { p.busy = {{nine, nine + 1h}}; });
    add(2, [](Person& p) { p.certification = 0; });

    auto ranking = rank(order, people, weights());
    std::string ranked, excluded, funnel;
    for (auto& c : ranking.candidates) ranked += std::to_string(c.person) + " ";
    for (auto& e : ranking.excluded) {
        excluded += std::to_string(e.person) + " " + std::string(e.forbidden.rule->code) + " ";
    }
    for (auto& step : ranking.funnel) funnel += std::to_string(step.remaining) + " ";
    EXPECT_EQ(ranked, "9 3 5 ");
    EXPECT_EQ(excluded, "1 time_conflict 2 certification_too_low 7 certification_too_low ");
    EXPECT_EQ(ranking.considered, 6);
    EXPECT_EQ(funnel, "6 6 6 6 6 4 4 4 4 4 4 4 4 3 3 3 3 3 ");
}

TEST(Rank, OfNobodyIsEmpty) {
    auto ranking = rank(visit(), {}, weights());
    EXPECT_TRUE(ranking.candidates.empty());
    EXPECT_TRUE(ranking.excluded.empty());
    EXPECT_EQ(ranking.funnel.size(), hard_rules().size());
}

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::int32_t below(std::int32_t n) {
        return static_cast<std::int32_t>(engine_() % static_cast<std::uint64_t>(n));
    }
    bool one_in(std::int32_t n) { return below(n) == 0; }
    std::mt19937_64& engine() { return engine_; }

  private:
    std::mt19937_64 engine_;
};

Person anybody(std::int64_t id, Dice& dice) {
    Person p;
    p.id = id;
    p.area_path =
        "/1/" + std::to_string(5 + dice.below(2)) + "/" + std::to_string(8 + dice.below(3)) + "/";
    p.social_worker = dice.one_in(5);
    p.volunteer = !dice.one_in(5);
    p.certification = dice.below(5);
    if (dice.one_in(2)) p.credentials = {{"social_worker", nine + dice.below(48) * 1h}};
    p.age_years = 12 + dice.below(70);
    p.active = !dice.one_in(10);
    p.paused = dice.one_in(10);
    p.checks = {{"crime_record", nine + (dice.below(48) - 12) * 1h}};
    if (dice.one_in(3)) p.busy = {{nine + dice.below(120) * 1min, nine + 3h}};
    p.recent_minutes = dice.below(3000);
    p.served_recipient_before = dice.one_in(8);
    if (dice.one_in(2)) p.wished_categories = {"visit_alone_elder"};
    return p;
}

std::string written(const Ranking& ranking) {
    std::string out;
    for (auto& c : ranking.candidates) {
        out += std::to_string(c.person) + "=" + std::to_string(c.score.total) + " ";
    }
    for (auto& e : ranking.excluded) {
        out += std::to_string(e.person) + " " + written(Verdict(e.forbidden)) + "; ";
    }
    for (auto& step : ranking.funnel) out += std::to_string(step.remaining) + " ";
    return out;
}

// HEZHI_SEED in the environment runs one seed again.
std::uint64_t seed_of_run() {
    if (auto given = std::getenv("HEZHI_SEED")) return std::stoull(given);
    return std::random_device{}();
}

TEST(Rank, DoesNotDependOnTheOrderInWhichPeopleAreGiven) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    Dice dice(seed);
    for (Order order : {visit(), counselling(), clean_up()}) {
        order.reach_path = "/1/5/";
        std::vector<Person> people;
        for (std::int64_t id = 1; id <= 300; ++id) people.push_back(anybody(id, dice));
        auto expected = written(rank(order, people, weights()));
        for (int round = 0; round < 10; ++round) {
            std::ranges::shuffle(people, dice.engine());
            ASSERT_EQ(written(rank(order, people, weights())), expected) << "seed " << seed;
        }
    }
}

TEST(Rank, PartsAddUpAndTheFunnelEndsWithTheCandidates) {
    auto seed = seed_of_run();
    std::cout << "seed " << seed << "\n";
    Dice dice(seed);
    std::vector<Person> people;
    for (std::int64_t id = 1; id <= 2000; ++id) people.push_back(anybody(id, dice));
    for (const Order& order : {visit(), counselling(), clean_up()}) {
        auto ranking = rank(order, people, weights());
        EXPECT_EQ(ranking.candidates.size() + ranking.excluded.size(), people.size());
        EXPECT_EQ(ranking.funnel.back().remaining, std::ssize(ranking.candidates));
        for (auto& candidate : ranking.candidates) {
            std::int32_t sum = 0;
            for (auto& part : candidate.score.parts) {
                EXPECT_GE(part.points, 0);
                EXPECT_LE(part.points, part.max) << part.key << " seed " << seed;
                sum += part.points;
            }
            EXPECT_EQ(sum, candidate.score.total) << "seed " << seed;
        }
    }
}

TEST(Consider, AMalformedAreaPathIsAMistakeOfTheCaller) {
    Order order = visit();
    order.reach_path = "/1/5";  // would also reach area 50
    EXPECT_THROW(consider(order, volunteer(), weights()), BrokenInvariant);
}

}  // namespace
}  // namespace hezhi::dispatch
