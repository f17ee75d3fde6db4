// "Why": a balance and a total open to what makes them, add up to what is shown, say what was not
// counted, and open to nobody who may not see them.
#include "domain/time_bank/why.h"

#include <algorithm>

#include "domain/time_bank/queries.h"
#include "domain/time_bank/test_bank.h"
#include "journal/ledger.h"
#include "support/changed_pack.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::hours;
using std::chrono::minutes;

constexpr api::Cursor from_the_newest{0, INT64_MAX};

class WhyTime : public TimeBankWorld {
  protected:
    Result<TimeFigureWhy> why(const api::Caller& who, PersonId person, TimeFigure figure,
                              const api::Cursor& from = from_the_newest, std::int64_t limit = 50) {
        return reading_as(who, [&](const api::Reading& reading) {
            return why_figure(reading, person, figure, from, limit);
        });
    }
    TimeFigureWhy why(const Volunteer& whose, TimeFigure figure = TimeFigure::person) {
        return why(*officer, whose.person, figure).value();
    }
    static std::int64_t sum_of(const TimeFigureWhy& opened) {
        std::int64_t sum = 0;
        for (const auto& item : opened.items) sum += item.minutes;
        return sum;
    }
    static const TimeLeftOut* left_out(const TimeFigureWhy& opened, std::string_view reason) {
        auto found = std::ranges::find(opened.left_out, reason, &TimeLeftOut::why);
        return found == opened.left_out.end() ? nullptr : &*found;
    }
    static bool tells(const StatementParts& opened, std::string_view reason) {
        return std::ranges::find(opened.left_out, reason, &LeftOutSum::why) !=
               opened.left_out.end();
    }
    // As entered at a desk, within the hour before now.
    void enter(const Volunteer& who, int served, std::string_view category = "errands") {
        records::EnterRecord input;
        input.person_id = who.person;
        input.category.value = std::string(category);
        input.starts_at = clock.now();
        clock.advance(minutes(served));
        input.ends_at = clock.now();
        input.unpaid = true;
        act([&](journal::Turn& turn) {
            return records::enter_record(turn, *social_worker, record_desk, input);
        }).value();
    }
    // 40 of 张's minutes come to a resident who never told an age.
    void give_to_somebody_of_unknown_age() {
        PersonId unknown = resident("李四", "19000001234");
        know_peer("0123456789abcdef");
        know_peer("fedcba9876543277");
        SendCredit sent{zhang.person, Text<1, 40>("0123456789abcdef"), Bounded<1, 600'000>(40)};
        act([&](journal::Turn& turn) { return send_credit(turn, *officer, sent); }).value();
        IncomingTransfer incoming{
            "fedcba9876543277", facts("credit.sent").back(), {"0123456789abcdef"}, unknown};
        act([&](journal::Turn& turn) { return receive_credit(turn, command, incoming); }).value();
    }
    StatementParts parts(const api::Caller& who, std::optional<std::string> month = {}) {
        return reading_as(who, [&](const api::Reading& reading) {
            return statement_parts(reading, {std::move(month)}).value();
        });
    }
    // What staff of the area see one by one, of an account or of a kind.
    std::vector<PostingState> legs_in(AreaId area, std::optional<LedgerAccount> account,
                                      std::optional<std::string> kind = {}) {
        std::string path = path_of(area);
        std::vector<store::Param> params{{"kind", kind},
                                         {"from", Instant()},
                                         {"until", clock.now() + hours(1)},
                                         {"before_id", INT64_MAX},
                                         {"after_leg", 0},
                                         {"path", path},
                                         {"path_end", areas::path_end(path)},
                                         {"limit", 100}};
        if (account) params.emplace_back("account", std::string(label_of(*account)));
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.rows<PostingFigure>(account ? queries::posted_to : queries::posted_as,
                                               params);
        });
    }
    // As everybody reads a month that is over.
    Result<StatementParts> published(const std::string& month) {
        return reading_as(*liu.caller, [&](const api::Reading& reading) {
            return PublishedParts().open(reading, month);
        });
    }
    static const TotalWhy& total_of(const StatementParts& opened, LedgerAccount account) {
        return *std::ranges::find(opened.totals, account, &TotalWhy::account);
    }
    TimeStatement statement() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return statement_page(reading, {}).value();
        });
    }
};
HEZHI_ON_BOTH_ENGINES(WhyTime);

