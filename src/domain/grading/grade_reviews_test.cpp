// A second review of an appeal, once; and two appeals that wait beside each other.
#include <algorithm>

#include "domain/grading/test_grading.h"

namespace hezhi::grading {
namespace {

using std::chrono::days;
using enum GradeColor;

class GradeReviews : public Grades {
  protected:
    GradeReviews() : third_officer(staff("district_officer", district)) {}

    GradeAppealPage shown(const api::Caller& who, GradeAppealId id) {
        return reading_as(who, [&](const api::Reading& reading) {
            return appeal_page(reading, grade_desk, id).value();
        });
    }
    bool may_appeal_against(GradeProposalId id) {
        auto own = page(*zhang.caller, GradeSubject::person, zhang.person.value).value();
        auto row = std::ranges::find(own.proposals, id, &GradeProposalPage::id);
        return std::ranges::count(row->actions, "file_grade_appeal") == 1;
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }

    api::CallerPtr third_officer;
};
HEZHI_ON_BOTH_ENGINES(GradeReviews);

TEST_P(GradeReviews, ADecisionIsReviewedOnceBySomebodyElse) {
    GradeProposalId id = made_yellow();
    GradeAppealId first(appeal(*zhang.caller, id).value());
    EXPECT_FALSE(may_appeal_against(id)) << "one waits";
    decide(*second_officer, first, false).value();
    EXPECT_EQ(zhangs().effective, yellow);
    EXPECT_TRUE(may_appeal_against(id));
    GradeAppealId second(appeal(*zhang.caller, id).value());
    EXPECT_EQ(zhangs().effective, blue) << "as before, until it is decided";
    EXPECT_FALSE(shown(*third_officer, first).second);
    EXPECT_TRUE(shown(*third_officer, second).second);
    EXPECT_REFUSED(decide(*officer, second, true), refusals::took_part_in_grade) << "confirmed it";
    EXPECT_REFUSED(decide(*second_officer, second, true), refusals::took_part_in_grade)
        << "decided the first";
    EXPECT_TRUE(shown(*second_officer, second).actions.empty());
    EXPECT_FALSE(shown(*third_officer, second).actions.empty());
    decide(*third_officer, second, false).value();
    EXPECT_EQ(zhangs().effective, yellow);
    EXPECT_FALSE(may_appeal_against(id));
    EXPECT_REFUSED(appeal(*zhang.caller, id), refusals::grade_state_forbids) << "once";
}

TEST_P(GradeReviews, WhatIsReviewedStandsBesideTheReview) {
    auto file = [&](GradeProposalId id, const char* why) {
        return GradeAppealId(act([&](journal::Turn& turn) {
                                 return file_grade_appeal(turn, *zhang.caller, grade_desk, id, why);
                             }).value());
    };
    GradeProposalId id = made_yellow();
    GradeAppealId first = file(id, "那三天住院");
    EXPECT_FALSE(shown(*second_officer, first).first_reason);
    DecideGradeAppeal stands{false, Text<1, 1000>("没有住院证明")};
    act([&](journal::Turn& turn) {
        return decide_grade_appeal(turn, *second_officer, grade_desk, first, stands);
    }).value();
    GradeAppealId second = file(id, "证明补上了");
    auto to_decide = shown(*third_officer, second);
    EXPECT_EQ(to_decide.reason, "证明补上了");
    EXPECT_EQ(to_decide.first_reason, "那三天住院");
    EXPECT_EQ(to_decide.first_decision, "没有住院证明");
    auto of_person = [&](const api::Caller& who) {
        auto all = page(who, GradeSubject::person, zhang.person.value).value().proposals;
        return *std::ranges::find(all, id, &GradeProposalPage::id);
    };
    for (const api::CallerPtr& who : {zhang.caller, third_officer}) {
        EXPECT_EQ(of_person(*who).appeal_reason, "证明补上了");
        EXPECT_EQ(of_person(*who).first_reason, "那三天住院");
        EXPECT_EQ(of_person(*who).first_decision, "没有住院证明");
        EXPECT_FALSE(of_person(*who).appeal_decision) << "not decided";
    }
    decide(*third_officer, second, false).value();
    EXPECT_EQ(of_person(*zhang.caller).first_decision, "没有住院证明");
    EXPECT_EQ(of_person(*zhang.caller).appeal_decision, "查阅了住院证明");
}

TEST_P(GradeReviews, AReviewThatIsRightGivesBackWhatWasBefore) {
    GradeProposalId id = made_yellow();
    decide(*second_officer, GradeAppealId(appeal(*zhang.caller, id).value()), false).value();
    decide(*third_officer, GradeAppealId(appeal(*zhang.caller, id).value()), true).value();
    EXPECT_EQ(zhangs().color, blue);
    EXPECT_EQ(zhangs().effective, blue);
    EXPECT_REFUSED(appeal(*zhang.caller, id), refusals::grade_state_forbids);
}

TEST_P(GradeReviews, AReviewHasItsDays) {
    GradeProposalId id = made_yellow();
    decide(*second_officer, GradeAppealId(appeal(*zhang.caller, id).value()), false).value();
    clock.set(clock.now() + days(21));
    EXPECT_FALSE(may_appeal_against(id));
    EXPECT_REFUSED(appeal(*zhang.caller, id), refusals::appeal_time_over);
}

TEST_P(GradeReviews, AReviewIsRaisedWhenItIsLate) {
    GradeProposalId id = made_yellow();
    decide(*second_officer, GradeAppealId(appeal(*zhang.caller, id).value()), false).value();
    GradeAppealId second(appeal(*zhang.caller, id).value());
    wait_until(clock.now() + days(7));  // 劳动节 is no working day
    EXPECT_EQ(facts("grade_appeal.escalated").size(), 1U) << "not acknowledged";
    wait_until(clock.now() + days(25));
    EXPECT_EQ(facts("grade_appeal.escalated").size(), 2U) << "not decided";
    EXPECT_TRUE(shown(*third_officer, second).late);
    acknowledge(*third_officer, second).value();
    wait_until(clock.now() + days(10));
    EXPECT_EQ(facts("grade_appeal.escalated").size(), 2U) << "no limit is left to pass";
}

TEST_P(GradeReviews, TheLaterOfTwoAppealsDecidedFirstLeavesTheEarlierItsEffect) {
    GradeProposalId yellow_one = made_yellow();
    propose(*officer, GradeSubject::person, zhang.person.value).value();
    GradeProposalId red_one = zhangs().proposal;
    confirm_down(*second_officer, red_one).value();
    GradeAppealId of_yellow(appeal(*zhang.caller, yellow_one).value());
    GradeAppealId of_red(appeal(*zhang.caller, red_one).value());
    EXPECT_EQ(zhangs().appeals, (std::vector<GradeAppealId>{of_yellow, of_red}));
    decide(*third_officer, of_red, true).value();
    EXPECT_EQ(zhangs().color, yellow) << "which is what held before";
    EXPECT_EQ(zhangs().effective, blue) << "its appeal waits still";
    EXPECT_EQ(zhangs().appeal, of_yellow);
    decide(*third_officer, of_yellow, false).value();
    EXPECT_EQ(zhangs().effective, yellow);
    EXPECT_FALSE(zhangs().appeal);
}

}  // namespace
}  // namespace hezhi::grading
