// What a figure of somebody's time leaves out: of the services that it speaks of only, for the
// reason that holds, with the clause that decides.
#include <algorithm>

#include "domain/time_bank/test_bank.h"
#include "domain/time_bank/why.h"
#include "facts/spot_check_facts.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;

class LeftOut : public TimeBankWorld {
  protected:
    TimeFigureWhy why(const Volunteer& whose, TimeFigure figure = TimeFigure::person) {
        return reading_as(*whose.caller, [&](const api::Reading& reading) {
            return why_figure(reading, whose.person, figure, api::Cursor{0, INT64_MAX}, 50).value();
        });
    }
    static const TimeLeftOut* of(const TimeFigureWhy& opened, RecordId record) {
        auto found =
            std::ranges::find(opened.left_out, std::optional(record), &TimeLeftOut::record_id);
        return found == opened.left_out.end() ? nullptr : &*found;
    }
    // As entered at a desk, within the hour before now.
    RecordId enter(const Volunteer& who, int served, std::string_view category = "errands") {
        records::EnterRecord input;
        input.person_id = who.person;
        input.category.value = std::string(category);
        input.starts_at = clock.now();
        clock.advance(std::chrono::minutes(served));
        input.ends_at = clock.now();
        input.unpaid = true;
        return RecordId(act([&](journal::Turn& turn) {
                            return records::enter_record(turn, *social_worker, record_desk, input);
                        }).value());
    }
    // An errand that was served and is not confirmed yet.
    RecordId serve_unconfirmed(const Volunteer& who, int served) {
        Instant starts_at = tomorrow_at(9);
        OrderId id =
            open_order(report_need(), "errands", starts_at, starts_at + std::chrono::hours(2));
        offer(id, {who}).value();
        accept(id, who).value();
        clock.set(starts_at);
        check_in(id, who).value();
        clock.advance(std::chrono::minutes(served));
        check_out(id, who).value();
        return RecordId(facts("order.checked_out").back().position);
    }
    // It is held until somebody has called back; returns the call's check.
    std::int64_t hold(RecordId record, const Volunteer& who) {
        return act([&](journal::Turn& turn) -> Result<std::int64_t> {
                   SpotCheckOpened opened;
                   opened.reasons = {"code_time"};
                   opened.held = true;
                   std::int64_t check =
                       turn.append(draft(opened, {}, Place{community, path_of(community)},
                                         {{"spot_check", self},
                                          {"record", record.value},
                                          {"person", who.person.value}},
                                         turn.now()));
                   correct_earning(turn, record, turn.now(), 0);
                   return check;
               })
            .value();
    }
    template <class Payload>
    void say_of_check(std::int64_t check, RecordId record, const Volunteer& who,
                      const Payload& payload, int minutes) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            std::int64_t id = turn.append(draft(
                payload, {}, Place{community, path_of(community)},
                {{"spot_check", check}, {"record", record.value}, {"person", who.person.value}},
                turn.now()));
            if (minutes > 0) earn_again(turn, record, turn.now(), minutes);
            return id;
        }).value();
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }
};
HEZHI_ON_BOTH_ENGINES(LeftOut);

TEST_P(LeftOut, OfTheMonthOnlyWhatWasServedInItIsTold) {
    enter(zhao, 60, "environment_clean_up");
    hold(enter(zhao, 45), zhao);
    EXPECT_EQ(why(zhao, TimeFigure::month).left_out_times, 2);
    wait_until(start_of(*parse_day("2026-04-01")) + std::chrono::hours(9));
    EXPECT_EQ(why(zhao, TimeFigure::month).left_out_times, 0) << "March is over";
    EXPECT_TRUE(why(zhao, TimeFigure::month).left_out.empty());
    RecordId cleaned = enter(zhao, 60, "environment_clean_up");
    RecordId held = enter(zhao, 45);
    hold(held, zhao);
    TimeFigureWhy month = why(zhao, TimeFigure::month);
    EXPECT_EQ(month.left_out_times, 2);
    ASSERT_EQ(month.left_out.size(), 2U);
    EXPECT_TRUE(of(month, cleaned));
    EXPECT_TRUE(of(month, held));
    EXPECT_EQ(why(zhao).left_out_times, 4) << "the balance speaks of all months";
    EXPECT_EQ(why(zhao).left_out.size(), 4U);
}

