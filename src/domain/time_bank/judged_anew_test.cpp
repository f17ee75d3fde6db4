// What was spent already is not credited a second time when a record is judged anew: after a
// call-back, or corrected.
#include <algorithm>
#include <map>
#include <random>

#include "domain/time_bank/test_bank.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;

class JudgedAnew : public TimeBankWorld {
  protected:
    RecordId enter(const Volunteer& who, int served) {
        records::EnterRecord input;
        input.person_id = who.person;
        input.category.value = "home_cleaning";  // planned longer than any of these
        input.starts_at = clock.now();
        clock.advance(std::chrono::minutes(served));
        input.ends_at = clock.now();
        input.unpaid = true;
        return RecordId(act([&](journal::Turn& turn) {
                            return records::enter_record(turn, *social_worker, record_desk, input);
                        }).value());
    }
    // As when it is held for a call-back, and as when somebody has called.
    void hold(RecordId record) { correct(record, 0); }
    void correct(RecordId record, int served) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            correct_earning(turn, record, served_until(record), served);
            return record.value;
        }).value();
    }
    void call_back(RecordId record, int served) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            earn_again(turn, record, served_until(record), served);
            return record.value;
        }).value();
    }
    Instant served_until(RecordId record) {
        auto judged = facts(EarningJudged::kind);
        auto found = std::ranges::find_if(
            judged, [&](const Fact& fact) { return fact.subject("record") == record.value; });
        return found->as<EarningJudged>().served.ends_at;
    }
};
HEZHI_ON_BOTH_ENGINES(JudgedAnew);

TEST_P(JudgedAnew, WhatWasGivenAwayIsPaidBackBeforeThePersonGetsAnything) {
    Volunteer mother = elder("王秀英");
    RecordId record = enter(zhang, 60);
    gift(zhang, mother, 60).value();
    hold(record);
    EXPECT_EQ(balance(LedgerAccount::lost), -60);
    call_back(record, 60);
    EXPECT_EQ(balance(zhang), 0) << "she gave these 60 away";
    EXPECT_EQ(balance(mother), 60);
    EXPECT_EQ(balance(LedgerAccount::lost), 0);
    EXPECT_EQ(balance(LedgerAccount::issued), -60);
    EXPECT_EQ(mine(zhang).credited, 60);
    EXPECT_EQ(mine(zhang).month_credited, 60);
    auto lines = page(last("earning.judged"), *officer).earned->arithmetic;
    EXPECT_TRUE(std::ranges::any_of(
        lines, [](const auto& line) { return line.zh == "其中先补回此前冲正时已用去的 60"; }));
    correct(record, 90);
    EXPECT_EQ(balance(zhang), 30) << "what is above what she gave";
    correct(record, 30);
    EXPECT_EQ(balance(zhang), 0);
    EXPECT_EQ(balance(LedgerAccount::lost), -30);
    correct(record, 60);
    EXPECT_EQ(balance(zhang), 0) << "what was left of the debt is not forgotten";
    EXPECT_EQ(balance(LedgerAccount::lost), 0);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// Low caps, so that much goes to the pool, and grants that empty it.
constexpr const char* much_is_pooled = R"([caps]
says = { zh = "每日至多计 90 分钟。", en = "At most 90 minutes a day." }
day_minutes_max = 90
[grant.hardship_60]
says = { zh = "每月由互助池发放 30 分钟。", en = "30 minutes a month from the pool." }
name = { zh = "60 周岁以上困难老人", en = "60 and older in hardship" }
month_minutes = 30
age_years_min = 60
)";

TEST_P(JudgedAnew, NobodyGetsMoreOfARecordThanWasEverCreditedForIt) {
    judge_by(much_is_pooled);
    std::vector<Volunteer> elders;
    for (int i = 0; i < 6; ++i) elders.push_back(elder("王秀英"));
    constexpr std::uint64_t seed = 20261201;
    std::mt19937_64 chance(seed);
    auto below = [&](int n) { return static_cast<int>(chance() % static_cast<unsigned>(n)); };
    std::map<RecordId, int> served;
    for (int i = 0; i < 6; ++i) {
        int lasted = 30 + 5 * below(12);
        served[enter(i % 2 == 0 ? zhang : liu, lasted)] = lasted;
    }
    for (int step = 0; step < 150; ++step) {
        auto record = std::next(served.begin(), below(6));
        const Volunteer& who = below(2) == 0 ? zhang : liu;
        switch (below(8)) {
            case 0:
                hold(record->first);
                break;
            case 1:
            case 2:
                call_back(record->first, record->second);
                break;
            case 3:
                correct(record->first, record->second = 30 + 5 * below(12));
                break;
            case 4:
            case 5:
                (void)gift(who, elders[0], 5 + 5 * below(12));
                break;
            case 6:
                (void)donate(who, 5 + 5 * below(6));
                break;
            default:
                (void)grant(elders[static_cast<std::size_t>(below(6))]);
        }
        std::map<std::int64_t, std::int64_t> live, most;
        for (const Fact& fact : facts(EarningJudged::kind)) {
            auto counted = fact.as<EarningJudged>().counted;
            most[fact.subject("record")] =
                std::max<std::int64_t>(most[fact.subject("record")], counted);
            live[fact.position] = counted;
        }
        for (const Fact& fact : facts(PostingReversed::kind)) live.erase(fact.subject("posting"));
        std::int64_t credited = 0, ever_credited = 0;
        for (const auto& [posting, counted] : live) credited += counted;
        for (const auto& [id, counted] : most) ever_credited += counted;
        std::int64_t there = balance(LedgerAccount::pool);
        for (const auto& all : {std::vector{zhang, liu}, elders}) {
            for (const Volunteer& each : all) {
                there += balance(each) + balance(LedgerAccount::grant, each.person);
            }
        }
        ASSERT_LE(there, ever_credited) << "after step " << step << " of seed " << seed;
        ASSERT_GE(there, credited) << "after step " << step << " of seed " << seed;
        ASSERT_EQ(faults(), "sum 0") << "after step " << step << " of seed " << seed;
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::time_bank
