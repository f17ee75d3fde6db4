// What an officer undoes: grants, and estates that were passed on. Exchanges are undone in
// listings_test.cpp, what was earned or given in time_bank_test.cpp.
#include "domain/time_bank/books.h"
#include "domain/time_bank/test_bank.h"
#include "domain/time_bank/why.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::hours;

// As much as one errand takes, so that one order uses a grant up.
constexpr const char* grants_of_an_errand = R"([grant.hardship_60]
says = { zh = "60 周岁以上每月 45 分钟。", en = "45 minutes a month from 60 on." }
name = { zh = "60 周岁以上", en = "60 and older" }
month_minutes = 45
age_years_min = 60
)";

class Reversing : public TimeBankWorld {
  protected:
    // 90 minutes of the pool, and 王 who is granted 45 of them.
    std::int64_t granted() {
        judge_by(grants_of_an_errand);
        serve(zhang, 45);
        serve(zhang, 45);
        donate(zhang, 90).value();
        wang = elder("王秀英");
        return grant(wang).value();
    }
    Result<std::int64_t> take_over(const Volunteer& of) {
        TakeOverCredit input{of.person, clock.now(), Text<1, 200>("死亡医学证明")};
        return act([&](journal::Turn& turn) {
            return take_over_credit(turn, *officer, time_bank_desk, input);
        });
    }
    bool rests(const Volunteer& who) {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return account_page(reading, time_bank_desk, who.person).value().dormant;
        });
    }
    // What the phone page lists as moved.
    std::string moved(const Volunteer& who) {
        api::Caller own;
        own.person = who.person;
        for (const auto& route : routes(time_bank_desk)) {
            if (route.action != "list_my_postings") continue;
            return reading_as(own, [&](const api::Reading& reading) {
                return route.read(reading, http::Request{}).value();
            });
        }
        throw std::runtime_error("no such route");
    }
    std::string plain_text() {
        std::string text;
        auto db = ledger->read();
        write_hledger(*db, ledger->tables(),
                      [&](std::string_view line) { text += std::string(line) + "\n"; });
        return text;
    }
    void expect_sound_books() {
        EXPECT_EQ(faults(), "sum 0");
        EXPECT_EQ(differences(), std::vector<journal::Difference>{});
        auto db = ledger->read();
        EXPECT_EQ(check_books(*db, *packs()), std::vector<journal::Difference>{});
    }

    Volunteer wang;
};
HEZHI_ON_BOTH_ENGINES(Reversing);

TEST_P(Reversing, ReverseGrantGivesThePoolAllBackOnceAndAnotherIsMadeInTheMonth) {
    std::int64_t id = granted();
    EXPECT_EQ(page(id, *street_staff).actions, std::vector<std::string>{"reverse_grant"});
    EXPECT_EQ(page(id, *officer).actions, std::vector<std::string>{"reverse_posting"});
    EXPECT_REFUSED(take_back(id, social_worker), hezhi::refusals::not_found);
    EXPECT_REFUSED(take_back(last("credit.donated"), street_staff), hezhi::refusals::not_found)
        << "grants only";
    auto herself = std::make_shared<api::Caller>(*street_staff);
    herself->person = wang.person;
    EXPECT_REFUSED(take_back(id, herself), refusals::own_posting);
    std::int64_t undone = take_back(id, street_staff).value();
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 0);
    EXPECT_EQ(balance(LedgerAccount::pool), 90);
    EXPECT_EQ(balance(LedgerAccount::lost), 0);
    EXPECT_REFUSED(take_back(id, street_staff), refusals::posting_reversed_already);
    EXPECT_REFUSED(reverse(id, officer), refusals::posting_reversed_already);
    EXPECT_TRUE(page(id, *street_staff).actions.empty());
    EXPECT_EQ(page(undone, *street_staff).reason, "发放对象有误");
    EXPECT_EQ(page(undone, *street_staff).undoes, PostingId(id));
    std::string list = moved(wang);
    EXPECT_NE(list.find("\"fact_kind\":\"credit.granted\""), std::string::npos) << list;
    EXPECT_NE(list.find("\"reason\":\"发放对象有误\""), std::string::npos) << list;
    std::int64_t second = grant(wang).value();
    clock.set(start_of(*parse_day("2026-04-01")));
    EXPECT_REFUSED(reverse(second, officer), refusals::grant_lapsed) << "also before the timer";
    wait_until(clock.now());
    EXPECT_EQ(facts("credit.lapsed").size(), 1U) << "the first has nothing that lapses";
    EXPECT_EQ(balance(LedgerAccount::pool), 90);
    EXPECT_REFUSED(reverse(second, officer), refusals::grant_lapsed);
    EXPECT_TRUE(page(second, *officer).actions.empty());
    expect_sound_books();
}

TEST_P(Reversing, WhatOfAGrantIsHeldIsLostAndIsRepaidWhenTheOrderIsCancelled) {
    std::int64_t id = granted();
    OrderId order(book(need_of(wang)).value());
    EXPECT_EQ(balance(LedgerAccount::held, wang.person), 45);
    reverse(id, officer).value();
    EXPECT_EQ(balance(LedgerAccount::pool), 90);
    EXPECT_EQ(balance(LedgerAccount::lost), -45) << "nothing of it was there";
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 0) << "never below the floor";
    std::string text = plain_text();
    std::string person = std::to_string(wang.person.value);
    EXPECT_NE(text.find(" posting.reversed\n    bank:pool  45 min\n    people:" + person +
                        ":granted  0 min\n    bank:lost  -45 min\n"),
              std::string::npos)
        << text;
    grant(wang).value();
    cancel(order).value();
    EXPECT_EQ(balance(LedgerAccount::lost), 0) << "the pool had it back already";
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 45) << "of the second grant";
    EXPECT_EQ(balance(LedgerAccount::pool), 45);
    expect_sound_books();
}

