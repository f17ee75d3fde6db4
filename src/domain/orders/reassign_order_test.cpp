// 改派订单: what somebody has accepted goes to others once dispatch to them is suspended.
#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::days;
using std::chrono::hours;

class Reassigning : public hezhi::testing::World {
  protected:
    // An officer proposes red for a trigger that suspends at once.
    GradeProposalId suspend(const Volunteer& who) {
        grading::ProposeGrade input{GradeSubject::person, who.person.value,
                                    Text<1, 40>("money_taken"), Text<1, 500>("家属反映")};
        return GradeProposalId(act([&](journal::Turn& turn) {
                                   return grading::propose_grade(turn, *officer, grade_desk, input);
                               }).value());
    }
    void settle_timers() {
        while (scheduler.run_due() > 0) {
        }
    }
};
HEZHI_ON_BOTH_ENGINES(Reassigning);

TEST_P(Reassigning, ReassignOrderGivesWhatASuspendedPersonAcceptedToOthersWithinTheHours) {
    OrderId id = accepted_order();
    Instant suspended = clock.now();
    suspend(zhang);
    settle_timers();
    ASSERT_EQ(facts("order.reassigned").size(), 1U);
    EXPECT_EQ(offer_of(id, zhang.person)->state, OfferStep::cancelled);
    EXPECT_EQ(offer_of(id, liu.person)->state, OfferStep::accepted) << "she still comes";
    EXPECT_EQ(order(id).state, OrderStep::open) << "offered again";
    EXPECT_EQ(need(order(id).need).order_step, OrderStep::open);
    EXPECT_EQ(order(id).refill_until, std::min(suspended + hours(24), order(id).starts_at));
    // The requester and the leader are told; nobody is told why.
    auto slip = reading_as(*officer, [&](const api::Reading& reading) {
        return slip_page(reading, desk, id).value();
    });
    EXPECT_TRUE(slip.another_comes);
    auto shown = reading_as(*social_worker, [&](const api::Reading& reading) {
        return order_page(reading, desk, id).value();
    });
    EXPECT_EQ(shown.refill_until, order(id).refill_until);
    settle_timers();
    EXPECT_EQ(facts("order.reassigned").size(), 1U) << "once";
    EXPECT_REFUSED(offer(id, {zhang}), refusals::person_may_not_take);
    offer(id, {zhao}).value();
    accept(id, zhao).value();
    EXPECT_EQ(order(id).state, OrderStep::accepted);
    EXPECT_FALSE(order(id).refill_until);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Reassigning, ReassignOrderLeavesItToTheSocialWorkerIfNobodyIsFoundByThen) {
    OrderId id = open_order(report_need(), "environment_clean_up", tomorrow_at(9) + days(7),
                            tomorrow_at(11) + days(7));
    offer(id, {zhang, liu}).value();
    accept(id, zhang).value();
    accept(id, liu).value();
    Instant limit = clock.now() + hours(24);
    suspend(zhang);
    settle_timers();
    EXPECT_EQ(order(id).refill_until, limit);
    std::size_t escalated = facts("order.escalated").size();
    wait_until(limit - std::chrono::minutes(1));
    EXPECT_EQ(facts("order.escalated").size(), escalated);
    wait_until(limit);
    EXPECT_EQ(facts("order.escalated").size(), escalated + 1);
    EXPECT_EQ(order(id).state, OrderStep::escalated);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Reassigning, ReassignOrderStopsWithTheSuspension) {
    OrderId id = accepted_order();
    GradeProposalId proposal = suspend(zhang);
    auto second_officer = staff("district_officer", district);
    act([&](journal::Turn& turn) {
        return grading::reject_grade(turn, *second_officer, grade_desk, proposal, "不属实");
    }).value();
    settle_timers();
    EXPECT_TRUE(facts("order.reassigned").empty()) << "rejected before the timer ran";
    EXPECT_EQ(order(id).state, OrderStep::accepted);
}

TEST_P(Reassigning, ReassignOrderLeavesWhatHasBegunAndWhatIsOver) {
    OrderId id = accepted_order();
    clock.set(order(id).starts_at);
    for (const auto& who : {zhang, liu}) check_in(id, who).value();
    suspend(zhang);
    settle_timers();
    EXPECT_TRUE(facts("order.reassigned").empty()) << "she is there";
    EXPECT_EQ(order(id).state, OrderStep::in_service);
}

}  // namespace
}  // namespace hezhi::orders
