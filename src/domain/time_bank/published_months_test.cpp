// What everybody is told of the months that were published: nothing of a few.
#include "domain/time_bank/test_bank.h"
#include "domain/time_bank/why.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;

class PublishedMonths : public TimeBankWorld {
  protected:
    std::vector<PublishedMonth> months() {
        return reading_as(*zhang.caller, [&](const api::Reading& reading) {
            PublishedParts parts;
            return published_months(reading, parts).value().items;
        });
    }
    StatementParts opened(const std::string& month) {
        return reading_as(*zhang.caller, [&](const api::Reading& reading) {
            return PublishedParts().open(reading, month).value();
        });
    }
    void end_month(const char* next) { wait_until(start_of(*parse_day(next))); }
    void serve_often(const Volunteer& who, int times) {
        for (int i = 0; i < times; ++i) serve(who, 45);
    }
};
HEZHI_ON_BOTH_ENGINES(PublishedMonths);

TEST_P(PublishedMonths, ANumberOfAFewIsNotTold) {
    serve(zhang, 45);
    donate(zhang, 10).value();
    end_month("2026-04-01");
    ASSERT_EQ(months().size(), 1U);
    PublishedMonth march = months().front();
    EXPECT_FALSE(march.members);
    EXPECT_FALSE(march.member_minutes);
    EXPECT_FALSE(march.pool_minutes);
    EXPECT_FALSE(march.earned_minutes);
    EXPECT_EQ(march.used_minutes, 0) << "nobody has used any";
    EXPECT_FALSE(march.liability_percent) << "it would tell what was delivered";
    EXPECT_EQ(opened("2026-03").delivered.front().minutes, std::nullopt);
    EXPECT_FALSE(opened("2026-03").delivered_minutes);
    // Five serve, and then one more.
    serve_often(zhang, 3);
    for (int i = 0; i < 2; ++i) serve(liu, 45);
    end_month("2026-05-01");
    PublishedMonth april = months().front();
    EXPECT_FALSE(april.earned_minutes) << "less what was issued it would tell March's";
    EXPECT_FALSE(april.member_minutes) << "less what was issued it would tell the donation";
    EXPECT_FALSE(april.members) << "two";
    EXPECT_FALSE(april.pool_minutes) << "still of one donation";
    serve(liu, 45);
    end_month("2026-06-01");
    PublishedMonth may = months().front();
    EXPECT_FALSE(may.earned_minutes);
    EXPECT_FALSE(may.member_minutes) << "less that of April it would tell of one service";
    serve_often(zhang, 5);
    for (int i = 0; i < 5; ++i) donate(zhang, 10).value();
    end_month("2026-07-01");
    EXPECT_EQ(months().front().member_minutes, 480);
    EXPECT_EQ(months().front().pool_minutes, 60);
    EXPECT_FALSE(months().front().earned_minutes) << "it would tell what was issued until May";
    serve_often(zhang, 5);
    end_month("2026-08-01");
    EXPECT_EQ(months().front().earned_minutes, 225);
    EXPECT_EQ(months().front().member_minutes, 705);
}

TEST_P(PublishedMonths, WhatWasDeliveredInASmallMonthIsToldWithAnother) {
    serve_often(zhang, 5);
    end_month("2026-04-01");
    StatementParts march = opened("2026-03");
    EXPECT_EQ(march.delivered.front().minutes, 225);
    EXPECT_EQ(march.delivered_minutes, 225);
    serve(zhang, 45);
    end_month("2026-05-01");
    StatementParts april = opened("2026-04");
    EXPECT_FALSE(april.delivered.front().minutes);
    EXPECT_FALSE(april.delivered.at(1).minutes) << "else subtraction would tell the other";
    EXPECT_EQ(april.delivered.at(2).minutes, 0) << "nobody's";
    EXPECT_FALSE(april.delivered_minutes) << "less the 225 of March it would tell the one";
    serve_often(zhang, 5);
    end_month("2026-06-01");
    EXPECT_EQ(opened("2026-05").delivered_minutes, 495);
}

TEST_P(PublishedMonths, HowManyMembersThereAreIsHeldToTheLastNumberThatWasTold) {
    std::vector<Volunteer> elders;
    for (int i = 0; i < 8; ++i) elders.push_back(elder("王秀英"));
    serve_often(zhang, 5);
    auto give_to = [&](std::size_t from, std::size_t until) {
        for (std::size_t i = from; i < until; ++i) gift(zhang, elders[i], 5).value();
    };
    give_to(0, 4);
    end_month("2026-04-01");
    EXPECT_EQ(months().front().members, 5);
    give_to(4, 6);
    end_month("2026-05-01");
    EXPECT_FALSE(months().front().members) << "two joined";
    end_month("2026-06-01");
    EXPECT_FALSE(months().front().members) << "and nobody since";
    give_to(6, 8);
    end_month("2026-07-01");
    EXPECT_FALSE(months().front().members) << "four since March";
    serve(liu, 45);
    end_month("2026-08-01");
    EXPECT_EQ(months().front().members, 10);
}

}  // namespace
}  // namespace hezhi::time_bank