TEST_P(Reversing, WhatOfAGrantWasServedStaysUsedAndTheOrderKeepsItsClause) {
    std::int64_t id = granted();
    OrderId order(book(need_of(wang)).value());
    offer(order, {liu}).value();
    accept(order, liu).value();
    clock.set(this->order(order).starts_at);
    check_in(order, liu).value();
    clock.advance(std::chrono::minutes(30));
    check_out(order, liu).value();
    confirm(order).value();
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 15);
    reverse(id, officer).value();
    EXPECT_EQ(balance(LedgerAccount::redeemed), 30);
    EXPECT_EQ(balance(LedgerAccount::lost), -30);
    EXPECT_EQ(balance(LedgerAccount::pool), 90);
    EXPECT_EQ(balance(liu), 30) << "she served";
    std::string group = reading_as(
        *officer, [&](const api::Reading& reading) { return grant_group_of(reading, order); });
    EXPECT_EQ(group, "hardship_60");
    expect_sound_books();
}

TEST_P(Reversing, AnEstateComesBackToTheAccountOfTheDeadWhichRests) {
    Volunteer mother = elder("王秀英"), aunt = elder("李桂兰");
    serve(zhang, 45);
    NameBeneficiary named{zhang.person, mother.person, Text<1, 40>("parent")};
    act([&](journal::Turn& turn) { return name_beneficiary(turn, *street_staff, named); }).value();
    std::int64_t id = take_over(zhang).value();
    gift(mother, aunt, 15).value();
    EXPECT_EQ(page(id, *officer).actions, std::vector<std::string>{"reverse_posting"});
    EXPECT_REFUSED(reverse(id, street_staff), hezhi::refusals::not_found);
    auto heir = std::make_shared<api::Caller>(*officer);
    heir->person = mother.person;
    EXPECT_REFUSED(reverse(id, heir), refusals::own_posting);
    std::int64_t undone = reverse(id, officer).value();
    EXPECT_EQ(balance(zhang), 45) << "as it was";
    EXPECT_EQ(balance(mother), 0) << "never below the floor";
    EXPECT_EQ(balance(LedgerAccount::lost), -15);
    EXPECT_EQ(page(undone, *officer).reason, "记录不实");
    EXPECT_TRUE(rests(zhang));
    EXPECT_EQ(facts("credit.rested").size(), 1U);
    EXPECT_REFUSED(donate(zhang, 10), refusals::account_dormant);
    EXPECT_REFUSED(reverse(id, officer), refusals::posting_reversed_already);
    auto why = reading_as(*officer, [&](const api::Reading& reading) {
        return why_figure(reading, zhang.person, TimeFigure::person, {0, INT64_MAX}, 50).value();
    });
    EXPECT_EQ(why.minutes, 45);
    EXPECT_EQ(why.came - why.went, why.minutes);
    ASSERT_FALSE(why.items.empty());
    EXPECT_EQ(why.items.front().fact_kind, "posting.reversed");
    EXPECT_EQ(why.items.front().clause.zh, pack().time_bank.death_clause.says.zh);
    EXPECT_NE(moved(mother).find("\"reason\":\"记录不实\""), std::string::npos);
    expect_sound_books();
    // Once more, or never: she is alive and shows a document.
    std::int64_t again = take_over(zhang).value();
    EXPECT_EQ(balance(mother), 45);
    reverse(again, officer).value();
    act([&](journal::Turn& turn) {
        return wake_credit(turn, *street_staff, zhang.person);
    }).value();
    donate(zhang, 10).value();
    expect_sound_books();
}

TEST_P(Reversing, AnEstateOfThePoolComesBackAlsoWhenThePoolIsEmpty) {
    judge_by(grants_of_an_errand);
    serve(zhang, 45);
    std::int64_t id = take_over(zhang).value();
    EXPECT_EQ(balance(LedgerAccount::pool), 45) << "nobody was named";
    grant(elder("王秀英")).value();
    reverse(id, officer).value();
    EXPECT_EQ(balance(zhang), 45);
    EXPECT_EQ(balance(LedgerAccount::pool), 0);
    EXPECT_EQ(balance(LedgerAccount::lost), -45);
    EXPECT_TRUE(rests(zhang));
    expect_sound_books();
}

TEST_P(Reversing, WhatIsUndoneStandsInTheMonthInWhichItWas) {
    std::int64_t id = granted();
    take_back(id, street_staff).value();
    auto statement = reading_as(
        *officer, [&](const api::Reading& reading) { return statement_page(reading, {}).value(); });
    std::int64_t sum = 0;
    for (const auto& account : statement.accounts) sum += account.minutes;
    EXPECT_EQ(sum, 0);
    auto undone = std::ranges::find(statement.flows, "posting.reversed", &FlowTotal::fact_kind);
    ASSERT_NE(undone, statement.flows.end());
    EXPECT_EQ(undone->postings, 1);
    EXPECT_EQ(undone->minutes, 45);
    auto parts = reading_as(*officer, [&](const api::Reading& reading) {
        return statement_parts(reading, {}).value();
    });
    for (const auto& total : parts.totals) {
        std::int64_t of_parts = 0;
        for (const auto& part : total.parts) of_parts += *part.minutes;
        EXPECT_EQ(of_parts, *total.minutes) << label_of(total.account);
    }
}

}  // namespace
}  // namespace hezhi::time_bank
