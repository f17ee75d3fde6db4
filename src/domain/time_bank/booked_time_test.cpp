// What an order is charged that was booked with time: in which month, for what was served, and who
// pays where members help each other.
#include "domain/time_bank/test_bank.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::hours;

class BookedTime : public TimeBankWorld {
  protected:
    // Somebody of 76 with this much, of what 张 served.
    Volunteer elder_with(long long given) {
        Volunteer made = elder("王秀英");
        for (long long left = given; left > 0; left -= 45) serve(zhang, 45);
        gift(zhang, made, given).value();
        return made;
    }
    void serve_until_checked_out(OrderId id, int served) {
        offer(id, {liu}).value();
        accept(id, liu).value();
        clock.set(order(id).starts_at);
        check_in(id, liu).value();
        clock.advance(std::chrono::minutes(served));
        check_out(id, liu).value();
    }
    // Of the last that was checked out.
    RecordId record() { return RecordId(last("order.checked_out")); }
    void correct_to(int served) {
        records::CorrectRecord input;
        input.ends_at = facts("order.checked_out").back().occurred_at;
        input.starts_at = input.ends_at - std::chrono::minutes(served);
        input.reason.value = "多计";
        act([&](journal::Turn& turn) {
            return records::correct_record(turn, *social_worker, record_desk, record(), input);
        }).value();
    }
    HoldState hold_of(OrderId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<HoldFigure>(id).value();
        });
    }
};
HEZHI_ON_BOTH_ENGINES(BookedTime);

TEST_P(BookedTime, SettleCreditChargesWhatIsRecordedByNow) {
    Volunteer mother = elder_with(45);
    OrderId id(book(need_of(mother)).value());
    serve_until_checked_out(id, 45);
    correct_to(30);
    confirm(id).value();
    EXPECT_EQ(balance(LedgerAccount::redeemed), 30);
    EXPECT_EQ(balance(mother), 15);
    EXPECT_EQ(balance(liu), 30);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BookedTime, RefundCreditOfWhatProvesNotToBeServed) {
    Volunteer mother = elder_with(45);
    OrderId id(book(need_of(mother)).value());
    serve_until_checked_out(id, 45);
    confirm(id).value();
    EXPECT_EQ(balance(LedgerAccount::redeemed), 45);
    correct_to(40);
    EXPECT_EQ(balance(mother), 5);
    EXPECT_EQ(hold_of(id).state, HoldStep::settled) << "the rest stays settled";
    // Held for a call-back: nothing is proven yet.
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        correct_earning(turn, record(), clock.now(), 0);
        return record().value;
    }).value();
    EXPECT_EQ(balance(mother), 5);
    act([&](journal::Turn& turn) {
        return records::reverse_record(turn, officer->actor("spot_check.settle"), record_desk,
                                       record(), "无人上门");
    }).value();
    EXPECT_EQ(balance(liu), 0);
    EXPECT_EQ(balance(mother), 45) << "nobody came";
    EXPECT_EQ(balance(LedgerAccount::redeemed), 0);
    EXPECT_EQ(hold_of(id).state, HoldStep::released);
    EXPECT_EQ(facts("credit.released").size(), 2U);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BookedTime, WhatWasGrantedAndProvesNotToBeServedGoesBackToTheGrant) {
    judge_by(R"([caps]
says = { zh = "每日至多计 30 分钟。", en = "At most 30 minutes a day." }
day_minutes_max = 30
[grant.hardship_60]
says = { zh = "60 周岁以上每月 30 分钟。", en = "30 minutes a month from 60 on." }
name = { zh = "60 周岁以上", en = "60 and older" }
month_minutes = 30
age_years_min = 60
)");
    serve(zhang, 45);
    serve(zhang, 45);
    Volunteer mother = elder("王秀英");
    gift(zhang, mother, 30).value();
    grant(mother).value();
    OrderId id(book(need_of(mother)).value());  // 30 of the grant and 15 of her own
    serve_until_checked_out(id, 40);
    confirm(id).value();
    EXPECT_EQ(balance(mother), 20) << "the rest came back";
    correct_to(35);
    EXPECT_EQ(balance(mother), 25);
    correct_to(0);
    EXPECT_EQ(balance(mother), 30);
    EXPECT_EQ(balance(LedgerAccount::grant, mother.person), 30);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BookedTime, WhatComesBackLaterCountsInTheMonthInWhichItWasHeld) {
    judge_by(R"([redeem]
says = { zh = "每月至多 90 分钟，不限份额。", en = "90 minutes a month, any share of the orders." }
month_minutes_max = 90
reserved_percent = 100
[grant.alone_80]
says = { zh = "80 周岁以上每月 60 分钟。", en = "60 minutes a month from 80 on." }
name = { zh = "80 周岁以上", en = "80 and older" }
month_minutes = 60
age_years_min = 80
[grant.hardship_60]
says = { zh = "60 周岁以上每月 60 分钟。", en = "60 minutes a month from 60 on." }
name = { zh = "60 周岁以上", en = "60 and older" }
month_minutes = 60
age_years_min = 60
)");
    Volunteer mother = elder_with(225);
    OrderId march(book(need_of(mother)).value());
    book(need_of(mother)).value();
    EXPECT_REFUSED(book(need_of(mother)), refusals::month_used_up);
    clock.set(start_of(*parse_day("2026-04-01")) + hours(9));
    cancel(march).value();
    book(need_of(mother)).value();
    OrderId april(book(need_of(mother)).value());
    EXPECT_REFUSED(book(need_of(mother)), refusals::month_used_up) << "March is not April's";
    cancel(april).value();
    book(need_of(mother)).value();
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

constexpr const char* members_owe_fifty = R"([bank]
says = { zh = "会员之间互助，至多欠 50 分钟。", en = "Members help each other and owe 50 minutes at most." }
model = "mutual"
overdraft_minutes_max = 50
[redeem]
says = { zh = "会员都可以预约。", en = "Every member may book." }
age_years_min = 0
)";

TEST_P(BookedTime, AMemberPaysAlsoForWhatIsConfirmedAfterItWasSettled) {
    judge_by(members_owe_fifty);
    OrderId id(book(need_of(zhao)).value());
    serve_until_checked_out(id, 40);
    confirm(id).value();
    EXPECT_EQ(balance(zhao), -40);
    Instant ended = facts("order.checked_out").back().occurred_at;
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        correct_earning(turn, record(), ended, 0);  // held for a call-back
        return record().value;
    }).value();
    EXPECT_EQ(balance(zhao), 0);
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        earn_again(turn, record(), ended, 40);
        return record().value;
    }).value();
    EXPECT_EQ(balance(zhao), -40) << "she was served all the same";
    EXPECT_EQ(balance(liu), 40);
    correct_to(30);
    EXPECT_EQ(balance(zhao), -30);
    EXPECT_EQ(balance(LedgerAccount::issued), 0);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BookedTime, AMemberPaysForLongerThanWasHeldDownToTheOverdraft) {
    judge_by(members_owe_fifty);
    OrderId id(book(need_of(zhao)).value());
    serve_until_checked_out(id, 57);
    confirm(id).value();
    EXPECT_EQ(balance(liu), 55);
    EXPECT_EQ(balance(zhao), -50) << "45 that were held, and 5 more until the overdraft";
    EXPECT_EQ(balance(LedgerAccount::issued), -5) << "only what is beyond it";
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::time_bank
