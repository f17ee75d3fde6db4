// A member books with her own time on her own phone.
#include "domain/orders/order_pages.h"
#include "domain/time_bank/test_bank.h"
#include "journal/ledger.h"
#include "rules/pack_reader.h"

namespace hezhi::orders {
namespace {

using hezhi::testing::Volunteer;

class BookOrderTest : public time_bank::TimeBankWorld {
  protected:
    // A resident of 76 with this much time, signed in on her phone.
    Volunteer member(long long given) {
        Volunteer made = elder("王秀英");
        serve(zhang, 45);
        if (given > 0) gift(zhang, made, given).value();
        auto caller = std::make_shared<api::Caller>();
        caller->account = AccountId(888888);
        caller->person = made.person;
        caller->roles = {{"resident", community, path_of(community)}};
        caller->held = accounts::held_by(caller->roles);
        made.caller = std::move(caller);
        return made;
    }
    Result<std::int64_t> books(const api::Caller& who, Instant starts_at,
                               std::string_view category = "errands") {
        BookOrder input;
        input.category.value = category;
        input.starts_at = starts_at;
        return act([&](journal::Turn& turn) { return book_order(turn, who, desk, input); });
    }
    Result<std::int64_t> cancels(const api::Caller& who, OrderId id) {
        return act([&](journal::Turn& turn) { return cancel_booking(turn, who, desk, id); });
    }
    BookingPage page_of(const api::Caller& who) {
        return reading_as(
            who, [&](const api::Reading& reading) { return booking_page(reading, desk).value(); });
    }
    Instant later_at(int hour) const { return tomorrow_at(hour) + std::chrono::hours(48); }
};
HEZHI_ON_BOTH_ENGINES(BookOrderTest);

TEST_P(BookOrderTest, BookOrderHoldsTheTimeAndItIsSettledByHerOwnWord) {
    Volunteer wang = member(45);
    OrderId id(books(*wang.caller, later_at(9)).value());
    EXPECT_EQ(order(id).funding, Funding::credit);
    EXPECT_EQ(order(id).recipient, wang.person);
    EXPECT_EQ(order(id).state, OrderStep::open);
    EXPECT_EQ(order(id).ends_at, later_at(9) + std::chrono::minutes(45));
    EXPECT_EQ(need(order(id).need).state, needs::NeedStep::planned);
    EXPECT_EQ(balance(wang), 0);
    EXPECT_EQ(balance(LedgerAccount::held, wang.person), 45);
    offer(id, {liu}).value();
    accept(id, liu).value();
    clock.set(order(id).starts_at);
    check_in(id, liu).value();
    clock.advance(std::chrono::minutes(30));
    check_out(id, liu).value();
    auto say = [&](const api::Caller& who) {
        return act([&](journal::Turn& turn) { return confirm_order(turn, who, id); });
    };
    EXPECT_REFUSED(say(*zhao.caller), hezhi::refusals::not_found);
    EXPECT_REFUSED(say(*liu.caller), hezhi::refusals::not_found)
        << "nobody confirms her own service";
    say(*wang.caller).value();
    EXPECT_EQ(balance(LedgerAccount::redeemed), 30);
    EXPECT_EQ(balance(wang), 15);
    EXPECT_EQ(balance(liu), 30);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BookOrderTest, BookOrderRefusesAsThePageSaysAndWritesNothing) {
    Volunteer wang = member(30);
    std::size_t before = facts("need.reported").size();
    auto page = page_of(*wang.caller);
    auto errands = std::ranges::find(page.items, "errands", &BookingChoice::category);
    ASSERT_NE(errands, page.items.end());
    EXPECT_EQ(errands->minutes, 45);
    EXPECT_FALSE(errands->possible);
    EXPECT_EQ(errands->why_not_zh, "服务时间余额不足，页面已更新。") << "by the district's name";
    EXPECT_FALSE(page.says_zh.empty());
    EXPECT_EQ(page.own_minutes, 30);
    EXPECT_EQ(std::ranges::find(page.items, "meal_delivery", &BookingChoice::category),
              page.items.end());
    EXPECT_REFUSED(books(*wang.caller, later_at(9)), time_bank::refusals::credit_too_low);
    EXPECT_REFUSED(books(*wang.caller, later_at(9), "meal_delivery"),
                   time_bank::refusals::not_redeemable);
    EXPECT_REFUSED(books(*wang.caller, later_at(9), "no_such"), refusals::category_unknown);
    EXPECT_REFUSED(books(*wang.caller, clock.now() - std::chrono::minutes(5)),
                   refusals::window_invalid);
    EXPECT_REFUSED(books(*wang.caller, later_at(2)), refusals::night_not_urgent);
    EXPECT_REFUSED(books(*zhang.caller, later_at(9)), time_bank::refusals::may_not_redeem)
        << "too young";
    EXPECT_REFUSED(books(*social_worker, later_at(9)), hezhi::refusals::not_permitted);
    EXPECT_EQ(facts("need.reported").size(), before);
}

TEST_P(BookOrderTest, BookOrderTakesTheDaysAndTimesOfThePageAndNoOther) {
    Volunteer wang = member(45);
    const rules::TimeBankRules& bank = pack().time_bank;
    auto page = page_of(*wang.caller);
    Day today = day_of(clock.now());
    ASSERT_EQ(std::ssize(page.days), bank.book_days_max);
    EXPECT_EQ(page.days.front(), to_string(today + 1));
    EXPECT_EQ(page.days.back(), to_string(today + bank.book_days_max));
    ASSERT_EQ(std::ssize(page.times), 1440 / bank.book_step_minutes);
    EXPECT_EQ(page.times.front(), "00:00");
    EXPECT_EQ(page.times.back(), "23:30");
    std::size_t before = facts("need.reported").size();
    auto at_ten = [&](int days) { return at_wall(today + days, std::chrono::hours(10)); };
    auto refused = [&](Instant at) {
        auto done = books(*wang.caller, at);
        EXPECT_REFUSED(done, refusals::start_not_offered) << to_string(at);
        return done ? FieldError{} : done.error().fields.at(0);
    };
    std::string last = page.days.back();
    FieldError far = refused(start_of(*parse_day("2099-12-01")) + std::chrono::hours(10));
    EXPECT_EQ(far.field, "/starts_at");
    EXPECT_EQ(far.expected_zh, page.days.front() + " 至 " + last + " 之间的一天");
    EXPECT_EQ(far.expected_en, "a day from " + page.days.front() + " to " + last);
    refused(at_ten(bank.book_days_max + 1));
    refused(at_ten(0) + std::chrono::hours(4));  // still today
    FieldError odd = refused(at_ten(3) + std::chrono::minutes(7));
    EXPECT_EQ(odd.field, "/starts_at");
    EXPECT_EQ(odd.expected_zh, "从零点起每 30 分钟一个时刻：00:00、00:30 等");
    EXPECT_EQ(odd.expected_en,
              "a time of every 30 minutes from midnight on: 00:00, 00:30 and so on");
    refused(at_ten(3) + Millis(1234));
    EXPECT_EQ(facts("need.reported").size(), before);
    books(*wang.caller, at_ten(bank.book_days_max)).value();
}

TEST_P(BookOrderTest, BookOrderNeverBooksTwoServicesAtATimeAlsoInARace) {
    Volunteer wang = member(45), sun = member(45);
    for (int i = 0; i < 4; ++i) {
        serve(zhang, 45);
        gift(zhang, wang, 40).value();
    }
    for (int i = 0; i < 20; ++i) open_order(report_need());  // of these a share may be booked
    Instant at = later_at(9);
    OrderId first;
    for (int i = 0; i < 3; ++i) {
        auto done = books(*wang.caller, at);
        if (i == 0) {
            first = OrderId(done.value());
            continue;
        }
        EXPECT_REFUSED(done, refusals::booking_overlaps);
        const FieldError& field = done.error().fields.at(0);
        EXPECT_EQ(field.field, "/starts_at");
        std::string day = to_string(day_of(at));
        EXPECT_EQ(field.expected_zh, "避开已预约的 " + day + " 09:00 至 09:45");
        EXPECT_EQ(field.expected_en,
                  "a time apart from what is booked from " + day + " 09:00 to 09:45");
    }
    EXPECT_REFUSED(books(*wang.caller, at + std::chrono::minutes(30)), refusals::booking_overlaps);
    EXPECT_REFUSED(books(*wang.caller, at - std::chrono::minutes(30)), refusals::booking_overlaps);
    books(*sun.caller, at).value();  // somebody else may
    books(*wang.caller, at + std::chrono::minutes(60)).value();
    cancels(*wang.caller, first).value();
    books(*wang.caller, at).value();
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BookOrderTest, ThePageSaysWhatIsPossibleAndFromWhichTime) {
    Volunteer wang = member(45);
    auto page = page_of(*wang.caller);
    auto errands = std::ranges::find(page.items, "errands", &BookingChoice::category);
    ASSERT_NE(errands, page.items.end());
    EXPECT_TRUE(errands->possible);
    EXPECT_EQ(errands->from_own, 45);
    EXPECT_EQ(page.actions, std::vector<std::string>{"book_order"});
    books(*wang.caller, later_at(9)).value();
    EXPECT_EQ(page_of(*wang.caller).month_minutes, 45);
}

TEST_P(BookOrderTest, CancelBookingGivesTheTimeBackUntilADayBefore) {
    Volunteer wang = member(45);
    OrderId id(books(*wang.caller, later_at(9)).value());
    EXPECT_REFUSED(cancels(*zhao.caller, id), hezhi::refusals::not_found);
    NeedId asked = order(id).need;
    cancels(*wang.caller, id).value();
    EXPECT_EQ(balance(wang), 45);
    EXPECT_EQ(order(id).state, OrderStep::cancelled);
    EXPECT_EQ(need(asked).state, needs::NeedStep::closed) << "nobody looks for another answer";
    EXPECT_REFUSED(cancels(*wang.caller, id), refusals::order_state_forbids);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BookOrderTest, BookOrderAndCancelBookingWriteInTheLanguageOfThePack) {
    Volunteer wang = member(45);
    auto written = [&](NeedId id, std::string_view field) {
        auto db = ledger->read();
        return people.read_text(*db, id.value, field).value_or("");
    };
    NeedId here = order(OrderId(books(*wang.caller, later_at(9)).value())).need;
    EXPECT_EQ(written(here, needs::text_what), pack().category("errands")->name.zh);
    auto abroad = rules::read_pack_draft({{"pack.toml", R"(name = "abroad"
version = "1"
extends = "base"
language = "en"
title = { zh = "境外", en = "Abroad" }
says = { zh = "境外适用。", en = "For a district abroad." }
)"}},
                                         pack());
    ASSERT_TRUE(abroad.has_value()) << rules::to_string(abroad.error().front());
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, *abroad, clock.now());
    }).value();
    serve(zhang, 45);
    gift(zhang, wang, 45).value();
    for (int i = 0; i < 10; ++i) open_order(report_need());  // of these a share may be booked
    OrderId id(books(*wang.caller, later_at(13)).value());
    NeedId there = order(id).need;
    EXPECT_EQ(written(there, needs::text_what), pack().category("errands")->name.en);
    cancels(*wang.caller, id).value();
    EXPECT_EQ(written(there, needs::text_close_reason), "the member cancelled the booking");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BookOrderTest, CancelBookingIsTooLateOnTheDayItself) {
    Volunteer wang = member(45);
    OrderId id(books(*wang.caller, later_at(9)).value());
    clock.set(order(id).starts_at - std::chrono::hours(23));
    EXPECT_REFUSED(cancels(*wang.caller, id), refusals::too_late_to_cancel);
    EXPECT_EQ(balance(LedgerAccount::held, wang.person), 45);
    OrderId free = open_order(report_need(), "errands");
    EXPECT_REFUSED(cancels(*wang.caller, free), hezhi::refusals::not_found);
}

}  // namespace
}  // namespace hezhi::orders
