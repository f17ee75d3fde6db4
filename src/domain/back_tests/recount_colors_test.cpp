// 四色分级 counted again: the months of a lived district, and what another pack makes of the facts.
#include "domain/back_tests/recount_colors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "domain/back_tests/compare.h"
#include "facts/joining_facts.h"
#include "facts/person_facts.h"
#include "journal/facts_about.h"
#include "journal/pack_fold.h"
#include "rules/pack_reader.h"
#include "support/world.h"

namespace hezhi::back_tests {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::int64_t the_team = 5, the_member = 7;

// What a team of one member, the person 7, has done.
class TeamsHistory {
  public:
    TeamsHistory() {
        at(day("2025-10-01"), {{"person", the_member}}, PersonRegistered{40});
        at(day("2025-10-01"), {{"person", the_member}}, VolunteerRegistered{});
        at(day("2025-10-02"), {{"organization", the_team}, {"person", the_member}}, MemberJoined{});
    }

    static Instant day(const char* text) { return start_of(*parse_day(text)); }

    template <class P>
    void at(Instant when, Subjects subjects, const P& payload, const char* permission = "") {
        Fact fact;
        fact.recorded_at = fact.occurred_at = when;
        fact.kind = kind_name<P>;
        fact.version = P::version;
        fact.actor.permission = permission;
        fact.place = {AreaId(1), "/1/"};
        fact.subjects = std::move(subjects);
        fact.payload = to_json(payload);
        facts_.push_back(std::move(fact));
    }
    // Accepted ten days before, from 09:00 to 11:00.
    std::int64_t accepted(Instant on) {
        Instant starts = on + hours(9);
        at(starts - days(10), of_order(++orders_), OrderAccepted{starts, starts + hours(2), true});
        return orders_;
    }
    // Whether it was checked out at its end, or noted so many days later.
    void serve(Instant on, int satisfaction = 5, int noted_days_later = 0) {
        std::int64_t order = accepted(on);
        Instant noted = on + hours(11) + days(noted_days_later);
        OrderCheckedOut out;
        out.minutes = 120;
        at(noted, of_order(order), out);
        at(noted + hours(1), {{"order", order}}, OrderReviewed{Resolution::resolved, satisfaction});
    }
    // One on each day from then on.
    void serve_daily(const char* first, int services, int satisfaction = 5,
                     int noted_days_later = 0) {
        for (int i = 0; i < services; ++i) {
            serve(day(first) + days(i), satisfaction, noted_days_later);
        }
    }
    // As the monthly run noted it; what it counted is nowhere asked.
    void month_ends(const char* first_of_next) {
        GradeComputed computed;
        computed.until = day(first_of_next);
        computed.from = computed.until - days(90);
        at(computed.until + hours(1), {{"organization", the_team}}, computed);
        at(computed.until + hours(2), {}, GradingMonthClosed{computed.until});
    }

    std::vector<RecountedMonth> months(const rules::Pack& by, const char* before,
                                       GradeSubject graded = GradeSubject::team) const {
        std::vector<RecountedMonth> found;
        judged(by, before, [&](const Judged& known, const Period& period) {
            for (const auto& grade : recounted_grades(known, period.until)) {
                if (grade.graded == graded) found = grade.months;
            }
        });
        return found;
    }
    // The bands of all subjects.
    std::string colors(const rules::Pack& by, const char* before) const {
        std::string out;
        judged(by, before, [&](const Judged& known, const Period& period) {
            auto outcomes = recounted_colors(known, period);
            for (const auto& outcome : outcomes.all) {
                out += outcomes.bands[static_cast<std::size_t>(outcome.band)] + " ";
            }
        });
        return out;
    }
    static Subjects of_order(std::int64_t order) {
        return {{"order", order}, {"person", the_member}};
    }

