// What an order is charged that was booked with time: in which month, for what was served, and who
// pays where members help each other.
#include "domain/time_bank/test_bank.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::hours;
using std::chrono::minutes;

class BookedTime : public TimeBankWorld {
  protected:
    // Somebody of 76 with this much, of what 张 served.
    Volunteer elder_with(long long given) {
        Volunteer made = elder("王秀英");
        for (long long left = given; left > 0; left -= 45) serve(zhang, 45);
        gift(zhang, made, given).value();
        return made;
    }
};
HEZHI_ON_BOTH_ENGINES(BookedTime);

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

}  // namespace
}  // namespace hezhi::time_bank
