// Whoever opens a published month and subtracts what is shown from what is shown finds nothing
// that is hidden.
#include <algorithm>
#include <set>

#include "domain/time_bank/test_bank.h"
#include "domain/time_bank/why.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;

class PublishedTable : public TimeBankWorld {
  protected:
    StatementParts for_everybody(const std::string& month) {
        return reading_as(*liu.caller, [&](const api::Reading& reading) {
            return PublishedParts().open(reading, month).value();
        });
    }
    StatementParts for_staff(const std::string& month) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return statement_parts(reading, {month}).value();
        });
    }
    // Somebody of 76 books an errand, and it takes less than was planned.
    void serve_booked(const Volunteer& who, const Volunteer& elder, int minutes) {
        OrderId id(book(need_of(elder)).value());
        offer(id, {who}).value();
        accept(id, who).value();
        clock.set(order(id).starts_at);
        check_in(id, who).value();
        clock.advance(std::chrono::minutes(minutes));
        check_out(id, who).value();
        confirm(id).value();
    }
    // What everybody may reckon: of some accounts the totals less their parts that are told, and
    // of some kinds what is told, as each kind adds up to nothing.
    static std::set<std::int64_t> derived(const StatementParts& shown) {
        std::vector<std::int64_t> numbers;
        std::map<std::string, std::int64_t> kinds;
        for (const TotalWhy& total : shown.totals) {
            std::int64_t told = 0;
            for (const TotalPart& part : total.parts) {
                if (!part.fact_kind) continue;
                told += *part.minutes;
                kinds[*part.fact_kind] += *part.minutes;
            }
            if (total.minutes) numbers.push_back(*total.minutes - told);
        }
        for (const auto& [kind, told] : kinds) numbers.push_back(told);
        std::set<std::int64_t> found;
        for (std::size_t taken = 1; taken < std::size_t{1} << numbers.size(); ++taken) {
            std::int64_t sum = 0;
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                if ((taken >> i & 1U) != 0) sum += numbers[i];
            }
            found.insert(std::abs(sum));
        }
        return found;
    }
    // Of fewer postings than may be told: minutes of parts, and of totals.
    std::map<std::int64_t, std::string> of_few(const StatementParts& all) {
        std::map<std::int64_t, std::string> few;
        for (const TotalWhy& total : all.totals) {
            std::int64_t postings = 0;
            std::string account(label_of(total.account));
            for (const TotalPart& part : total.parts) {
                postings += *part.postings;
                if (*part.postings >= pack().time_bank.statement_small_group) continue;
                few[std::abs(*part.minutes)] = account + " " + *part.fact_kind;
            }
            if (postings >= pack().time_bank.statement_small_group) continue;
            few[std::abs(*total.minutes)] = account;
        }
        few.erase(0);
        return few;
    }
    void expect_nothing_derived(const std::string& month) {
        auto found = derived(for_everybody(month));
        for (const auto& [minutes, what] : of_few(for_staff(month))) {
            EXPECT_FALSE(found.contains(minutes)) << month << ": " << what << ", " << minutes;
        }
    }
};
HEZHI_ON_BOTH_ENGINES(PublishedTable);

TEST_P(PublishedTable, WhatOneUsedIsNotFoundInAnotherAccount) {
    Volunteer wang = elder("王秀英");
    for (int i = 0; i < 8; ++i) serve(zhang, 45);
    gift(zhang, wang, 60).value();
    serve_booked(liu, wang, 37);
    wait_until(start_of(*parse_day("2026-04-01")));
    StatementParts all = for_staff("2026-03"), shown = for_everybody("2026-03");
    auto few = of_few(all);
    ASSERT_TRUE(few.contains(37)) << "it was used";
    ASSERT_TRUE(few.contains(45)) << "it was held";
    expect_nothing_derived("2026-03");
    auto total = [&](LedgerAccount account) {
        return std::ranges::find(shown.totals, account, &TotalWhy::account)->minutes;
    };
    EXPECT_FALSE(total(LedgerAccount::redeemed));
    EXPECT_FALSE(total(LedgerAccount::held));
    EXPECT_FALSE(total(LedgerAccount::person)) << "with what was issued it would tell the 37";
    EXPECT_EQ(total(LedgerAccount::issued), -395);
    EXPECT_TRUE(shown.redeemable_minutes);
    EXPECT_FALSE(shown.not_redeemable_minutes) << "with it it would be what people have";
}

TEST_P(PublishedTable, AKindOfManyCoversAFewUntilTheyAreMany) {
    Volunteer wang = elder("王秀英");
    for (int i = 0; i < 12; ++i) serve(zhang, 45);
    for (int i = 0; i < 6; ++i) donate(zhang, 11).value();
    gift(zhang, wang, 100).value();
    serve_booked(liu, wang, 37);
    wait_until(start_of(*parse_day("2026-04-01")));
    expect_nothing_derived("2026-03");
    for (int i = 0; i < 6; ++i) serve(zhang, 45);
    reverse(last("credit.donated"), officer).value();
    wait_until(start_of(*parse_day("2026-05-01")));
    expect_nothing_derived("2026-04");
}

}  // namespace
}  // namespace hezhi::time_bank
