// A month, a way down or a confirmed colour that says other than the facts make it is found and its
// field named, though the tables say what the fact says; what was entered after a month was read is
// no fault.
#include "domain/grading/check_runs.h"

#include <algorithm>

#include "domain/grading/test_grading.h"

namespace hezhi::grading {
namespace {

using journal::Difference;
using enum GradeColor;

class GradeRuns : public Grades {
  protected:
    std::vector<Difference> found() {
        journal::Checks checks;
        checks.push_back(check_runs());
        auto db = ledger->read();
        return journal::verify(*db, ledger->tables(), *packs(), {}, {}, {}, checks).differences;
    }
    template <class P>
    std::int64_t append_like(const Fact& other, const P& payload, Subjects subjects) {
        return act([&](journal::Turn& turn) -> Result<std::int64_t> {
                   return turn.append(
                       draft(payload, {}, other.place, std::move(subjects), other.occurred_at));
               })
            .value();
    }
    void note_training(const hezhi::testing::Volunteer& who) {
        NoteRemedial input;
        input.subject_id = who.person.value;
        input.minutes.value = 240;
        act([&](journal::Turn& turn) { return note_remedial(turn, *street_staff, input); }).value();
    }
};
HEZHI_ON_BOTH_ENGINES(GradeRuns);

TEST_P(GradeRuns, SayWhatTheFactsMake) {
    team_of({zhang, liu});
    made_yellow();
    note_training(zhang);
    served(3);
    month_ends("2026-06-01");
    ASSERT_EQ(zhangs().color, blue) << "the remedial path";
    propose(*officer, GradeSubject::person, zhang.person.value).value();
    confirm_down(*second_officer, zhangs().proposal).value();
    ASSERT_EQ(zhangs().color, red) << "by a trigger";
    month_ends("2026-07-01");
    month_ends("2026-08-01");
    ASSERT_EQ(zhangs().color, yellow) << "after its days";
    EXPECT_EQ(found(), std::vector<Difference>{});
}

TEST_P(GradeRuns, SayWhatTheFactsMakeWhileAnAppealIsOpenAndAfterIt) {
    GradeAppealId filed(appeal(*zhang.caller, made_yellow()).value());
    month_ends("2026-06-01");
    decide(*second_officer, filed, true).value();
    major_incident(delivered_order());
    settle_timers();
    month_ends("2026-07-01");
    EXPECT_FALSE(facts(GradeProposed::kind).empty());
    EXPECT_EQ(found(), std::vector<Difference>{});
}

TEST_P(GradeRuns, ThatWereChangedAreNamedWithTheirField) {
    made_yellow();
    Fact of_liu = facts(GradeComputed::kind).back();
    ASSERT_EQ(of_liu.subject("person"), liu.person.value);
    const auto right = of_liu.as<GradeComputed>();
    ASSERT_EQ(right.counts.completed, 3);
    ASSERT_EQ(right.color, ungraded) << "too few services";
    std::vector<Difference> expected;
    auto change = [&](auto what, const char* field, const std::string& was, const std::string& is) {
        GradeComputed changed = right;
        what(changed);
        std::int64_t id = append_like(of_liu, changed, of_liu.subjects);
        expected.push_back({"grade run " + std::to_string(id) + " " + field, was, is});
    };
    change([](GradeComputed& run) { run.counts.completed = 4; }, "counts completed", "3", "4");
    change([](GradeComputed& run) { run.counts.months_active = 2; }, "counts months_active", "1",
           "2");
    change([](GradeComputed& run) { run.parts.score = 1; }, "parts score",
           std::to_string(right.parts.score), "1");
    change([](GradeComputed& run) { run.remedied = true; }, "remedied", "false", "true");
    std::string last = std::to_string(facts(GradeComputed::kind).back().position);
    change([](GradeComputed& run) { run.position = 1'000'000; }, "position", last, "1000000");
    change([](GradeComputed& run) { run.color = green; }, "color", "\"ungraded\"", "\"green\"");
    EXPECT_EQ(differences(), std::vector<Difference>{}) << "the tables say what the facts say";
    EXPECT_EQ(found(), expected);
}

TEST_P(GradeRuns, DoNotKnowWhatWasEnteredAfterTheyWereRead) {
    auto at_nine = [](const char* day) {
        return start_of(*parse_day(day)) + std::chrono::hours(9);
    };
    clock.set(at_nine("2026-03-27"));
    zhang_did_not_come();
    clock.set(at_nine("2026-03-30"));
    OrderId id = delivered_order();
    confirm(id).value();
    Instant until = start_of(*parse_day("2026-04-01"));
    clock.set(until + std::chrono::minutes(5));
    SubjectRows read = subject_rows(*ledger->read(), GradeSubject::person, zhang.person.value,
                                    months_before(until, months_read), until);
    review(id, Resolution::resolved, 1).value();
    act([&](journal::Turn& turn) {
        return compute_grade(turn, GradeSubject::person, zhang.person.value, until, read);
    }).value();
    Fact computed = facts(GradeComputed::kind).back();
    EXPECT_EQ(computed.as<GradeComputed>().counts.reviews, 0) << "it was read before the review";
    EXPECT_EQ(computed.as<GradeComputed>().counts.no_shows, 1);
    // Nor what is corrected later.
    ExcuseService excuse{OrderId(facts(NoShowNoted::kind).back().subject("order")), zhang.person,
                         Text<1, 500>("因病")};
    act([&](journal::Turn& turn) {
        return excuse_service(turn, *street_staff, grade_desk, excuse);
    }).value();
    EXPECT_EQ(found(), std::vector<Difference>{});
    // Of two reviews nothing is known.
    GradeComputed changed = computed.as<GradeComputed>();
    changed.counts.reviews = 2;
    std::int64_t next = append_like(computed, changed, computed.subjects);
    ASSERT_EQ(found().size(), 1U);
    EXPECT_EQ(found().front().place, "grade run " + std::to_string(next) + " counts reviews");
}

TEST_P(GradeRuns, WaysDownThatSayOtherwiseAreNamed) {
    GradeProposalId id(propose(*officer, GradeSubject::person, zhang.person.value).value());
    Fact right = facts(GradeProposed::kind).back();
    EXPECT_EQ(found(), std::vector<Difference>{});
    GradeProposed changed = right.as<GradeProposed>();
    changed.to = yellow;
    std::string next = std::to_string(
        append_like(right, changed, {{"person", zhang.person.value}, {"grade_proposal", self}}));
    append_like(right, GradeConfirmed{yellow, yellow, right.occurred_at},
                {{"person", zhang.person.value}, {"grade_proposal", id.value}});
    std::string confirmed = "grade proposal " + std::to_string(id.value) + " confirmed ";
    std::vector<Difference> expected{{"grade proposal " + next + " to", "\"red\"", "\"yellow\""},
                                     {confirmed + "color", "\"red\"", "\"yellow\""},
                                     {confirmed + "effective", "\"red\"", "\"yellow\""}};
    EXPECT_EQ(differences(), std::vector<Difference>{}) << "the tables say what the facts say";
    EXPECT_EQ(found(), expected);
}

}  // namespace
}  // namespace hezhi::grading
