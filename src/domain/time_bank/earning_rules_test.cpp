// What a served time earns under packs/base, as an officer would reckon it: a row a case, the
// expected reckoning last.
#include "domain/time_bank/earning_rules.h"

#include <gtest/gtest.h>

#include "support/ledger_fixture.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::base_pack;

Instant on(const char* day, int hour = 15) {
    return start_of(*parse_day(day)) + std::chrono::hours(hour);
}

// 计入 45，入池 0：…
std::string reckoned(const EarningState& state, const ServedTime& served, Instant judged_at,
                     const rules::Pack& pack) {
    Earning earning = decide_earning(state, served, judged_at, pack);
    std::string out(label_of(earning.why));
    for (const auto& line : arithmetic(served, earning, pack)) out += " | " + line.zh;
    return out;
}

struct Before {
    int day = 0, month = 0, balance = 0;  // minutes credited: that day, on other days, and in all
};

struct Row {
    const char* what;
    const char* category;
    int minutes, planned, age;
    Before before;
    const char* expected;
};

// clang-format off
constexpr Row table[] = {
    // what                       category              min plan age  day month balance
    {"errands as planned",        "errands",             45, 45, 40, {},
     "credited | 服务 45 分钟 | 按 5 分钟向下取整：45 | 计入本人 45，计入互助池 0"},
    {"rounded down to 5",         "errands",             49, 45, 40, {},
     "credited | 服务 49 分钟 | 按 5 分钟向下取整：45 | 计入本人 45，计入互助池 0"},
    {"a quarter over the plan",   "errands",            120, 45, 40, {},
     "credited | 服务 120 分钟 | 计划 45 分钟，至多加 25%：56 分钟 | 按 5 分钟向下取整：55 | 计入本人 55，计入互助池 0"},
    {"less than half an hour",    "errands",             29, 45, 40, {},
     "too_short | 服务 29 分钟 | 单次不足 30 分钟 | 计入本人 0，计入互助池 0"},
    {"a call of 20 minutes",      "phone_befriending",   20, 20, 40, {},
     "credited | 服务 20 分钟 | 按 5 分钟向下取整：20 | 计入本人 20，计入互助池 0"},
    {"a call of 4 minutes waits", "phone_befriending",    4, 20, 40, {},
     "gathered | 服务 4 分钟 | 当日累计不足 5 分钟，留待累计 | 计入本人 0，计入互助池 0"},
    {"the day's cap",             "hospital_escort",    180, 180, 40, {.day = 120},
     "over_day | 服务 180 分钟 | 按 5 分钟向下取整：180 | 当日至多 240，已有 120，还可计 120 | 计入本人 120，计入互助池 60"},
    {"the month's cap",           "hospital_escort",    180, 180, 40, {.month = 2300},
     "over_month | 服务 180 分钟 | 按 5 分钟向下取整：180 | 当月至多 2400，已有 2300，还可计 100 | 计入本人 100，计入互助池 80"},
    {"the largest balance",       "hospital_escort",    180, 180, 40, {.balance = 90000},
     "over_balance | 服务 180 分钟 | 按 5 分钟向下取整：180 | 余额至多 90000，已有 90000，还可计 0 | 计入本人 0，计入互助池 180"},
    {"a category without credit", "environment_clean_up", 60, 60, 40, {},
     "not_eligible | 服务 60 分钟 | 计入本人 0，计入互助池 0"},
    {"fifteen years",             "errands",             45, 45, 15, {},
     "too_young | 服务 45 分钟 | 计入本人 0，计入互助池 0"},
    {"seventeen, no consent",     "errands",             45, 45, 17, {},
     "consent_missing | 服务 45 分钟 | 计入本人 0，计入互助池 0"},
    {"age not known",             "errands",             45, 45, -1, {},
     "age_unknown | 服务 45 分钟 | 计入本人 0，计入互助池 0"},
};
// clang-format on