  private:
    template <class Use>
    void judged(const rules::Pack& by, const char* before, Use use) const {
        std::vector<Fact> known;
        for (const Fact& fact : facts_) {
            if (fact.recorded_at < day(before)) known.push_back(fact);
        }
        std::ranges::stable_sort(known, {}, &Fact::recorded_at);
        for (std::size_t i = 0; i < known.size(); ++i) {
            known[i].position = static_cast<std::int64_t>(i) + 1;
        }
        auto pack = std::make_shared<const rules::Pack>(by);
        auto fold = [&](journal::Figures figures) {
            journal::PackFold under(std::move(figures), pack);
            under.add(known);
            return under.take();
        };
        journal::Folded alike = fold(recounted_alike()), own = fold(recounted_own());
        use(Judged{alike, own}, Period{{}, day(before)});
    }

    std::vector<Fact> facts_;
    std::int64_t orders_ = 100;
};

rules::Pack colors_of_base() {
    return *rules::read_pack_folder("packs/base");
}

TEST(RecountColors, CountsWhatLiesInTheWindowOfThePack) {
    TeamsHistory team;
    team.serve_daily("2026-01-05", 20);
    team.serve_daily("2026-03-10", 4);
    team.month_ends("2026-04-01");
    rules::Pack shorter = colors_of_base();
    shorter.color_grades.window_days = 30;
    auto before = team.months(colors_of_base(), "2026-04-02");
    auto after = team.months(shorter, "2026-04-02");
    ASSERT_EQ(before.size(), 1u);
    ASSERT_EQ(after.size(), 1u);
    EXPECT_EQ(before[0].counts.accepted, 24);
    EXPECT_EQ(after[0].counts.accepted, 4);
    EXPECT_EQ(before[0].counts.months_active, 2);
    shorter.color_grades.look_back_months = 1;
    EXPECT_EQ(team.months(shorter, "2026-04-02")[0].counts.months_active, 1);
}

TEST(RecountColors, JudgesRecordsAndLateLeavingByThePack) {
    TeamsHistory team;
    team.serve_daily("2026-03-02", 16, 5, 5);  // noted five days later
    std::int64_t left = team.accepted(TeamsHistory::day("2026-03-25"));
    // Three of ten days before its beginning.
    team.at(TeamsHistory::day("2026-03-22") + hours(9), TeamsHistory::of_order(left), OrderLeft{},
            "order.leave");
    team.month_ends("2026-04-01");
    rules::Pack other = colors_of_base();
    other.records.enter_within.amount = 1;
    other.color_grades.late_below_percent = 20;
    auto before = team.months(colors_of_base(), "2026-04-02")[0].counts;
    auto after = team.months(other, "2026-04-02")[0].counts;
    EXPECT_EQ(before.records_in_time, 16);
    EXPECT_EQ(after.records_in_time, 0);
    EXPECT_EQ(before.given_back, 0) << "left less than half of the time";
    EXPECT_EQ(after.given_back, 1);
    EXPECT_EQ(before.accepted, 17);
}

TEST(RecountColors, TakesFromSafetyWhatThePackTakes) {
    TeamsHistory team;
    team.serve_daily("2026-03-02", 16);
    team.at(TeamsHistory::day("2026-03-20"), {{"incident", 90}, {"person", the_member}},
            IncidentSettled{"minor", true, true});
    team.month_ends("2026-04-01");
    rules::Pack milder = colors_of_base();
    for (auto& deduction : milder.color_grades.deductions) deduction.percent = 10;
    EXPECT_EQ(team.months(colors_of_base(), "2026-04-02")[0].counts.incident_percent, 50);
    EXPECT_EQ(team.months(milder, "2026-04-02")[0].counts.incident_percent, 10);
}

TEST(RecountColors, AMonthOfTooFewServicesCountsNeitherUpNorDown) {
    TeamsHistory team;
    rules::Pack monthly = colors_of_base();
    monthly.color_grades.window_days = 28;
    monthly.color_grades.persons = false;
    team.serve_daily("2026-03-08", 20);
    team.month_ends("2026-04-01");
    team.serve_daily("2026-04-10", 3);
    team.month_ends("2026-05-01");
    team.serve_daily("2026-05-08", 20, 2);
    team.month_ends("2026-06-01");
    EXPECT_EQ(team.colors(monthly, "2026-06-30"), "blue ") << "one month below is not two of three";
    team.serve_daily("2026-06-08", 20, 2);
    team.month_ends("2026-07-01");
    EXPECT_EQ(team.colors(monthly, "2026-07-02"), "yellow ");
    EXPECT_EQ(team.colors(monthly, "2026-07-01"), "blue ") << "the last month is not computed yet";
}

TEST(RecountColors, GradesWhomThePackGrades) {
    TeamsHistory team;
    team.serve_daily("2026-03-02", 16);
    team.month_ends("2026-04-01");
    rules::Pack both = colors_of_base(), neither = colors_of_base();
    neither.color_grades.teams = neither.color_grades.persons = false;
    EXPECT_EQ(team.colors(both, "2026-04-02"), "blue blue ") << "the person for the first time";
    EXPECT_EQ(team.months(both, "2026-04-02", GradeSubject::person)[0].counts.accepted, 16);
    EXPECT_EQ(team.colors(neither, "2026-04-02"), "ungraded ");
    // Whoever is graded for the first time neither gains nor loses by a blue.
    auto nobody = journal::PackFold(grouping_figures(), std::make_shared<rules::Pack>()).take();
    std::vector<std::string> bands{"red", "yellow", "ungraded", "blue", "green"};
    auto part = compare(*find_mechanism("color_grades"), {bands, {}},
                        {bands, {{7, PersonId(7), "/1/", ungraded_rank, 3, 0}}},
                        Grouping(nobody, rules::Pack()));
    EXPECT_EQ(part.better, 0);
    EXPECT_EQ(part.worse, 0);
}

class RecountedMonths : public hezhi::testing::World {
  protected:
    void month_ends(const char* first_of_next) {
        wait_until(start_of(*parse_day(first_of_next)) + std::chrono::minutes(5));
        while (scheduler.run_due() > 0) {
        }
    }
};
HEZHI_ON_BOTH_ENGINES(RecountedMonths);

// The pack by which the months were counted, over the facts: the same numbers and colours.
TEST_P(RecountedMonths, AreThoseThatWereComputed) {
    team_of({zhang, liu});
    for (int i = 0; i < 6; ++i) reviewed_order(Resolution::resolved, i % 2 == 0 ? 5 : 2);
    delivered_order();  // of which nobody has said anything
    month_ends("2026-04-01");
    for (int i = 0; i < 3; ++i) reviewed_order();
    month_ends("2026-05-01");
    std::vector<Fact> all;
    {
        auto db = ledger->read();
        journal::each_fact_line(*db,
                                [&](std::string_view line) { all.push_back(read_fact(line)); });
    }
    auto pack_now = std::make_shared<const rules::Pack>(pack());
    auto fold = [&](journal::Figures figures) {
        journal::PackFold under(std::move(figures), pack_now);
        under.add(all);
        return under.take();
    };
    journal::Folded alike = fold(recounted_alike()), own = fold(recounted_own());
    std::map<std::string, std::string> recounted, computed;
    for (const auto& grade : recounted_grades({alike, own}, clock.now() + Millis(1))) {
        auto key = grading::grade_key(grade.graded, grade.subject);
        for (const auto& month : grade.months) {
            recounted[key] +=
                to_json(month.counts) + " " + std::string(label_of(month.color)) + "; ";
        }
    }
    for (const Fact& fact : facts("grade.computed")) {
        const auto& month = fact.as<GradeComputed>();
        computed[grading::graded_of(fact)] +=
            to_json(month.counts) + " " + std::string(label_of(month.color)) + "; ";
    }
    EXPECT_EQ(computed.size(), 3u) << "the team and its two";
    EXPECT_EQ(recounted, computed);
}

}  // namespace
}  // namespace hezhi::back_tests
