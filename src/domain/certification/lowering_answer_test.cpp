// 陈述申辩: the person's own word on a lower certification or its suspension, before it is
// confirmed.
#include <algorithm>

#include "domain/certification/test_certification.h"

namespace hezhi::certification {
namespace {

class LoweringAnswers : public CertificationLife {
  protected:
    LoweringAnswers() {
        reach_v2("youth");
        ProposeLowering input{LoweringMeasure::suspend, Text<1, 40>("incident_attributed"),
                              std::nullopt, std::nullopt, Text<1, 500>("老人摔倒，未搀扶")};
        input.days.emplace();
        input.days->value = 30;
        act([&](journal::Turn& turn) {
            return propose_lowering(turn, *social_worker, certification_desk, wei.person, input);
        }).value();
    }
    LoweringShown shown_to(const api::Caller& who) {
        return reading_as(who, [&](const api::Reading& reading) {
            return certification_page(reading, certification_desk, row(wei.person))
                .lowerings.front();
        });
    }
    bool offers(const api::Caller& who, std::string_view action) {
        return std::ranges::count(shown_to(who).actions, action) == 1;
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }
};
HEZHI_ON_BOTH_ENGINES(LoweringAnswers);

TEST_P(LoweringAnswers, AnswerLoweringIsForThePersonWhoReadsTheProposalAndItsLimit) {
    LoweringShown own = shown_to(*wei.caller);
    EXPECT_EQ(own.state, LoweringStep::proposed);
    EXPECT_EQ(own.reason, "老人摔倒，未搀扶");
    EXPECT_EQ(own.ground.zh, "突发情况属实");
    ASSERT_TRUE(own.answer_until);
    EXPECT_GT(*own.answer_until, clock.now() + days(2)) << "three working days";
    EXPECT_TRUE(offers(*wei.caller, "answer_lowering"));
    EXPECT_FALSE(offers(*street_staff, "answer_lowering"));
    LoweringId id = lowering_of_wei().id;
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return answer_lowering(turn, *zhang.caller, certification_desk, id, "我说");
                   }),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return answer_lowering(turn, *street_staff, certification_desk, id, "我说");
                   }),
                   hezhi::refusals::not_found);
    answer_it().value();
    EXPECT_EQ(shown_to(*wei.caller).answer, "那天我不在场");
    EXPECT_EQ(shown_to(*wei.caller).answered_at, clock.now());
    EXPECT_FALSE(offers(*wei.caller, "answer_lowering"));
    EXPECT_REFUSED(answer_it("再说一次"), refusals::lowering_state_forbids) << "once";
    EXPECT_EQ(row(wei.person).level, 2) << "and nothing has changed";
}

TEST_P(LoweringAnswers, ConfirmLoweringIsRefusedUnheardUntilTheLimitIsOver) {
    EXPECT_FALSE(offers(*street_staff, "confirm_lowering"));
    EXPECT_TRUE(offers(*street_staff, "reject_lowering")) << "which needs no word";
    EXPECT_REFUSED(confirm_as_shown(*street_staff, std::nullopt), refusals::lowering_unheard);
    Instant until = shown_to(*street_staff).answer_until.value();
    clock.set(until - std::chrono::minutes(1));
    EXPECT_REFUSED(confirm_as_shown(*street_staff, std::nullopt), refusals::lowering_unheard);
    clock.set(until);
    EXPECT_TRUE(offers(*street_staff, "confirm_lowering"));
    EXPECT_TRUE(offers(*wei.caller, "answer_lowering")) << "as long as nobody has confirmed it";
    confirm_as_shown(*street_staff, std::nullopt).value();
    EXPECT_TRUE(row(wei.person).suspended_until);
    EXPECT_REFUSED(answer_it(), refusals::lowering_state_forbids) << "now it is the appeal";
}

TEST_P(LoweringAnswers, ConfirmLoweringNamesTheAnswerThatWasSeen) {
    answer_it().value();
    LoweringShown shown = shown_to(*street_staff);
    EXPECT_EQ(shown.answer, "那天我不在场");
    ASSERT_TRUE(shown.answer_id);
    EXPECT_TRUE(offers(*street_staff, "confirm_lowering")) << "before the limit";
    EXPECT_REFUSED(confirm_as_shown(*street_staff, std::nullopt), refusals::lowering_answer_unseen)
        << "the page was read before it came";
    EXPECT_REFUSED(confirm_as_shown(*street_staff, *shown.answer_id - 1),
                   refusals::lowering_answer_unseen);
    EXPECT_FALSE(row(wei.person).suspended_until);
    confirm_as_shown(*street_staff, shown.answer_id).value();
    EXPECT_TRUE(row(wei.person).suspended_until);
    EXPECT_EQ(shown_to(*wei.caller).answer, "那天我不在场") << "it stays beside the decision";
}

TEST_P(LoweringAnswers, AnswerLoweringIsReadByWhoDecidesOnly) {
    answer_it().value();
    LoweringShown shown = shown_to(*staff("community_worker", community));
    EXPECT_FALSE(shown.answer);
    EXPECT_FALSE(shown.answer_id);
    EXPECT_FALSE(shown.reason);
}

}  // namespace
}  // namespace hezhi::certification
