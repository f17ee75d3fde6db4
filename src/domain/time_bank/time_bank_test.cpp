// The ledger: what a confirmed service earns, giving, and undoing; whatever happens, all accounts
// add up to zero and none is below its floor.
#include "domain/time_bank/time_bank.h"

#include <random>

#include "domain/time_bank/test_bank.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;
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

TEST_P(TimeBank, AnyRandomSequenceKeepsTheSumAtZeroAndEveryFloor) {
    std::uint64_t seed = 20261129;
    RecordProperty("seed", std::to_string(seed));
    std::mt19937_64 chance(seed);
    std::vector<Volunteer> people_there{zhang, liu, zhao};
    Volunteer mother = elder("王秀英");
    std::vector<OrderId> bookings;
    for (int i = 0; i < 90; ++i) {
        const Volunteer& who = people_there[chance() % people_there.size()];
        switch (chance() % 7) {
            case 0:
            case 1: {
                records::EnterRecord input;
                input.person_id = who.person;
                input.category.value = chance() % 3 ? "errands" : "phone_befriending";
                input.starts_at = clock.now();
                clock.advance(minutes(3 + chance() % 200));
                input.ends_at = clock.now();
                input.unpaid = true;
                (void)act([&](journal::Turn& turn) {
                    return records::enter_record(turn, *social_worker, record_desk, input);
                });
                break;
            }
            case 2:
                (void)donate(who, 1 + static_cast<long long>(chance() % 150));
                break;
            case 3:
                (void)gift(who, mother, 1 + static_cast<long long>(chance() % 60));
                break;
            case 4:
                if (auto booked = book(need_of(mother))) bookings.emplace_back(*booked);
                break;
            case 5:
                if (bookings.empty()) break;
                (void)act([&](journal::Turn& turn) {
                    return orders::cancel_order(turn, *street_staff, desk, bookings.back(), "改期",
                                                chance() % 2 == 0);
                });
                bookings.pop_back();
                break;
            case 6:
                if (auto judged = facts("earning.judged"); !judged.empty()) {
                    (void)reverse(judged[chance() % judged.size()].position, officer);
                }
                break;
        }
        ASSERT_EQ(faults(), "sum 0") << "after step " << i << " of seed " << seed;
    }
    EXPECT_GT(facts("posting.reversed").size(), 3U);
    EXPECT_GT(facts("credit.donated").size(), 3U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "replay equals live";
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
