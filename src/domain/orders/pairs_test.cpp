// 不再匹配: whom a recipient would rather not have again is not asked for them, on both engines.
#include "domain/orders/candidates.h"
#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

class Pairs : public hezhi::testing::World {
  protected:
    Pairs() : wang(resident("王秀英", "13900000001")) {}

    OrderId order_for_her() {
        return open_order(report_need(PriorityClass::P3, "王秀英 13900000001"));
    }
    Result<std::int64_t> separate(OrderId id, const hezhi::testing::Volunteer& who) {
        return act([&](journal::Turn& turn) {
            return separate_pair(turn, *social_worker, desk, id,
                                 {who.person, Text<1, 200>("老人希望换人")});
        });
    }
    Result<std::int64_t> rejoin(OrderId id, const hezhi::testing::Volunteer& who) {
        return act([&](journal::Turn& turn) {
            return rejoin_pair(turn, *social_worker, id, {who.person});
        });
    }
    // The first rule against somebody; empty where there is none.
    std::string against(OrderId id, const hezhi::testing::Volunteer& who) {
        auto areas = tree->now();
        return reading_as(*officer, [&](const api::Reading& reading) -> std::string {
            auto ranking =
                rank_candidates(reading.db, reading.tables, order(id), *areas, pack(), clock.now());
            for (const auto& one : ranking.excluded) {
                if (one.person == who.person.value) return std::string(one.forbidden.rule->code);
            }
            return "";
        });
    }

    PersonId wang;
};
HEZHI_ON_BOTH_ENGINES(Pairs);

TEST_P(Pairs, SeparatePairKeepsThePersonFromThatRecipientAndFromNobodyElse) {
    OrderId first = order_for_her();
    offer(first, {zhang, liu}).value();
    separate(first, zhang).value();
    OrderId next = order_for_her();
    EXPECT_EQ(against(next, zhang), "not_matched");
    EXPECT_EQ(against(next, liu), "");
    EXPECT_REFUSED(offer(next, {zhang}), refusals::person_may_not_take);
    OrderId of_others = open_order(report_need());
    EXPECT_EQ(against(of_others, zhang), "");
    offer(of_others, {zhang}).value();
    EXPECT_TRUE(differences().empty());
}

TEST_P(Pairs, SeparatePairEndsAnOfferThatStandsAndARunAssignsOthers) {
    OrderId id = order_for_her();
    offer(id, {zhang}).value();
    separate(id, zhang).value();
    EXPECT_REFUSED(accept(id, zhang), refusals::offer_missing);
    auto areas = tree->now();
    reading_as(*officer, [&](const api::Reading& reading) {
        auto input = open_orders(reading.db, reading.tables, path_of(community), *areas, pack(),
                                 clock.now());
        ASSERT_EQ(input.orders.size(), 1U);
        EXPECT_EQ(input.orders[0].excluded, std::vector{zhang.person.value});
    });
}

TEST_P(Pairs, RejoinPairMakesThemFreeForEachOtherAgain) {
    OrderId id = order_for_her();
    offer(id, {zhang, liu}).value();
    separate(id, zhang).value();
    separate(id, zhang).value();
    EXPECT_EQ(facts("pair.separated").size(), 1U) << "once";
    rejoin(id, zhang).value();
    EXPECT_EQ(against(order_for_her(), zhang), "");
    EXPECT_TRUE(differences().empty());
}

TEST_P(Pairs, AreKnownToStaffAndNotToTheVolunteer) {
    OrderId id = order_for_her();
    offer(id, {zhang, liu}).value();
    separate(id, zhang).value();
    auto page = reading_as(*social_worker, [&](const api::Reading& reading) {
        return order_page(reading, desk, id).value();
    });
    EXPECT_TRUE(page.offers[0].apart);
    EXPECT_FALSE(page.offers[1].apart);
    EXPECT_EQ(std::ranges::count(page.actions, "separate_pair"), 1);
    Fact fact = facts("pair.separated").front();
    EXPECT_FALSE(fact.subject("person")) << "no live event goes to the volunteer";
    EXPECT_FALSE(fact.subject("order")) << "nor does it stand among the facts of her record";
    EXPECT_EQ(fact.payload, "{}") << "the reason stands in the register";
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return separate_pair(turn, *zhang.caller, desk, id,
                                            {liu.person, Text<1, 200>("不想同行")});
                   }),
                   hezhi::refusals::not_permitted);
}

TEST_P(Pairs, AreWishedByTheRequesterWithTheReview) {
    OrderId id = order_for_her();
    offer(id, {zhang, liu}).value();
    for (const auto& who : {zhang, liu}) accept(id, who).value();
    clock.set(tomorrow_at(9));
    for (const auto& who : {zhang, liu}) check_in(id, who).value();
    clock.advance(std::chrono::hours(1));
    for (const auto& who : {zhang, liu}) check_out(id, who).value();
    auto actions = [&] {
        return reading_as(*api::link_caller(), [&](const api::Reading& reading) {
            return slip_page(reading, desk, id)->actions;
        });
    };
    EXPECT_EQ(std::ranges::count(actions(), "separate_pair"), 0) << "first it is confirmed";
    confirm(id).value();
    EXPECT_EQ(std::ranges::count(actions(), "separate_pair"), 1);
    ReviewOrder said;
    said.satisfaction.value = 2;
    said.another = true;
    act([&](journal::Turn& turn) {
        return review_order(turn, *api::link_caller(), desk, id, said);
    }).value();
    EXPECT_EQ(facts("pair.separated").size(), 2U);
    OrderId next = open_order(report_need(PriorityClass::P3, "王秀英 13900000001"));
    EXPECT_EQ(against(next, zhang), "not_matched");
    EXPECT_EQ(against(next, liu), "not_matched");
    EXPECT_EQ(against(next, zhao), "");
    EXPECT_TRUE(differences().empty());
}

TEST_P(Pairs, AreOfARegisteredRecipientAndOfWhoWasAsked) {
    OrderId unknown = open_order(report_need());
    offer(unknown, {zhang}).value();
    EXPECT_REFUSED(separate(unknown, zhang), hezhi::refusals::invalid_input);
    OrderId id = order_for_her();
    EXPECT_REFUSED(separate(id, zhang), hezhi::refusals::invalid_input);
}

}  // namespace
}  // namespace hezhi::orders
