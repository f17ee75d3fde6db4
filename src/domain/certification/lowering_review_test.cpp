// The limits of an appeal against a lower certification, and its second review.
#include <algorithm>

#include "domain/certification/test_certification.h"

namespace hezhi::certification {
namespace {

class LoweringReviews : public CertificationLife {
  protected:
    LoweringReviews()
        : second_officer(staff("district_officer", district)),
          third_officer(staff("district_officer", district)) {
        reach_v2("youth");
        ProposeLowering input{LoweringMeasure::lower, Text<1, 40>("complaint_upheld"), LevelKey::V1,
                              std::nullopt, Text<1, 500>("投诉经核实成立")};
        act([&](journal::Turn& turn) {
            return propose_lowering(turn, *street_staff, certification_desk, wei.person, input);
        }).value();
        confirm_heard(*officer).value();
    }
    Result<std::int64_t> appeal_it(const char* why = "并无此事") {
        return act([&](journal::Turn& turn) {
            return appeal_lowering(turn, *wei.caller, certification_desk, last(), why);
        });
    }
    Result<std::int64_t> acknowledge_it(const api::Caller& who) {
        return act([&](journal::Turn& turn) { return acknowledge_lowering(turn, who, last()); });
    }
    Result<std::int64_t> settle_it(const api::Caller& who, bool upheld) {
        return act([&](journal::Turn& turn) {
            return settle_lowering(turn, who, certification_desk, last(),
                                   {upheld, Text<1, 1000>(upheld ? "查看了录像" : "证人属实")});
        });
    }
    LoweringId last() { return row(wei.person).lowering; }
    LoweringShown seen_by(const api::Caller& who) {
        return reading_as(who, [&](const api::Reading& reading) {
            return certification_page(reading, certification_desk, row(wei.person))
                .lowerings.front();
        });
    }
    bool may(const api::Caller& who, std::string_view action) {
        return std::ranges::count(seen_by(who).actions, action) == 1;
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }

    api::CallerPtr second_officer, third_officer;
};
HEZHI_ON_BOTH_ENGINES(LoweringReviews);

TEST_P(LoweringReviews, AcknowledgeLoweringIsForWhoMayDecideTheAppeal) {
    EXPECT_REFUSED(acknowledge_it(*second_officer), refusals::lowering_state_forbids)
        << "nobody appealed";
    appeal_it().value();
    EXPECT_REFUSED(acknowledge_it(*officer), refusals::took_part_in_lowering);
    EXPECT_TRUE(may(*second_officer, "acknowledge_lowering"));
    acknowledge_it(*second_officer).value();
    EXPECT_TRUE(seen_by(*wei.caller).acknowledged_at) << "the person sees it";
    EXPECT_FALSE(may(*second_officer, "acknowledge_lowering"));
    EXPECT_TRUE(may(*second_officer, "settle_lowering"));
    EXPECT_REFUSED(acknowledge_it(*second_officer), refusals::lowering_state_forbids) << "once";
}

TEST_P(LoweringReviews, EscalateLoweringAtEachLimitThatPasses) {
    appeal_it().value();
    EXPECT_FALSE(seen_by(*officer).late);
    wait_until(clock.now() + days(6));
    EXPECT_EQ(facts("lowering.escalated").size(), 1U) << "not acknowledged within two days";
    EXPECT_TRUE(seen_by(*officer).late);
    wait_until(clock.now() + days(25));
    EXPECT_EQ(facts("lowering.escalated").size(), 2U) << "not decided within fifteen";
    wait_until(clock.now() + days(10));
    EXPECT_EQ(facts("lowering.escalated").size(), 2U);
    acknowledge_it(*second_officer).value();
    wait_until(clock.now() + days(10));
    EXPECT_EQ(facts("lowering.escalated").size(), 2U) << "no limit is left to pass";
    settle_it(*second_officer, false).value();
    EXPECT_TRUE(seen_by(*officer).late) << "it was";
}

TEST_P(LoweringReviews, WhatWasAcknowledgedAndDecidedInTimeIsNotRaised) {
    appeal_it().value();
    acknowledge_it(*second_officer).value();
    wait_until(clock.now() + days(6));
    EXPECT_TRUE(facts("lowering.escalated").empty());
    settle_it(*second_officer, true).value();
    wait_until(clock.now() + days(40));
    EXPECT_TRUE(facts("lowering.escalated").empty());
    EXPECT_FALSE(seen_by(*officer).late);
}

TEST_P(LoweringReviews, AppealLoweringOnceMoreIsSettledByYetSomebodyElse) {
    appeal_it().value();
    settle_it(*second_officer, false).value();
    EXPECT_EQ(seen_by(*wei.caller).state, LoweringStep::upheld);
    EXPECT_TRUE(may(*wei.caller, "appeal_lowering"));
    appeal_it("漏看了一段录像").value();
    EXPECT_EQ(seen_by(*wei.caller).appeal, "并无此事") << "the first stays";
    EXPECT_EQ(seen_by(*wei.caller).review, "漏看了一段录像");
    EXPECT_REFUSED(settle_it(*second_officer, true), refusals::took_part_in_lowering);
    EXPECT_FALSE(may(*second_officer, "settle_lowering"));
    settle_it(*third_officer, true).value();
    EXPECT_EQ(row(wei.person).level, 2) << "as before";
    EXPECT_EQ(seen_by(*wei.caller).state, LoweringStep::withdrawn);
    EXPECT_EQ(seen_by(*wei.caller).settlement, "证人属实");
    EXPECT_EQ(seen_by(*wei.caller).outcome, "查看了录像");
    EXPECT_REFUSED(appeal_it(), refusals::lowering_state_forbids);
}

TEST_P(LoweringReviews, AReviewIsAskedForOnceAndInTime) {
    appeal_it().value();
    settle_it(*second_officer, false).value();
    clock.set(seen_by(*wei.caller).review_until.value());
    appeal_it().value();
    settle_it(*third_officer, false).value();
    EXPECT_FALSE(may(*wei.caller, "appeal_lowering"));
    EXPECT_REFUSED(appeal_it(), refusals::lowering_state_forbids) << "once";
    EXPECT_EQ(row(wei.person).level, 1);
}

TEST_P(LoweringReviews, AReviewIsTooLateAfterItsDays) {
    appeal_it().value();
    settle_it(*second_officer, false).value();
    clock.set(seen_by(*wei.caller).review_until.value() + std::chrono::minutes(1));
    EXPECT_FALSE(may(*wei.caller, "appeal_lowering"));
    EXPECT_REFUSED(appeal_it(), refusals::lowering_appeal_over);
}

}  // namespace
}  // namespace hezhi::certification