TEST_P(WhyTime, ABalanceOpensToItsPostingsEachWithItsClauseAndTheyAddUpToIt) {
    serve(zhang, 45);
    donate(zhang, 10).value();
    TimeFigureWhy opened = why(zhang);
    EXPECT_EQ(opened.minutes, 35);
    EXPECT_EQ(opened.came, 45);
    EXPECT_EQ(opened.went, 10);
    EXPECT_EQ(opened.postings, 2);
    EXPECT_EQ(sum_of(opened), opened.minutes);
    ASSERT_EQ(opened.items.size(), 2U);
    EXPECT_EQ(opened.items[0].fact_kind, "credit.donated");
    EXPECT_EQ(opened.items[0].clause.zh, pack().time_bank.clause.says.zh);
    EXPECT_EQ(opened.items[1].fact_kind, "earning.judged");
    EXPECT_EQ(opened.items[1].id, PostingId(last("earning.judged")));
    EXPECT_TRUE(opened.items[1].record_id);
    EXPECT_EQ(opened.items[1].clause.zh, pack().time_bank.earn_clause.says.zh);
    EXPECT_EQ(opened.items[1].clause.source, pack().time_bank.earn_clause.source);
    EXPECT_TRUE(opened.left_out.empty());
    // A page at a time, none twice.
    auto first = why(*officer, zhang.person, TimeFigure::person, from_the_newest, 1).value();
    ASSERT_TRUE(first.next_cursor);
    auto next = api::cursor_of(first.next_cursor).value().value();
    auto second = why(*officer, zhang.person, TimeFigure::person, next, 1).value();
    ASSERT_EQ(second.items.size(), 1U);
    EXPECT_EQ(second.items[0].id, opened.items[1].id);
    EXPECT_FALSE(second.next_cursor);
}

TEST_P(WhyTime, OpensToOneselfAndToStaffOfTheAreaAndToNobodyElse) {
    serve(zhang, 45);
    EXPECT_EQ(why(*zhang.caller, zhang.person, TimeFigure::person)->minutes, 45);
    EXPECT_EQ(why(*street_staff, zhang.person, TimeFigure::person)->minutes, 45);
    auto elsewhere = staff("district_officer", other_district);
    for (const auto* who : {liu.caller.get(), elsewhere.get(), grid_worker.get()}) {
        EXPECT_REFUSED(why(*who, zhang.person, TimeFigure::person), hezhi::refusals::not_found);
    }
    EXPECT_REFUSED(why(*officer, PersonId(99999999), TimeFigure::person),
                   hezhi::refusals::not_found);
    auto of_a_volunteer = reading_as(
        *zhang.caller, [&](const api::Reading& reading) { return statement_parts(reading, {}); });
    EXPECT_REFUSED(of_a_volunteer, hezhi::refusals::not_permitted);
}

TEST_P(WhyTime, WhatIsAboveTheCapOrEarnsNothingIsToldWithItsReason) {
    for (int i = 0; i < 5; ++i) enter(liu, 55);
    TimeFigureWhy opened = why(liu);
    EXPECT_EQ(opened.minutes, 240);
    EXPECT_EQ(sum_of(opened), 240);
    const TimeLeftOut* over = left_out(opened, "over_day");
    ASSERT_TRUE(over);
    EXPECT_EQ(over->minutes, 55);
    EXPECT_EQ(over->credited + over->pooled, 55);
    EXPECT_EQ(over->pooled, 35);
    EXPECT_EQ(over->clause.zh, pack().time_bank.caps_clause.says.zh);
    EXPECT_EQ(opened.left_out_times, 1);
    // The same minutes, from the side of the pool and of the month.
    TimeFigureWhy pooled = why(liu, TimeFigure::pooled);
    EXPECT_EQ(pooled.minutes, mine(liu).pooled);
    EXPECT_EQ(sum_of(pooled), 35);
    TimeFigureWhy month = why(liu, TimeFigure::month);
    EXPECT_EQ(month.minutes, mine(liu).month_credited);
    EXPECT_EQ(sum_of(month), 240);
    enter(zhao, 60, "environment_clean_up");
    EXPECT_TRUE(left_out(why(zhao), "not_eligible"));
    EXPECT_EQ(why(zhao).minutes, 0);
}

