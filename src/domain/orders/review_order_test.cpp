// 评单 on the phone and through the link, another round, the joint meeting, the volunteer's reply.
#include <algorithm>

#include "domain/deputies/deputies.h"
#include "domain/orders/load_order.h"
#include "domain/orders/order_pages.h"
#include "domain/orders/sample_seed_figure.h"
#include "facts/review_facts.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

using hezhi::testing::Volunteer;
using needs::NeedStep;
using std::chrono::days;

class ReviewOrderByPhone : public hezhi::testing::World {
  protected:
    OrderId confirmed_order() {
        OrderId id = delivered_order();
        confirm(id).value();
        return id;
    }
    Result<std::int64_t> note_review(const api::Caller& who, OrderId id, Resolution resolution,
                                     std::optional<int> satisfaction = {}) {
        NoteReview input;
        input.resolution = resolution;
        if (satisfaction) input.satisfaction = Bounded<1, 5>{*satisfaction};
        return act(
            [&](journal::Turn& turn) { return orders::note_review(turn, who, desk, id, input); });
    }
    Result<std::int64_t> ask_again(OrderId id) {
        NeedId about = order(id).need;
        return act([&](journal::Turn& turn) {
            return needs::ask_again(turn, people, about, id, "楼道又堆满了");
        });
    }
    Result<std::int64_t> reply_to_review(OrderId id, const Volunteer& who, const char* words) {
        return act([&](journal::Turn& turn) {
            return orders::reply_to_review(turn, *who.caller, desk, id, words);
        });
    }
    Slip slip(OrderId id) {
        return reading_as(*api::link_caller(), [&](const api::Reading& reading) {
            return slip_page(reading, desk, id).value();
        });
    }
    bool on_the_list_of(const api::Caller& who, OrderId id, bool drawn = false) {
        auto all = routes(desk);
        auto route = std::ranges::find(all, "list_unreviewed", &api::Route::action);
        http::Request request;
        if (drawn) request.query = {{"drawn", "true"}};
        auto text = reading_as(who, [&](const api::Reading& reading) {
            return route->read(reading, request).value();
        });
        return text.find("\"id\":" + std::to_string(id.value) + ",") != std::string::npos;
    }
};
HEZHI_ON_BOTH_ENGINES(ReviewOrderByPhone);

