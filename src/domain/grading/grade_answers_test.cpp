// 陈述申辩: the word of whom a proposal concerns, before it is confirmed.
#include <algorithm>

#include "domain/grading/test_grading.h"

namespace hezhi::grading {
namespace {

class GradeAnswers : public Grades {
  protected:
    Result<std::int64_t> answer_it(const api::Caller& who, GradeProposalId id,
                                   const char* words = "那三天住院") {
        return act(
            [&](journal::Turn& turn) { return answer_grade(turn, who, grade_desk, id, words); });
    }
    Result<std::int64_t> confirm_as_shown(GradeProposalId id, std::optional<std::int64_t> seen) {
        return act([&](journal::Turn& turn) {
            return confirm_grade(turn, *second_officer, grade_desk, id, "已核实", seen);
        });
    }
    GradeProposalPage shown_to(const api::Caller& who, GradeSubject graded, std::int64_t subject) {
        return page(who, graded, subject).value().proposals.front();
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }
};
HEZHI_ON_BOTH_ENGINES(GradeAnswers);

TEST_P(GradeAnswers, AnswerGradeIsSaidOnceByThePersonAndSeenBeforeConfirmGrade) {
    GradeProposalId id(propose(*officer, GradeSubject::person, zhang.person.value).value());
    auto own = [&] { return shown_to(*zhang.caller, GradeSubject::person, zhang.person.value); };
    auto officers = [&] {
        return shown_to(*second_officer, GradeSubject::person, zhang.person.value);
    };
    EXPECT_EQ(own().reason, "家属反映");
    EXPECT_EQ(std::ranges::count(own().actions, "answer_grade"), 1);
    EXPECT_EQ(std::ranges::count(officers().actions, "answer_grade"), 0);
    EXPECT_REFUSED(answer_it(*liu.caller, id), hezhi::refusals::not_found);
    EXPECT_REFUSED(answer_it(*officer, id), hezhi::refusals::not_found);
    std::int64_t fact = 0;
    answer_it(*zhang.caller, id).value();
    fact = facts("grade.answered").front().position;
    EXPECT_EQ(own().answer, "那三天住院");
    EXPECT_EQ(own().answered_at, clock.now());
    EXPECT_EQ(std::ranges::count(own().actions, "answer_grade"), 0);
    EXPECT_REFUSED(answer_it(*zhang.caller, id, "再说一次"), refusals::grade_state_forbids);

    EXPECT_EQ(officers().answer, "那三天住院");
    EXPECT_EQ(officers().answer_id, fact);
    EXPECT_REFUSED(confirm_as_shown(id, std::nullopt), refusals::grade_answer_unseen)
        << "the page was read before it came";
    EXPECT_REFUSED(confirm_as_shown(id, fact - 1), refusals::grade_answer_unseen);
    confirm_as_shown(id, officers().answer_id).value();
    EXPECT_EQ(own().answer, "那三天住院") << "it stays beside the decision";
    EXPECT_REFUSED(answer_it(*zhang.caller, id), refusals::grade_state_forbids);
}

TEST_P(GradeAnswers, ConfirmGradeNeedsNoAnswerAndRejectGradeNamesNone) {
    GradeProposalId first(propose(*officer, GradeSubject::person, zhang.person.value).value());
    confirm_as_shown(first, std::nullopt).value();
    EXPECT_REFUSED(answer_it(*zhang.caller, first), refusals::grade_state_forbids)
        << "now it is the appeal";
    GradeProposalId second(propose(*officer, GradeSubject::person, liu.person.value).value());
    answer_it(*liu.caller, second).value();
    reject_down(*second_officer, second).value();
}

TEST_P(GradeAnswers, AnswerGradeOfATeamIsItsLeads) {
    OrganizationId team = team_of({zhang, liu});
    GradeProposalId id(propose(*officer, GradeSubject::team, team.value).value());
    EXPECT_REFUSED(answer_it(*liu.caller, id), hezhi::refusals::not_found) << "a member";
    answer_it(*zhang.caller, id, "队里没有收钱").value();
    EXPECT_EQ(shown_to(*second_officer, GradeSubject::team, team.value).answer, "队里没有收钱");
}

}  // namespace
}  // namespace hezhi::grading