TEST_P(WhyTime, ARecordThatIsHeldForACallBackIsToldAsNotCountedYet) {
    serve(zhang, 45);
    const Fact judged = facts("earning.judged").back();
    RecordId record(judged.subject("record"));
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        SpotCheckOpened opened;
        opened.reasons = {"code_time"};
        opened.held = true;
        std::int64_t id = turn.append(
            draft(opened, {}, judged.place,
                  {{"spot_check", self}, {"record", record.value}, {"person", zhang.person.value}},
                  turn.now()));
        correct_earning(turn, record, judged.as<EarningJudged>().served.ends_at, 0);
        return id;
    }).value();
    TimeFigureWhy opened = why(*zhang.caller, zhang.person, TimeFigure::person).value();
    EXPECT_EQ(opened.minutes, 0);
    EXPECT_EQ(sum_of(opened), 0) << "earned and taken back";
    ASSERT_EQ(opened.left_out.size(), 1U) << "once, and not as reversed besides";
    EXPECT_EQ(opened.left_out[0].why, "waits_for_call");
    EXPECT_EQ(opened.left_out[0].record_id, record);
    EXPECT_EQ(opened.left_out[0].minutes, 45);
    EXPECT_EQ(opened.left_out_times, 1);
    EXPECT_TRUE(tells(parts(*officer), "waits_for_call"));
}

TEST_P(WhyTime, WhatAnOfficerTookBackIsToldAsReversedAndFollowsTheClauseOfWhatItUndid) {
    serve(zhang, 45);
    reverse(last("earning.judged"), officer).value();
    TimeFigureWhy opened = why(zhang);
    EXPECT_EQ(opened.minutes, 0);
    ASSERT_EQ(opened.items.size(), 2U);
    EXPECT_EQ(opened.items[0].clause.zh, pack().time_bank.earn_clause.says.zh);
    EXPECT_TRUE(opened.items[1].reversed);
    ASSERT_TRUE(left_out(opened, "reversed"));
    EXPECT_EQ(left_out(opened, "reversed")->credited, 0);
}

TEST_P(WhyTime, APageOfWhatWasEarnedReadsNoFactOfItsPostings) {
    for (int i = 0; i < 3; ++i) enter(liu, 55);
    reverse(last("earning.judged"), officer).value();
    int facts_read = 0;
    TimeFigureWhy opened = reading_as(*officer, [&](const api::Reading& reading) {
        reading.db.record([&](const store::Query& query, store::Params) {
            facts_read += query.name == queries::fact_of_posting.name ? 1 : 0;
        });
        auto found =
            why_figure(reading, liu.person, TimeFigure::person, from_the_newest, 50).value();
        reading.db.record({});
        return found;
    });
    EXPECT_EQ(opened.items.size(), 4U);
    EXPECT_EQ(facts_read, 0);
}

TEST_P(WhyTime, WhatWasGrantedAndHeldOpensToTheClauseOfItsGroupAndOfBooking) {
    Volunteer wang = elder("王秀英");
    for (int i = 0; i < 12 && balance(LedgerAccount::pool) < 600; ++i) {
        clock.advance(hours(2));
        enter(zhao, 360, "hospital_escort");
    }
    grant(wang).value();
    book(need_of(wang)).value();
    TimeFigureWhy granted = why(wang, TimeFigure::grant);
    EXPECT_EQ(granted.minutes, 555);
    EXPECT_EQ(sum_of(granted), 555);
    EXPECT_EQ(granted.items.back().clause.zh,
              pack().time_bank.grant("hardship_60")->clause.says.zh);
    TimeFigureWhy held = why(wang, TimeFigure::held);
    EXPECT_EQ(held.minutes, 45);
    ASSERT_EQ(held.items.size(), 1U);
    EXPECT_EQ(held.items[0].clause.zh, pack().time_bank.redeem_clause.says.zh);
    TimeFigureWhy booked = why(wang, TimeFigure::booked);
    EXPECT_EQ(booked.minutes, 45);
    EXPECT_EQ(sum_of(booked), 45);
    // It is over, and the timer has not come yet.
    clock.set(start_of(*parse_day("2026-05-01")));
    granted = why(wang, TimeFigure::grant);
    EXPECT_EQ(granted.minutes, 0);
    ASSERT_TRUE(left_out(granted, "grant_lapsed"));
    EXPECT_EQ(left_out(granted, "grant_lapsed")->minutes, 555);
    EXPECT_EQ(granted.items.front().fact_kind, "credit.held");
    EXPECT_EQ(left_out(granted, "grant_lapsed")->clause.zh,
              pack().time_bank.grant("hardship_60")->clause.says.zh);
    wait_until(clock.now());
    granted = why(wang, TimeFigure::grant);
    EXPECT_EQ(granted.minutes, 0);
    EXPECT_TRUE(granted.left_out.empty());
    EXPECT_EQ(granted.items.front().fact_kind, "credit.lapsed");
    EXPECT_EQ(granted.items.front().clause.zh, granted.items.back().clause.zh);
}