TEST_P(ReviewOrderByPhone, IsNotedBySomebodyWhoTookNoPart) {
    OrderId id = confirmed_order();
    EXPECT_TRUE(on_the_list_of(*street_staff, id));
    EXPECT_REFUSED(note_review(*officer, id, Resolution::resolved, 5),
                   hezhi::refusals::not_permitted);
    note_review(*street_staff, id, Resolution::resolved, 4).value();
    EXPECT_EQ(order(id).state, OrderStep::reviewed);
    EXPECT_EQ(need(order(id).need).satisfaction, 4);
    EXPECT_EQ(facts("order.reviewed").front().actor.account, street_staff->account);
    EXPECT_FALSE(on_the_list_of(*street_staff, id));
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// 5.5.6: everybody of P1, P2 and P4, and of P3 whom the month's seed draws.
TEST_P(ReviewOrderByPhone, IsAskedForByThePacksSampleThatAnybodyDrawsAgain) {
    OrderId urgent = confirmed_order();
    // As the pack of the test has it, the order is P3.
    ASSERT_EQ(order(urgent).priority_class, PriorityClass::P3);
    std::vector<OrderId> ordinary{urgent};
    EXPECT_FALSE(on_the_list_of(*street_staff, urgent, true)) << "no seed is known yet";
    EXPECT_TRUE(on_the_list_of(*street_staff, urgent));
    Instant month = start_of(*parse_day("2026-03-01"));
    ASSERT_EQ(to_string(day_of(order(urgent).confirmed_at)).substr(0, 7), "2026-03");
    act([&](journal::Turn& turn) {
        return spot_checks::seed_sample(turn, people, random, month);
    }).value();
    const SampleSeed seed = sample_seeds(*ledger->read(), people).at(month.ms);
    for (int i = 0; i < 4; ++i) ordinary.push_back(confirmed_order());
    for (OrderId id : ordinary) {
        EXPECT_EQ(on_the_list_of(*street_staff, id, true), is_drawn(seed, id.value, 20))
            << id.value;
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(ReviewOrderByPhone, IsRefusedToTheLeaderAndToWhoeverServed) {
    OrderId id = confirmed_order();
    api::Caller served = *street_staff;
    served.person = zhang.person;
    EXPECT_REFUSED(note_review(served, id, Resolution::resolved, 5), refusals::caller_took_part);
    EXPECT_FALSE(on_the_list_of(served, id));
    OrderState led = order(id);
    led.leader = social_worker->account;
    auto db = ledger->read();
    EXPECT_TRUE(took_part(*db, *social_worker, led, nullptr, clock.now()));
    EXPECT_FALSE(took_part(*db, *street_staff, led, nullptr, clock.now()));
    EXPECT_EQ(order(id).state, OrderStep::confirmed);
}

TEST_P(ReviewOrderByPhone, IsRefusedToWhoeverStoodInForTheLeaderAlsoAfterwards) {
    auto colleague = staff("social_worker", subdistrict);
    deputies::NameDeputy away;
    away.deputy_id = colleague->account;
    away.from = clock.now();
    away.until = clock.now() + days(3);
    auto deputy = DeputyId(act([&](journal::Turn& turn) {
                               return deputies::name_deputy(turn, *social_worker, away);
                           }).value());
    act([&](journal::Turn& turn) {
        return deputies::confirm_deputy(turn, *colleague, deputy);
    }).value();
    OrderId id = confirmed_order();
    EXPECT_REFUSED(note_review(*colleague, id, Resolution::resolved, 5),
                   refusals::caller_took_part);
    EXPECT_FALSE(on_the_list_of(*colleague, id));
    clock.set(away.until + days(1));
    EXPECT_REFUSED(note_review(*colleague, id, Resolution::resolved, 5),
                   refusals::caller_took_part);
    auto other = staff("social_worker", subdistrict);
    EXPECT_TRUE(on_the_list_of(*other, id));
    EXPECT_TRUE(note_review(*other, id, Resolution::resolved, 5).has_value());
}

TEST_P(ReviewOrderByPhone, IsNotAskedTwice) {
    OrderId by_link = confirmed_order();
    review(by_link, Resolution::resolved, 5).value();
    EXPECT_REFUSED(note_review(*street_staff, by_link, Resolution::not_resolved, 1),
                   refusals::order_state_forbids);
    OrderId by_phone = confirmed_order();
    note_review(*street_staff, by_phone, Resolution::resolved, 5).value();
    EXPECT_REFUSED(review(by_phone, Resolution::not_resolved, 1), refusals::order_state_forbids);
    EXPECT_EQ(facts("order.reviewed").size(), 2U);
}

TEST_P(ReviewOrderByPhone, NotesThatNobodyAnsweredWithoutAMark) {
    OrderId id = confirmed_order();
    auto unmarked = note_review(*street_staff, id, Resolution::resolved);
    ASSERT_FALSE(unmarked.has_value());
    EXPECT_EQ(unmarked.error().fields.front().field, "/satisfaction");
    note_review(*street_staff, id, Resolution::not_answered, 5).value();
    EXPECT_EQ(order(id).satisfaction, 0);
    EXPECT_EQ(need(order(id).need).state, NeedStep::closed);
}

TEST_P(ReviewOrderByPhone, ThatSaysUnresolvedSendsTheNeedBack) {
    OrderId id = confirmed_order();
    NeedId about = order(id).need;
    note_review(*street_staff, id, Resolution::not_resolved, 2).value();
    auto back = need(about);
    EXPECT_EQ(back.state, NeedStep::reported);
    EXPECT_EQ(back.reopenings, 1);
    EXPECT_EQ(back.handle_until, clock.now() + days(7)) << "the round has a clock of its own";
    EXPECT_EQ(back.resolution, Resolution::not_resolved);
    OrderId next = open_order(about);
    EXPECT_EQ(need(about).order_id, next);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(ReviewOrderByPhone, OfAnEarlierRoundMovesNothingOfTheNext) {
    OrderId first = confirmed_order();
    NeedId about = order(first).need;
    ask_again(first).value();
    EXPECT_FALSE(on_the_list_of(*street_staff, first));
    OrderId second = open_order(about);
    review(first, Resolution::not_resolved, 1).value();
    EXPECT_EQ(need(about).order_id, second);
    EXPECT_EQ(need(about).order_step, OrderStep::open);
    EXPECT_EQ(need(about).reopenings, 1);
    EXPECT_REFUSED(ask_again(first), needs::refusals::need_not_closed);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// 30 days, and the last of them whole.
TEST_P(ReviewOrderByPhone, MayBeAskedForAgainUntilTheEndOfTheLastDay) {
    OrderId id = confirmed_order();
    Instant last = start_of(day_of(clock.now()) + 31) - Millis(1);
    OrderId other = confirmed_order();  // a day later
    NeedId of_other = order(other).need;
    clock.set(last);
    EXPECT_EQ(slip(id).ask_again_until, last + Millis(1));
    ask_again(id).value();
    EXPECT_EQ(need(order(id).need).state, NeedStep::reported);
    EXPECT_FALSE(facts("need.reopened").front().as<NeedReopened>().unresolved);
    clock.set(last + days(1) + Millis(1));
    EXPECT_REFUSED(ask_again(other), needs::refusals::reopening_too_late);
    EXPECT_FALSE(slip(other).ask_again_until);
    auto by_staff = act([&](journal::Turn& turn) {
        return needs::reopen_need(turn, *social_worker, people, of_other, "仍未解决");
    });
    EXPECT_REFUSED(by_staff, needs::refusals::reopening_too_late);
}

TEST_P(ReviewOrderByPhone, TheThirdTimeGoesToAJointMeetingWithAClock) {
    NeedId about = report_need(PriorityClass::P2);
    for (int round = 1; round <= 3; ++round) {
        act([&](journal::Turn& turn) {
            return needs::close_need(turn, *social_worker, people, about, "已当面答复");
        }).value();
        act([&](journal::Turn& turn) {
            return needs::reopen_need(turn, *social_worker, people, about, "仍未解决");
        }).value();
        EXPECT_EQ(need(about).state, round < 3 ? NeedStep::reported : NeedStep::meeting);
    }
    EXPECT_EQ(need(about).priority_class, PriorityClass::P4);
    EXPECT_EQ(need(about).handle_until, clock.now() + days(15));
    auto meet = [&] {
        return act([&](journal::Turn& turn) {
            return needs::note_meeting(turn, *street_staff, people, about, "由街道牵头，物业配合");
        });
    };
    meet().value();
    EXPECT_REFUSED(meet(), needs::refusals::meeting_not_due);
    EXPECT_EQ(need(about).state, NeedStep::reported);
    auto shown = reading_as(*social_worker, [&](const api::Reading& reading) {
        return need_pages.one(reading, about).value();
    });
    EXPECT_EQ(shown.meeting_outcome, "由街道牵头，物业配合");
    auto reporter = reading_as(*grid_worker, [&](const api::Reading& reading) {
        return need_pages.one(reading, about).value();
    });
    EXPECT_FALSE(reporter.meeting_outcome);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(ReviewOrderByPhone, IsRepliedToOnceByEachWhoServed) {
    OrderId id = delivered_order();
    confirm(id).value();
    EXPECT_REFUSED(reply_to_review(id, zhang, "下次改进"), refusals::order_state_forbids);
    review(id, Resolution::resolved, 3).value();
    EXPECT_REFUSED(reply_to_review(id, zhao, "下次改进"), hezhi::refusals::not_found);
    reply_to_review(id, zhang, "下次改进").value();
    EXPECT_REFUSED(reply_to_review(id, zhang, "再说一句"), refusals::already_replied);
    reply_to_review(id, liu, "谢谢").value();
    auto seen = slip(id);
    ASSERT_EQ(seen.replies.size(), 2U);
    EXPECT_EQ(seen.replies.front().words, "下次改进");
    for (const auto& fact : facts("review.replied")) {
        EXPECT_EQ(fact.payload.find("下次"), std::string::npos) << "words are in the register";
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::orders