TEST_P(LeftOut, WhatCanNeverCountSaysSoWhileItIsHeldAndAfterTheCallBack) {
    RecordId cleaned = enter(zhao, 60, "environment_clean_up");
    std::int64_t check = hold(cleaned, zhao);
    const rules::Clause& category = pack().category("environment_clean_up")->clause;
    TimeFigureWhy opened = why(zhao);
    ASSERT_TRUE(of(opened, cleaned));
    EXPECT_EQ(of(opened, cleaned)->why, "not_eligible");
    EXPECT_EQ(of(opened, cleaned)->clause.zh, category.says.zh);
    EXPECT_EQ(opened.left_out_times, 1) << "once";
    say_of_check(check, cleaned, zhao, SpotCheckAnswered{SpotCheckOutcome::confirmed, true}, 60);
    opened = why(zhao);
    ASSERT_TRUE(of(opened, cleaned));
    EXPECT_EQ(of(opened, cleaned)->why, "not_eligible") << "as it said before";
    EXPECT_EQ(of(opened, cleaned)->clause.zh, category.says.zh);
    // Of an order that is not judged yet as well.
    RecordId brief = serve_unconfirmed(zhang, 20);
    hold(brief, zhang);
    opened = why(zhang);
    ASSERT_TRUE(of(opened, brief));
    EXPECT_EQ(of(opened, brief)->why, "too_short");
    EXPECT_EQ(of(opened, brief)->clause.zh, pack().time_bank.earn_clause.says.zh);
}

TEST_P(LeftOut, WhatWaitsForACallBackQuotesTheClauseOfTheCall) {
    RecordId entered = enter(zhao, 45);
    std::int64_t check = hold(entered, zhao);
    RecordId served = serve_unconfirmed(zhang, 45);
    hold(served, zhang);
    const std::string& call = pack().true_hours.call_clause.says.zh;
    TimeFigureWhy opened = why(zhao);
    ASSERT_TRUE(of(opened, entered));
    EXPECT_EQ(of(opened, entered)->why, "waits_for_call");
    EXPECT_EQ(of(opened, entered)->clause.zh, call);
    opened = why(zhang);
    ASSERT_TRUE(of(opened, served));
    EXPECT_EQ(of(opened, served)->why, "waits_for_call") << "of an order that is not judged yet";
    EXPECT_EQ(of(opened, served)->clause.zh, call);
    auto month = reading_as(
        *officer, [](const api::Reading& reading) { return statement_parts(reading, {}).value(); });
    auto waiting = std::ranges::find(month.left_out, "waits_for_call", &LeftOutSum::why);
    ASSERT_NE(waiting, month.left_out.end());
    EXPECT_EQ(waiting->clause.zh, call);
    // And what a call proved false, the clause of that.
    say_of_check(check, entered, zhao, SpotCheckAnswered{SpotCheckOutcome::differs, true}, 0);
    say_of_check(check, entered, zhao, SpotCheckSettled{true}, 0);
    opened = why(zhao);
    ASSERT_TRUE(of(opened, entered));
    EXPECT_EQ(of(opened, entered)->why, "reversed");
    EXPECT_EQ(of(opened, entered)->clause.zh, pack().true_hours.fraud_clause.says.zh);
}

TEST_P(LeftOut, EachReasonQuotesTheClauseThatDecidesIt) {
    const rules::TimeBankRules& bank = pack().time_bank;
    auto says = [&](EarningWhy reason) { return clause_of(reason, pack(), "errands").says.zh; };
    EXPECT_EQ(says(EarningWhy::not_eligible), pack().category("errands")->clause.says.zh);
    EXPECT_EQ(says(EarningWhy::over_day), bank.caps_clause.says.zh);
    EXPECT_EQ(says(EarningWhy::over_month), bank.caps_clause.says.zh);
    EXPECT_EQ(says(EarningWhy::over_balance), bank.caps_clause.says.zh);
    EXPECT_EQ(says(EarningWhy::age_unknown), bank.who_clause.says.zh);
    EXPECT_EQ(says(EarningWhy::consent_missing), bank.who_clause.says.zh);
    EXPECT_EQ(says(EarningWhy::team_service), bank.who_clause.says.zh);
    EXPECT_EQ(says(EarningWhy::too_short), bank.earn_clause.says.zh);
    EXPECT_EQ(says(EarningWhy::noted_late), bank.earn_clause.says.zh);
    EXPECT_NE(bank.earn_clause.says.zh.find(std::to_string(bank.noted_within_days) + " 天"),
              std::string::npos)
        << "it says how late is too late";
}

}  // namespace
}  // namespace hezhi::time_bank