TEST_P(WhyTime, EveryTotalOfAMonthIsTheSumOfItsParts) {
    Volunteer mother = elder("王秀英");
    for (int i = 0; i < 5; ++i) enter(liu, 55);
    serve(zhang, 45);
    gift(zhang, mother, 30).value();
    donate(liu, 40).value();
    TimeStatement shown = statement();
    StatementParts opened = parts(*officer);
    ASSERT_EQ(opened.totals.size(), shown.accounts.size());
    for (std::size_t i = 0; i < shown.accounts.size(); ++i) {
        std::int64_t sum = 0;
        for (const auto& part : opened.totals[i].parts) {
            sum += *part.minutes;
            EXPECT_FALSE(part.clauses.empty()) << *part.fact_kind;
        }
        EXPECT_EQ(opened.totals[i].account, shown.accounts[i].account);
        EXPECT_EQ(opened.totals[i].minutes, sum);
        EXPECT_EQ(sum, shown.accounts[i].minutes) << label_of(shown.accounts[i].account);
    }
    std::int64_t delivered = 0;
    for (const auto& month : opened.delivered) delivered += *month.minutes;
    EXPECT_EQ(delivered, shown.delivered_minutes);
    EXPECT_EQ(std::ssize(opened.delivered), pack().time_bank.liability_served_months);
    EXPECT_TRUE(tells(opened, "over_day"));
    // Of a total the postings of one's own areas open one by one.
    auto listed = [&](AreaId area) {
        std::int64_t sum = 0;
        for (const auto& leg : legs_in(area, LedgerAccount::pool)) sum += leg.minutes;
        return sum;
    };
    EXPECT_EQ(listed(community), balance(LedgerAccount::pool));
    EXPECT_EQ(listed(other_district), 0);
}

TEST_P(WhyTime, OfAGiftOverTwoStreetsEachSeesTheLegOfItsOwnPerson) {
    Volunteer mother = elder("王秀英", other_subdistrict);
    serve(zhang, 45);
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        CreditGifted given;
        given.relation = "parent";
        given.legs = {{LedgerAccount::person, zhang.person, -30},
                      {LedgerAccount::person, mother.person, 30}};
        return turn.append(draft(
            given, command, Place{community, path_of(community)},
            {{"person", zhang.person.value}, {"recipient", mother.person.value}}, turn.now()));
    }).value();
    auto gifted = [&](AreaId area) { return legs_in(area, std::nullopt, "credit.gifted"); };
    auto here = gifted(subdistrict);
    ASSERT_EQ(here.size(), 1U);
    EXPECT_EQ(here[0].person, zhang.person);
    EXPECT_EQ(here[0].minutes, -30);
    auto there = gifted(other_subdistrict);
    ASSERT_EQ(there.size(), 1U);
    EXPECT_EQ(there[0].person, mother.person);
    EXPECT_EQ(there[0].minutes, 30);
    ASSERT_EQ(gifted(district).size(), 1U) << "both are its own: where it came to";
    EXPECT_EQ(gifted(district)[0].person, mother.person);
    // By the account as well, there with what was earned.
    EXPECT_EQ(legs_in(subdistrict, LedgerAccount::person).size(), 2U);
    auto of_the_account = legs_in(other_subdistrict, LedgerAccount::person);
    ASSERT_EQ(of_the_account.size(), 1U);
    EXPECT_EQ(of_the_account[0].person, mother.person);
    // The bank's own legs go with the person that they are about.
    EXPECT_EQ(legs_in(subdistrict, LedgerAccount::issued).size(), 1U);
    EXPECT_TRUE(legs_in(other_subdistrict, LedgerAccount::issued).empty());
}

