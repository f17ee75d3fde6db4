// The ledger: what a confirmed service earns, giving, and undoing. What holds whatever happens is
// tried in random_ledger_test.cpp.
#include "domain/time_bank/time_bank.h"

#include "domain/time_bank/test_bank.h"

namespace hezhi::time_bank {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class TimeBank : public TimeBankWorld {};
HEZHI_ON_BOTH_ENGINES(TimeBank);

TEST_P(TimeBank, JudgeEarningPostsInTheTurnThatConfirmsAndEachPostingOpensToItsReckoning) {
    serve(zhang, 49);
    EXPECT_EQ(balance(zhang), 45);
    EXPECT_EQ(balance(LedgerAccount::issued), -45);
    std::int64_t id = last("earning.judged");
    Posting opened = page(id, *officer);
    ASSERT_TRUE(opened.earned);
    EXPECT_EQ(opened.earned->says_zh, pack().time_bank.earn_clause.says.zh) << "the clause first";
    ASSERT_EQ(opened.earned->arithmetic.size(), 3U);
    EXPECT_EQ(opened.earned->arithmetic[1].zh, "按 5 分钟向下取整：45");
    EXPECT_EQ(opened.legs.size(), 2U);
    EXPECT_EQ(page(id, *zhang.caller).legs.size(), 2U) << "her own";
    auto of_another = reading_as(*liu.caller, [&](const api::Reading& reading) {
        return posting_page(reading, time_bank_desk, PostingId(id));
    });
    EXPECT_REFUSED(of_another, hezhi::refusals::not_found);
    EXPECT_EQ(mine(zhang).month_credited, 45);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(TimeBank, JudgeEarningTellsWhatDidNotCountAndWhy) {
    reviewed_order();  // 环境整治 earns nothing
    EXPECT_EQ(balance(zhang), 0);
    auto judged = facts("earning.judged");
    ASSERT_EQ(judged.size(), 2U);
    EXPECT_EQ(judged.front().as<EarningJudged>().why, EarningWhy::not_eligible);
    EXPECT_TRUE(judged.front().as<EarningJudged>().legs.empty());
}

TEST_P(TimeBank, JudgeEarningAlsoWhenTheDeskFinishesAnOrderOnThePhone) {
    OrderId id = open_order(report_need(), "errands");
    offer(id, {zhang}).value();
    accept(id, zhang).value();
    clock.set(tomorrow_at(12));
    orders::FinishOrder input;
    input.came = {zhang.person};
    input.minutes.value = 40;
    act([&](journal::Turn& turn) {
        return orders::finish_order(turn, *street_staff, desk, id, input);
    }).value();
    EXPECT_EQ(balance(zhang), 40);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(TimeBank, JudgeEarningOfADayUpToTheCapAndTheRestGoesToThePool) {
    for (int i = 0; i < 6; ++i) {
        records::EnterRecord input;
        input.person_id = liu.person;
        input.category.value = "errands";
        input.starts_at = tomorrow_at(0) - hours(24) + hours(i);
        input.ends_at = input.starts_at + minutes(50);
        input.unpaid = true;
        clock.set(tomorrow_at(0) - hours(24) + hours(i + 1));
        act([&](journal::Turn& turn) {
            return records::enter_record(turn, *social_worker, record_desk, input);
        }).value();
    }
    EXPECT_EQ(balance(liu), 240);
    EXPECT_EQ(balance(LedgerAccount::pool), 60);
    EXPECT_EQ(mine(liu).pooled, 60) << "in her name";
    EXPECT_EQ(faults(), "sum 0");
}

TEST_P(TimeBank, ACorrectedRecordIsJudgedAnew) {
    serve(zhang, 45);
    auto record = facts("order.checked_out").back();
    records::CorrectRecord input;
    input.ends_at = record.occurred_at;
    input.starts_at = record.occurred_at - minutes(32);
    input.reason.value = "少计";
    act([&](journal::Turn& turn) {
        return records::correct_record(turn, *social_worker, record_desk, RecordId(record.position),
                                       input);
    }).value();
    EXPECT_EQ(balance(zhang), 30);
    EXPECT_EQ(mine(zhang).credited, 30);
    EXPECT_EQ(mine(zhang).month_credited, 30);
    EXPECT_EQ(facts("posting.reversed").size(), 1U);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(TimeBank, ARecordThatIsCorrectedLongAfterwardsIsNotForfeitByThat) {
    serve(zhang, 45);
    auto record = facts("order.checked_out").back();
    wait_until(clock.now() + hours(24 * 80));
    records::CorrectRecord input;
    input.ends_at = record.occurred_at;
    input.starts_at = record.occurred_at - minutes(32);
    input.reason.value = "少计";
    RecordId id(record.position);
    act([&](journal::Turn& turn) {
        return records::correct_record(turn, *social_worker, record_desk, id, input);
    }).value();
    act([&](journal::Turn& turn) {
        return records::confirm_record(turn, *street_staff, id);
    }).value();
    EXPECT_EQ(balance(zhang), 30);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(TimeBank, DonateCreditGivesNoMoreThanThereIs) {
    serve(zhang, 45);
    EXPECT_REFUSED(donate(zhang, 46), refusals::credit_too_low);
    EXPECT_REFUSED(donate(liu, 1), refusals::credit_too_low);
    donate(zhang, 30).value();
    EXPECT_EQ(balance(zhang), 15);
    EXPECT_EQ(balance(LedgerAccount::pool), 30);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(TimeBank, ReversePostingUndoesOnceAndWhatWasSpentIsLost) {
    serve(zhang, 45);
    std::int64_t earned = last("earning.judged");
    donate(zhang, 30).value();
    reverse(earned, officer).value();
    EXPECT_EQ(balance(zhang), 0) << "never below the floor";
    EXPECT_EQ(balance(LedgerAccount::lost), -30);
    EXPECT_EQ(balance(LedgerAccount::issued), 0);
    EXPECT_REFUSED(reverse(earned, officer), refusals::posting_reversed_already);
    EXPECT_REFUSED(reverse(last("posting.reversed"), officer), refusals::posting_not_reversible);
    EXPECT_REFUSED(reverse(earned, street_staff), hezhi::refusals::not_found);
    auto elsewhere = staff("district_officer", other_district);
    EXPECT_REFUSED(reverse(earned, elsewhere), hezhi::refusals::not_found);
    Posting opened = page(last("posting.reversed"), *officer);
    EXPECT_EQ(opened.undoes, PostingId(earned));
    EXPECT_EQ(opened.reason, "记录不实");
    EXPECT_TRUE(page(earned, *officer).reversed);
    EXPECT_EQ(mine(zhang).month_credited, 0) << "the day may be earned again";
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(TimeBank, WritesItselfAsAPlainTextJournalWhoseEntriesBalance) {
    serve(zhang, 45);
    donate(zhang, 30).value();
    std::string text;
    auto db = ledger->read();
    write_hledger(*db, ledger->tables(),
                  [&](std::string_view line) { text += std::string(line) + "\n"; });
    std::string person = std::to_string(zhang.person.value);
    EXPECT_NE(text.find(" credit.donated\n    people:" + person +
                        ":own  -30 min\n    bank:pool  30 min\n"),
              std::string::npos)
        << text;
}

}  // namespace
}  // namespace hezhi::time_bank
