// A published month that says other than its postings is found and its field named, though the
// tables say what the fact says; what was entered after the month was read is no fault.
#include "domain/time_bank/books.h"
#include "domain/time_bank/month_totals.h"
#include "domain/time_bank/test_bank.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;
using journal::Difference;

class PublishedTotals : public TimeBankWorld {
  protected:
    std::vector<Difference> found() {
        journal::Checks checks;
        checks.push_back(check_statements());
        auto db = ledger->read();
        return journal::verify(*db, ledger->tables(), *packs(), {}, {}, {}, checks).differences;
    }
    void end_month(const char* next) { wait_until(start_of(*parse_day(next))); }

    // The month as it is read at its end. No timer has run.
    MonthTotals read_at_the_end(const char* first, const char* next) {
        Instant from = start_of(*parse_day(first)), until = start_of(*parse_day(next));
        clock.set(until);
        return read_month(*ledger->read(), from, until, rules::served_months_max);
    }
    // Published with a number that something has changed. Returns where verify names it.
    template <class Change>
    std::string publish_changed(const char* first, const char* next, Change change) {
        serve(zhang);
        donate(zhang, 10).value();
        StatementPublished made = judge_month(pack().time_bank, read_at_the_end(first, next));
        change(made);
        std::int64_t id =
            act([&](journal::Turn& turn) -> Result<std::int64_t> {
                return turn.append(draft(made, {}, {}, {{"statement", self}}, turn.now()));
            }).value();
        return "statement " + std::to_string(id) + " of " + made.month + " ";
    }
    void note_age(const Volunteer& who, std::int32_t years) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            return turn.append(draft(AgeNoted{years}, {}, {community, path_of(community)},
                                     {{"person", who.person.value}}, turn.now()));
        }).value();
    }
};
HEZHI_ON_BOTH_ENGINES(PublishedTotals);

TEST_P(PublishedTotals, AreThoseOfThePostings) {
    Volunteer mother = elder("王秀英");
    serve(zhang);
    std::int64_t earned = last("earning.judged");
    gift(zhang, mother, 20).value();
    donate(zhang, 10).value();
    end_month("2026-04-01");
    // What is corrected or learnt in April changes nothing of March.
    reverse(earned, officer).value();
    note_age(mother, 17);
    serve(liu);
    end_month("2026-05-01");
    end_month("2026-06-01");
    ASSERT_EQ(facts("statement.published").size(), 3U);
    EXPECT_EQ(found(), std::vector<Difference>{});
}

TEST_P(PublishedTotals, ThatWereChangedAreNamedWithTheirField) {
    serve(zhang);
    end_month("2026-04-01");
    std::vector<Difference> expected;
    auto expect = [&](const std::string& place, std::int64_t right, std::int64_t said) {
        expected.push_back({place, std::to_string(right), std::to_string(said)});
    };
    std::string place = publish_changed("2026-04-01", "2026-05-01", [](StatementPublished& made) {
        std::ranges::find(made.accounts, LedgerAccount::pool, &AccountTotal::account)->minutes += 1;
        std::ranges::find(made.flows, CreditDonated::kind, &FlowTotal::fact_kind)->postings = 2;
    });
    expect(place + "accounts pool minutes", 10, 11);
    expect(place + "flows credit.donated postings", 1, 2);
    std::int64_t last_posting = 0;
    place = publish_changed("2026-05-01", "2026-06-01", [&](StatementPublished& made) {
        std::erase_if(made.flows,
                      [](const FlowTotal& flow) { return flow.fact_kind == CreditDonated::kind; });
        last_posting = made.position--;
    });
    expected.push_back(
        {place + "flows credit.donated", to_json(FlowTotal{"credit.donated", 1, 10}), "none"});
    expect(place + "position", last_posting, last_posting - 1);
    std::int64_t too_young = 0;
    place = publish_changed("2026-06-01", "2026-07-01", [&](StatementPublished& made) {
        --made.delivered_minutes;
        too_young = (*made.too_young_minutes)++;
    });
    EXPECT_GT(too_young, 0) << "of 张";
    expect(place + "delivered_minutes", 180, 179);  // four services of 45 minutes
    expect(place + "too_young_minutes", too_young, too_young + 1);
    EXPECT_EQ(differences(), std::vector<Difference>{}) << "the tables say what the facts say";
    EXPECT_EQ(found(), expected);
}

TEST_P(PublishedTotals, DoNotKnowWhatWasEnteredAfterTheyWereRead) {
    Volunteer mother = elder("王秀英");
    serve(zhang);
    std::int64_t earned = last("earning.judged");
    gift(zhang, mother, 20).value();
    MonthTotals read = read_at_the_end("2026-03-01", "2026-04-01");
    note_age(mother, 17);
    reverse(earned, officer).value();
    MonthTotals now = read_at_the_end("2026-03-01", "2026-04-01");
    ASSERT_NE(now.minutes_by_age, read.minutes_by_age);
    ASSERT_NE(now.delivered_minutes, read.delivered_minutes);
    act([&](journal::Turn& turn) { return publish_statement(turn, read); }).value();
    EXPECT_EQ(found(), std::vector<Difference>{});
}

TEST_P(PublishedTotals, OfAMonthThatNothingWasPostedInAreNamed) {
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        StatementPublished made;
        made.month = "2026-02";
        return turn.append(draft(made, {}, {}, {{"statement", self}}, turn.now()));
    }).value();
    ASSERT_EQ(found().size(), 1U);
    EXPECT_EQ(found().front().expected, "none: nothing was posted");
}

}  // namespace
}  // namespace hezhi::time_bank