TEST_P(WhyTime, TheLiabilityTellsHowManyPeopleOfUnknownAgeItLeavesOut) {
    serve(zhang, 45);
    EXPECT_EQ(statement().age_unknown_people, 0);
    give_to_somebody_of_unknown_age();
    TimeStatement shown = statement();
    EXPECT_EQ(shown.redeemable_minutes, 0);
    EXPECT_EQ(shown.age_unknown_people, 1);
    EXPECT_EQ(shown.age_unknown_minutes, 40);
    StatementParts opened = parts(*officer);
    EXPECT_EQ(opened.age_unknown_minutes, 40);
    EXPECT_EQ(opened.too_young_minutes, 5) << "what 张 kept";
    // The month that is published says it for ever.
    wait_until(start_of(*parse_day("2026-04-01")));
    const Fact fact = facts("statement.published").back();
    EXPECT_EQ(fact.as<StatementPublished>().age_unknown_people, 1);
    EXPECT_EQ(parts(*officer, "2026-03").age_unknown_minutes, 40);
    StatementParts for_all = published("2026-03").value();
    EXPECT_FALSE(for_all.age_unknown_people) << "one person";
    EXPECT_FALSE(for_all.age_unknown_minutes) << "what one person has";
    EXPECT_FALSE(for_all.too_young_minutes) << "the rest of the sum would tell it";
    EXPECT_FALSE(for_all.not_redeemable_minutes) << "all that people have is of a few postings";
    EXPECT_EQ(for_all.redeemable_minutes, 0);
    auto listed = reading_as(*liu.caller, [&](const api::Reading& reading) {
        PublishedParts months;
        return published_months(reading, months).value();
    });
    ASSERT_EQ(listed.items.size(), 1U);
    EXPECT_FALSE(listed.items[0].age_unknown_people);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(WhyTime, WhereThePackSetsNoAgeTheLiabilityLeavesNobodyOut) {
    serve(zhang, 45);
    give_to_somebody_of_unknown_age();
    auto ageless = hezhi::testing::changed_pack(pack(), "time_bank.toml", R"([redeem]
says = { zh = "任何年龄都可以使用。", en = "At any age." }
age_years_min = 0
)");
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, ageless, clock.now());
    }).value();
    EXPECT_EQ(statement().redeemable_minutes, 45);
    EXPECT_EQ(statement().age_unknown_people, 0);
    EXPECT_EQ(parts(*officer).too_young_minutes, 0);
}

TEST_P(WhyTime, APublishedMonthOpensToEverybodyWithoutTellingOfAFew) {
    serve(zhang, 45);
    donate(zhang, 10).value();
    enter(zhao, 60, "environment_clean_up");
    EXPECT_REFUSED(published("2026-03"), hezhi::refusals::not_found) << "it is not over";
    EXPECT_REFUSED(published("march"), hezhi::refusals::not_found);
    wait_until(start_of(*parse_day("2026-04-01")));
    StatementParts opened = published("2026-03").value();
    EXPECT_TRUE(opened.published_id);
    ASSERT_EQ(opened.totals.size(), 3U);
    for (const auto& total : opened.totals) {
        ASSERT_EQ(total.parts.size(), 1U) << label_of(total.account);
        EXPECT_FALSE(total.parts[0].fact_kind) << "one service and one donation are somebody's";
        EXPECT_FALSE(total.parts[0].postings);
        EXPECT_FALSE(total.parts[0].minutes) << "and so are their minutes";
        EXPECT_FALSE(total.minutes);
        EXPECT_EQ(total.parts[0].clauses.at(0).zh, pack().time_bank.statement_clause.says.zh);
    }
    ASSERT_EQ(opened.left_out.size(), 1U);
    EXPECT_EQ(opened.left_out[0].why, "few");
    EXPECT_FALSE(opened.left_out[0].times);
    EXPECT_FALSE(opened.left_out[0].minutes) << "one service";
    // Staff read all of it.
    EXPECT_EQ(total_of(parts(*officer, "2026-03"), LedgerAccount::pool).minutes, 10);
    for (int i = 0; i < 5; ++i) serve(liu, 45);
    wait_until(start_of(*parse_day("2026-05-01")));
    opened = published("2026-04").value();
    // What people have would tell the one donation, less what was earned: that stands with issued.
    const TotalWhy& own = total_of(opened, LedgerAccount::person);
    ASSERT_EQ(own.parts.size(), 2U);
    EXPECT_EQ(own.parts[0].fact_kind, "earning.judged");
    EXPECT_EQ(own.parts[0].minutes, 270);
    EXPECT_FALSE(own.parts[1].fact_kind);
    EXPECT_FALSE(own.parts[1].minutes);
    EXPECT_FALSE(own.minutes);
    const TotalWhy& issued = total_of(opened, LedgerAccount::issued);
    ASSERT_EQ(issued.parts.size(), 1U);
    EXPECT_EQ(issued.parts[0].fact_kind, "earning.judged");
    EXPECT_EQ(issued.parts[0].postings, 6);
}

