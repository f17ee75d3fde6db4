// A month that was published opens to what was counted then; what has changed since stands beside
// it, for staff only.
#include <algorithm>

#include "domain/time_bank/test_bank.h"
#include "domain/time_bank/why.h"
#include "facts/record_facts.h"
#include "facts/spot_check_facts.h"

namespace hezhi::time_bank {
namespace {

class ClosedMonth : public TimeBankWorld {
  protected:
    StatementParts parts(const std::string& month) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return statement_parts(reading, {month}).value();
        });
    }
    StatementParts told_to_everybody(const std::string& month) {
        return reading_as(*liu.caller, [&](const api::Reading& reading) {
            return PublishedParts().open(reading, month).value();
        });
    }
    static const LeftOutSum* waiting(const StatementParts& opened) {
        auto row = std::ranges::find(opened.left_out, "waits_for_call", &LeftOutSum::why);
        return row == opened.left_out.end() ? nullptr : &*row;
    }
    static std::int64_t sum_of(const std::vector<DeliveredMonth>& months) {
        std::int64_t sum = 0;
        for (const auto& month : months) sum += month.minutes.value_or(0);
        return sum;
    }
    // The record of what was judged last waits for a call-back, and earns nothing meanwhile.
    Fact hold_last_record() {
        Fact judged = facts("earning.judged").back();
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            SpotCheckOpened opened;
            opened.reasons = {"code_time"};
            opened.held = true;
            std::int64_t id = turn.append(draft(opened, {}, judged.place,
                                                {{"spot_check", self},
                                                 {"record", judged.subject("record")},
                                                 {"person", judged.subject("person")}},
                                                turn.now()));
            correct_earning(turn, RecordId(judged.subject("record")),
                            judged.as<EarningJudged>().served.ends_at, 0);
            return id;
        }).value();
        return judged;
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }
};
HEZHI_ON_BOTH_ENGINES(ClosedMonth);

TEST_P(ClosedMonth, ShowsWhatWaitedForACallBackThenWhateverBecomesOfTheRecord) {
    serve(zhang, 45);
    const Fact judged = hold_last_record();
    const auto& served = judged.as<EarningJudged>().served;
    wait_until(start_of(*parse_day("2026-04-01")));
    const auto closed = parts("2026-03");
    ASSERT_TRUE(waiting(closed));
    EXPECT_EQ(waiting(closed)->times, 1);
    EXPECT_EQ(waiting(closed)->minutes, 45);
    EXPECT_FALSE(waiting(closed)->times_now) << "nothing has changed";
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        RecordCorrected corrected;
        corrected.starts_at = served.ends_at - std::chrono::minutes(30);
        corrected.ends_at = served.ends_at;
        corrected.minutes = 30;
        corrected.minutes_added = -15;
        return turn.append(
            draft(corrected, command, judged.place,
                  {{"record", judged.subject("record")}, {"person", judged.subject("person")}},
                  turn.now()));
    }).value();
    const auto later = parts("2026-03");
    ASSERT_TRUE(waiting(later));
    EXPECT_EQ(waiting(later)->times, 1);
    EXPECT_EQ(waiting(later)->minutes, 45) << "as it was when the month was closed";
    EXPECT_EQ(waiting(later)->times_now, 1);
    EXPECT_EQ(waiting(later)->minutes_now, 30);
    for (const auto& row : told_to_everybody("2026-03").left_out) {
        EXPECT_FALSE(row.times_now) << row.why;
        EXPECT_FALSE(row.minutes_now) << row.why;
    }
}

TEST_P(ClosedMonth, ShowsWhatWasDeliveredThenAndWhatWasReversedSince) {
    serve(zhang, 45);
    serve(liu, 45);
    wait_until(start_of(*parse_day("2026-04-01")));
    EXPECT_FALSE(parts("2026-03").delivered.front().minutes_now);
    reverse(last("earning.judged"), officer).value();
    const auto march = parts("2026-03");
    EXPECT_EQ(march.delivered.front().minutes, 90);
    EXPECT_EQ(march.delivered.front().minutes_now, 45);
    EXPECT_EQ(sum_of(march.delivered), march.delivered_minutes);
    // A month that was closed after it knew it.
    wait_until(start_of(*parse_day("2026-05-01")));
    const auto april = parts("2026-04");
    EXPECT_EQ(april.delivered.at(1).minutes, 45);
    EXPECT_FALSE(april.delivered.at(1).minutes_now);
    EXPECT_EQ(sum_of(april.delivered), april.delivered_minutes);
}

TEST_P(ClosedMonth, TellsEverybodyTheSameForEver) {
    for (int i = 0; i < 6; ++i) serve(liu, 45);
    wait_until(start_of(*parse_day("2026-04-01")));
    const auto closed = told_to_everybody("2026-03");
    EXPECT_EQ(closed.delivered.front().minutes, 270);
    reverse(last("earning.judged"), officer).value();
    EXPECT_EQ(to_json(told_to_everybody("2026-03")), to_json(closed));
}

TEST_P(ClosedMonth, ThatIsOlderThanTheCountTellsNothingOfWhatWaited) {
    serve(zhang, 45);
    hold_last_record();
    StatementPublished older;
    older.position = last("posting.reversed");
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        older.month = "2026-03";
        older.due_at = start_of(*parse_day("2026-04-01"));
        return turn.append(draft(older, {}, {}, {{"statement", self}}, turn.now()));
    }).value();
    EXPECT_FALSE(waiting(parts("2026-03"))) << "today's records are not that month's";
}

}  // namespace
}  // namespace hezhi::time_bank