TEST(DecideEarning, ReckonsAsTheTableSays) {
    for (const Row& row : table) {
        SCOPED_TRACE(row.what);
        ServedTime served;
        served.category = row.category;
        served.minutes = row.minutes;
        served.minutes_planned = row.planned;
        if (row.age >= 0) served.age_years = row.age;
        served.ends_at = on("2026-03-20");
        EarningState state;
        state.balance = row.before.balance;
        int other = parse_day("2026-03-02")->number;
        if (row.before.month > 0) state.days.push_back({other, row.before.month, 0});
        if (row.before.day > 0)
            state.days.push_back({day_of(served.ends_at).number, row.before.day, 0});
        EXPECT_EQ(reckoned(state, served, on("2026-03-21"), base_pack()), row.expected);
    }
}

ServedTime errand(const char* day, int minutes = 45) {
    ServedTime served;
    served.category = "errands";
    served.minutes = minutes;
    served.minutes_planned = 45;
    served.age_years = 40;
    served.ends_at = on(day);
    return served;
}

TEST(DecideEarning, PaysBackWhatIsOwedBeforeAnythingElse) {
    struct Owing {
        EarningOwed owed;
        Before before;
        const char* expected;  // to the person, to the pool, and paid back of each
    };
    constexpr Owing rows[] = {
        {{0, 0}, {}, "180 0 0 0"},
        {{60, 0}, {}, "180 0 60 0"},
        {{200, 0}, {}, "180 0 180 0"},
        {{60, 0}, {.day = 120}, "120 60 60 0"},
        {{0, 30}, {.day = 120}, "120 60 0 30"},
        {{0, 90}, {.day = 120}, "120 60 30 60"},
        {{150, 10}, {.day = 120}, "120 60 120 40"},
        {{60, 0}, {.balance = 90000}, "60 120 60 0"},
    };
    for (const Owing& row : rows) {
        SCOPED_TRACE(row.expected);
        ServedTime served;
        served.category = "hospital_escort";
        served.minutes = served.minutes_planned = 180;
        served.age_years = 40;
        served.ends_at = on("2026-03-20");
        served.owed = row.owed;
        EarningState state;
        state.balance = row.before.balance;
        if (row.before.day > 0)
            state.days.push_back({day_of(served.ends_at).number, row.before.day, 0});
        Earning earning = decide_earning(state, served, on("2026-03-21"), base_pack());
        std::string out;
        for (int minutes : {earning.credited, earning.pooled, earning.repaid_of_credited,
                            earning.repaid_of_pooled}) {
            out += (out.empty() ? "" : " ") + std::to_string(minutes);
        }
        EXPECT_EQ(out, row.expected);
        count_earning(state, served, earning);
        EXPECT_EQ(state.balance,
                  row.before.balance + earning.credited - earning.repaid_of_credited);
    }
}

TEST(DecideEarning, GathersShortServicesByTheDayAndLosesNoMinute) {
    EarningState state;
    std::string credited;
    for (int minutes : {4, 4, 4, 4, 4}) {
        ServedTime call = errand("2026-03-05", minutes);
        call.category = "phone_befriending";
        call.minutes_planned = 20;
        Earning earning = decide_earning(state, call, on("2026-03-05"), base_pack());
        count_earning(state, call, earning);
        credited += std::to_string(earning.credited) + " ";
    }
    EXPECT_EQ(credited, "0 5 5 5 5 ") << "20 minutes of calls are 20 minutes of time";
}