TEST_P(WhyTime, APublishedMonthDoesNotTellWhatTheMonthBeforeDidNotHold) {
    for (int i = 0; i < 5; ++i) serve(liu, 45);
    for (int i = 0; i < 5; ++i) donate(liu, 10).value();
    wait_until(start_of(*parse_day("2026-04-01")));
    StatementParts opened = published("2026-03").value();
    const TotalWhy& before = total_of(opened, LedgerAccount::person);
    ASSERT_EQ(before.parts.size(), 2U);
    EXPECT_EQ(before.parts[0].fact_kind, "credit.donated");
    EXPECT_EQ(before.parts[0].minutes, -50);
    for (int i = 0; i < 5; ++i) serve(liu, 45);
    donate(liu, 17).value();
    wait_until(start_of(*parse_day("2026-05-01")));
    opened = published("2026-04").value();
    const TotalWhy& after = total_of(opened, LedgerAccount::person);
    ASSERT_EQ(after.parts.size(), 2U) << "-67 less -50 would tell the donation";
    EXPECT_EQ(after.parts[0].fact_kind, "earning.judged");
    EXPECT_FALSE(after.parts[1].fact_kind);
    EXPECT_FALSE(after.parts[1].minutes) << "and so would 450 less what people have";
    EXPECT_FALSE(after.minutes);
    EXPECT_FALSE(total_of(opened, LedgerAccount::pool).parts[0].minutes);
    // A month without any does not tell it either.
    wait_until(start_of(*parse_day("2026-06-01")));
    opened = published("2026-05").value();
    EXPECT_FALSE(total_of(opened, LedgerAccount::person).minutes);
    EXPECT_EQ(total_of(opened, LedgerAccount::person).parts.size(), 2U);
}

TEST_P(WhyTime, HowFewAreNotToldApartIsThePacks) {
    auto two = hezhi::testing::changed_pack(pack(), "time_bank.toml", R"([statement]
says = { zh = "不足 2 笔的不单列。", en = "Of fewer than two nothing is told apart." }
small_group = 2
)");
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, two, clock.now());
    }).value();
    for (int i = 0; i < 2; ++i) serve(liu, 45);
    wait_until(start_of(*parse_day("2026-04-01")));
    StatementParts opened = published("2026-03").value();
    const TotalWhy& own = total_of(opened, LedgerAccount::person);
    ASSERT_EQ(own.parts.size(), 1U);
    EXPECT_EQ(own.parts[0].fact_kind, "earning.judged");
    EXPECT_EQ(own.parts[0].postings, 2);
}

TEST_P(WhyTime, APublishedMonthIsReadOnceForEverybody) {
    for (int i = 0; i < 5; ++i) serve(liu, 45);
    wait_until(start_of(*parse_day("2026-04-01")));
    PublishedParts months;
    int read = 0;
    for (const auto* who : {liu.caller.get(), zhang.caller.get()}) {
        reading_as(*who, [&](const api::Reading& reading) {
            reading.db.record([&](const store::Query& query, store::Params) {
                read += query.name == queries::account_parts.name ? 1 : 0;
            });
            EXPECT_EQ(months.open(reading, "2026-03")->totals.size(), 2U);
            reading.db.record({});
            return true;
        });
        EXPECT_EQ(read, 1);
    }
}

}  // namespace
}  // namespace hezhi::time_bank
