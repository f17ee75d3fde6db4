// Kept records against fresh ones, through everything that happens to orders.
#include <random>

#include "domain/orders/order_pages.h"
#include "facts/joining_facts.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

class OrderRecords : public hezhi::testing::World {
  protected:
    OrderRecords() : fresh_(desk) { fresh_.kept = nullptr; }

    template <class Page>
    static std::string text_of(const Result<Page>& page) {
        return page ? to_json(*page) : std::string(page.error().row->code);
    }

    // All that anybody sees of the order, in one text.
    std::string seen(const OrderDesk& by, OrderId id) {
        std::string all;
        for (const auto& caller :
             {social_worker, street_staff, officer, zhang.caller, liu.caller}) {
            all += reading_as(*caller, [&](const api::Reading& reading) {
                return text_of(order_page(reading, by, id)) + "\n" +
                       text_of(my_order_page(reading, by, id)) + "\n" +
                       text_of(Result<MyOrders>(my_orders_page(reading, by))) + "\n";
            });
        }
        return all + reading_as(*api::link_caller(), [&](const api::Reading& reading) {
                   return text_of(slip_page(reading, by, id));
               });
    }

    const OrderDesk& fresh() const { return fresh_; }

  private:
    OrderDesk fresh_;
};
HEZHI_ON_BOTH_ENGINES(OrderRecords);

TEST_P(OrderRecords, AnOrderThatNothingHappensToIsReadOnce) {
    OrderId id = accepted_order();
    std::string first = seen(desk, id);
    auto made = kept_orders.made();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(seen(desk, id), first);
    EXPECT_EQ(kept_orders.made(), made);
}

TEST_P(OrderRecords, WhatDependsOnTheTimeIsNotKept) {
    OrderId id = open_order(report_need());
    offer(id, {zhang}).value();
    auto actions = [&] {
        return reading_as(*zhang.caller, [&](const api::Reading& reading) {
            return my_order_page(reading, desk, id)->actions;
        });
    };
    EXPECT_EQ(actions(), (std::vector<std::string>{"accept_order", "decline_offer"}));
    clock.set(offer_of(id, zhang.person)->until + Millis(1));
    EXPECT_EQ(actions(), std::vector<std::string>{});
}

TEST_P(OrderRecords, AnErasedVolunteerHasNoNameOnAnyOrderFromThenOn) {
    OrderId id = accepted_order();
    auto name_shown = [&] {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return order_page(reading, desk, id)->offers.front().name;
        });
    };
    EXPECT_EQ(name_shown(), "张**");
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        people.erase_person(turn.db(), zhang.person);
        return turn.append(draft(PersonErased{}, command, Place{community, path_of(community)},
                                 {{"person", zhang.person.value}}, turn.now()));
    }).value();
    EXPECT_EQ(name_shown().find("张"), std::string::npos);
}

TEST_P(OrderRecords, WhoIsSeparatedFromTheRecipientIsShownSoFromThenOn) {
    resident("王秀英", "13900000001");
    OrderId id = open_order(report_need(PriorityClass::P3, "王秀英 13900000001"));
    OrderId other = open_order(report_need(PriorityClass::P3, "王秀英 13900000001"));
    offer(id, {zhang}).value();
    offer(other, {zhang}).value();
    auto apart = [&] {
        EXPECT_EQ(seen(desk, other), seen(fresh(), other));
        return reading_as(*social_worker, [&](const api::Reading& reading) {
            return order_page(reading, desk, other)->offers.front().apart;
        });
    };
    EXPECT_FALSE(apart());
    act([&](journal::Turn& turn) {
        return separate_pair(turn, *social_worker, desk, id,
                             {zhang.person, Text<1, 200>("老人希望换人")});
    }).value();
    EXPECT_TRUE(apart());
    act([&](journal::Turn& turn) {
        return rejoin_pair(turn, *social_worker, id, {zhang.person});
    }).value();
    EXPECT_FALSE(apart());
}

// Random deeds of this process and of another one on the same database, most of them refused;
// after each the kept pages are the fresh ones. HEZHI_SEED runs one seed again.
TEST_P(OrderRecords, KeptPagesAreFreshPagesWhateverHappensAndWhoeverDoesIt) {
    auto* given = std::getenv("HEZHI_SEED");
    auto seed = given ? static_cast<unsigned>(std::stoul(given)) : std::random_device{}();
    SCOPED_TRACE("HEZHI_SEED=" + std::to_string(seed));
    std::mt19937 dice(seed);
    auto up_to = [&](std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n)(dice);
    };

    auto other =
        std::make_unique<journal::Ledger>(*database, hezhi::testing::world_figures(), clock,
                                          journal::LedgerOptions{.inline_actions_per_turn = 1});
    std::vector<OrderId> orders{open_order(report_need())};
    for (int deed = 0; deed < 60; ++deed) {
        OrderId id = orders[up_to(orders.size() - 1)];
        const auto& who = up_to(1) == 0 ? zhang : liu;
        bool elsewhere = up_to(2) == 0;
        if (elsewhere) std::swap(ledger, other);
        switch (up_to(9)) {
            case 0:
                if (orders.size() < 4) orders.push_back(open_order(report_need()));
                break;
            case 1:
                (void)offer(id, {zhang, liu});
                break;
            case 2:
            case 3:
                (void)accept(id, who);
                break;
            case 4:
                (void)decline(id, who);
                break;
            case 5:
                (void)check_in(id, who);
                break;
            case 6:
                (void)check_out(id, who);
                break;
            case 7:
                (void)confirm(id);
                (void)review(id, Resolution::resolved, 4);
                break;
            case 8:
                if (up_to(3) == 0) (void)cancel(id);
                break;
            default:
                clock.advance(std::chrono::hours(up_to(6)));
                if (!elsewhere) scheduler.run_due();
        }
        if (elsewhere) std::swap(ledger, other);
        for (OrderId one : {id, orders[up_to(orders.size() - 1)]}) {
            ASSERT_EQ(seen(desk, one), seen(fresh(), one)) << "after deed " << deed;
        }
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::orders