TEST(DecideEarning, ACorrectedShortServiceIsGatheredOnce) {
    EarningState state;
    auto call = [](std::int32_t minutes) {
        ServedTime served = errand("2026-03-05", minutes);
        served.category = "phone_befriending";
        served.minutes_planned = 20;
        return served;
    };
    auto judge = [&](const ServedTime& served) {
        Earning earning = decide_earning(state, served, on("2026-03-05"), base_pack());
        count_earning(state, served, earning);
        EarningJudged judged;
        judged.served = served;
        judged.counted = earning.counted;
        judged.credited = earning.credited;
        judged.pooled = earning.pooled;
        judged.why = earning.why;
        return judged;
    };
    auto reverse = [&](const EarningJudged& judged) {
        PostingReversed reversed;
        reversed.served_at = judged.served.ends_at;
        reversed.credited = judged.credited;
        reversed.undone = undone_by_reversal(judged, base_pack());
        uncount_earning(state, reversed);
    };
    EarningJudged first = judge(call(4));
    EXPECT_EQ(judge(call(4)).credited, 5);
    reverse(first);
    EXPECT_EQ(judge(call(6)).credited, 5) << "10 minutes of calls in all";
    EXPECT_EQ(judge(call(1)).credited, 0) << "11 minutes, of which 10 are counted";
    EXPECT_EQ(judge(call(4)).credited, 5);
    EXPECT_EQ(state.credited, 15);
}

TEST(DecideEarning, CountsADayByWhenItWasServedAndNotByWhenItWasConfirmed) {
    EarningState state;
    ServedTime first = errand("2026-03-05"), second = errand("2026-02-27");
    for (const auto& served : {first, second}) {
        count_earning(state, served, decide_earning(state, served, on("2026-03-06"), base_pack()));
    }
    EXPECT_EQ(credited_on(state, *parse_day("2026-03-05")), 45);
    EXPECT_EQ(credited_in_month(state, *parse_day("2026-02-10")), 45);
    EXPECT_EQ(state.balance, 90);
}

TEST(DecideEarning, LeavesOutWhatWasNotedTooLongAfterwards) {
    EarningState state;
    EXPECT_EQ(decide_earning(state, errand("2026-03-05"), on("2026-05-04"), base_pack()).why,
              EarningWhy::credited);
    EXPECT_EQ(decide_earning(state, errand("2026-03-05"), on("2026-05-05"), base_pack()).why,
              EarningWhy::noted_late);
    ServedTime corrected = errand("2026-03-05");
    corrected.noted_at = on("2026-03-06");
    EXPECT_EQ(decide_earning(state, corrected, on("2026-09-01"), base_pack()).why,
              EarningWhy::credited)
        << "it was noted in time, whenever it is corrected";
}

TEST(DecideEarning, GivesTheServiceOfATeamToThePoolAndReleasedTimeAsThePackSays) {
    EarningState state;
    ServedTime team = errand("2026-03-05");
    team.served_as = ServedAs::team;
    Earning earning = decide_earning(state, team, on("2026-03-05"), base_pack());
    EXPECT_EQ(earning.pooled, 45);
    EXPECT_EQ(earning.credited, 0);
    ServedTime released = errand("2026-03-05");
    released.time_was = TimeWas::employer_released;
    rules::Pack pack = base_pack();
    EXPECT_EQ(decide_earning(state, released, on("2026-03-05"), pack).credited, 45);
    pack.time_bank.released_time = rules::CreditTo::pool;
    EXPECT_EQ(decide_earning(state, released, on("2026-03-05"), pack).why,
              EarningWhy::released_pooled);
    pack.time_bank.released_time = rules::CreditTo::none;
    EXPECT_EQ(decide_earning(state, released, on("2026-03-05"), pack).counted, 0);
}

TEST(DecideEarning, LetsSixteenAndSeventeenEarnWithAGuardiansConsent) {
    ServedTime served = errand("2026-03-05");
    served.age_years = 16;
    served.guardian_consent = true;
    EXPECT_EQ(decide_earning({}, served, on("2026-03-05"), base_pack()).credited, 45);
    served.age_years = 15;
    EXPECT_EQ(decide_earning({}, served, on("2026-03-05"), base_pack()).why, EarningWhy::too_young);
}

}  // namespace
}  // namespace hezhi::time_bank
