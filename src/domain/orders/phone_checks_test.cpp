// Whoever was not there twice is called before their next order is offered to anybody.
#include <algorithm>

#include "domain/orders/phone_check_figure.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

using std::chrono::days;

class PhoneChecks : public hezhi::testing::World {
  protected:
    PhoneChecks() : wang(resident("王秀英", "13900000001")) {}

    OrderId ordered(PriorityClass priority_class = PriorityClass::P3) {
        return open_order(report_need(priority_class, "王秀英 13900000001"));
    }
    // Two come, and nobody is there.
    OrderId missed() {
        OrderId id = ordered();
        offer(id, {zhang, liu}).value();
        accept(id, zhang).value();
        accept(id, liu).value();
        absent(id).value();
        return id;
    }
    Result<std::int64_t> absent(OrderId id) {
        return act([&](journal::Turn& turn) {
            return cancel_order(turn, *social_worker, desk, id, "无人在家", true);
        });
    }
    Result<std::int64_t> answer(OrderId id, PhoneCheckOutcome outcome, const api::Caller& who) {
        return act([&](journal::Turn& turn) {
            return answer_phone_check(turn, who, desk, id, {outcome});
        });
    }
    std::string page(OrderId id, const api::Caller& who) {
        return route_text("show_order", who, {std::to_string(id.value)});
    }
    bool on_the_list(OrderId id, const api::Caller& who) {
        return route_text("list_phone_checks", who)
                   .find("\"id\":" + std::to_string(id.value) + ",") != std::string::npos;
    }
    std::string route_text(std::string_view action, const api::Caller& who,
                           const std::vector<std::string>& captures = {}) {
        auto all = routes(desk);
        auto route = std::ranges::find(all, action, &api::Route::action);
        return reading_as(
            who,
            [&](const api::Reading& reading) {
                return route->read(reading, http::Request()).value();
            },
            captures);
    }

    PersonId wang;
};
HEZHI_ON_BOTH_ENGINES(PhoneChecks);

TEST_P(PhoneChecks, AskPhoneCheckHoldsTheNextOrderAfterTheSecondAbsence) {
    missed();
    OrderId second = ordered();
    EXPECT_TRUE(offer(second, {zhao}).has_value()) << "once may happen to anybody";
    cancel(second).value();
    missed();
    OrderId third = ordered();
    EXPECT_REFUSED(offer(third, {zhang, liu}), refusals::phone_check_needed);
    EXPECT_TRUE(on_the_list(third, *street_staff));
    EXPECT_FALSE(on_the_list(third, *staff("social_worker", other_subdistrict)));
    std::string shown = page(third, *street_staff);
    EXPECT_NE(shown.find("\"phone_check\":{\"absences\":2,\"calls\":0,\"days\":90}"),
              std::string::npos)
        << shown;
    EXPECT_NE(shown.find("answer_phone_check"), std::string::npos);
    EXPECT_EQ(shown.find("offer_order"), std::string::npos);
    answer(third, PhoneCheckOutcome::wanted, *social_worker).value();
    EXPECT_FALSE(on_the_list(third, *street_staff));
    EXPECT_TRUE(offer(third, {zhang, liu}).has_value());
    EXPECT_TRUE(offer(ordered(), {zhao}).has_value()) << "whoever was reached starts anew";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(PhoneChecks, NoteAbsenceCountsOnlyWhereSomebodyCameAndWithinThePacksDays) {
    for (int i = 0; i < 2; ++i) absent(ordered()).value();
    EXPECT_TRUE(facts(AbsenceNoted::kind).empty()) << "nobody came to the door";
    for (int i = 0; i < 2; ++i) {
        NeedId unknown = report_need();
        OrderId id = open_order(unknown);
        offer(id, {zhang, liu}).value();
        accept(id, zhang).value();
        absent(id).value();
    }
    EXPECT_TRUE(facts(AbsenceNoted::kind).empty()) << "nobody registered was absent";
    missed();
    clock.advance(days(91));
    missed();
    EXPECT_TRUE(offer(ordered(), {zhao}).has_value()) << "the first was too long ago";
}

TEST_P(PhoneChecks, AnswerPhoneCheckNotReachedWaitsAndNotWantedCancels) {
    missed();
    missed();
    OrderId id = ordered();
    auto community_worker = staff("community_worker", community);
    EXPECT_REFUSED(answer(id, PhoneCheckOutcome::wanted, *officer), hezhi::refusals::not_permitted);
    EXPECT_REFUSED(
        answer(id, PhoneCheckOutcome::wanted, *staff("community_worker", other_community)),
        hezhi::refusals::not_found);
    answer(id, PhoneCheckOutcome::not_reached, *community_worker).value();
    EXPECT_TRUE(on_the_list(id, *community_worker));
    EXPECT_NE(page(id, *street_staff).find("\"calls\":1"), std::string::npos);
    EXPECT_REFUSED(offer(id, {zhang, liu}), refusals::phone_check_needed);
    answer(id, PhoneCheckOutcome::not_wanted, *community_worker).value();
    EXPECT_EQ(order(id).state, OrderStep::cancelled);
    EXPECT_EQ(need(order(id).need).state, needs::NeedStep::reported);
    EXPECT_FALSE(on_the_list(id, *community_worker));
    EXPECT_REFUSED(answer(id, PhoneCheckOutcome::wanted, *community_worker),
                   refusals::order_state_forbids);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(PhoneChecks, HoldNothingThatIsUrgent) {
    missed();
    missed();
    OrderId urgent = ordered(PriorityClass::P2);
    EXPECT_TRUE(facts(PhoneCheckAsked::kind).empty());
    EXPECT_TRUE(offer(urgent, {zhang, liu}).has_value());
}

TEST_P(PhoneChecks, HoldWhatABatchWouldPropose) {
    missed();
    missed();
    auto proposed = [&] {
        auto db = ledger->read();
        return open_orders(*db, ledger->tables(), path_of(district), *tree->now(), pack(),
                           clock.now())
            .orders.size();
    };
    OrderId first = ordered(), second = ordered();
    EXPECT_EQ(proposed(), 0U);
    answer(second, PhoneCheckOutcome::wanted, *social_worker).value();
    EXPECT_FALSE(on_the_list(first, *social_worker)) << "one call is enough for both";
    EXPECT_EQ(facts(PhoneCheckAnswered::kind).size(), 2U);
    EXPECT_EQ(proposed(), 2U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::orders
