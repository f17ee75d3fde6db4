// What time may be used for, given to and passed on to.
#include "domain/time_bank/test_bank.h"
#include "domain/time_bank/why.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::hours;
using std::chrono::minutes;

class UsingTime : public TimeBankWorld {
  protected:
    // By what 刘 serves above her caps.
    void fill_the_pool() {
        for (int i = 0; i < 20; ++i) {
            records::EnterRecord input;
            input.person_id = liu.person;
            input.category.value = "hospital_escort";
            clock.advance(hours(7));
            input.starts_at = clock.now() - hours(6);
            input.ends_at = clock.now();
            input.unpaid = true;
            act([&](journal::Turn& turn) {
                return records::enter_record(turn, *social_worker, record_desk, input);
            }).value();
        }
        ASSERT_GE(balance(LedgerAccount::pool), 600);
    }
    std::int64_t granted_shown(const Volunteer& who) {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return account_page(reading, time_bank_desk, who.person).value().granted;
        });
    }
};
HEZHI_ON_BOTH_ENGINES(UsingTime);

TEST_P(UsingTime, GiftCreditReachesARelativeWhoMayUseItAndNoFurther) {
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    EXPECT_REFUSED(gift(zhang, liu, 10), refusals::may_not_redeem);
    EXPECT_REFUSED(gift(zhang, mother, 10, "colleague"), refusals::relation_not_allowed);
    EXPECT_REFUSED(gift(zhang, mother, 46), refusals::credit_too_low);
    EXPECT_REFUSED(gift(zhang, zhang, 10), refusals::own_posting);
    EXPECT_REFUSED(gift(zhang, mother, 6001), refusals::gift_year_used_up);
    gift(zhang, mother, 30).value();
    EXPECT_EQ(balance(zhang), 15);
    EXPECT_EQ(balance(mother), 30);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, GrantCreditComesFromThePoolOnceAMonthAndLapseCreditTakesTheRestBack) {
    Volunteer wang = elder("王秀英");
    EXPECT_REFUSED(grant(wang), refusals::credit_too_low);
    fill_the_pool();
    std::int64_t pool = balance(LedgerAccount::pool);
    EXPECT_REFUSED(grant(wang, "alone_80"), refusals::group_does_not_fit);
    EXPECT_REFUSED(grant(wang, "nobody"), refusals::group_unknown);
    EXPECT_REFUSED(grant(liu), refusals::group_does_not_fit);
    grant(wang).value();
    EXPECT_REFUSED(grant(wang), refusals::granted_already);
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 600);
    OrderId order(book(need_of(wang)).value());
    EXPECT_EQ(this->order(order).funding, Funding::grant) << "what was granted is used first";
    std::string group = reading_as(
        *officer, [&](const api::Reading& reading) { return grant_group_of(reading, order); });
    EXPECT_EQ(group, "hardship_60") << "its page says that clause";
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 555);
    wait_until(start_of(*parse_day("2026-04-01")));
    EXPECT_EQ(facts("credit.lapsed").size(), 1U);
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 0);
    EXPECT_EQ(balance(LedgerAccount::pool), pool - 45) << "45 are held for the order";
    cancel(order).value();
    EXPECT_EQ(balance(LedgerAccount::pool), pool) << "too late to be used: to the pool";
    grant(wang).value();
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, GrantCreditOfLastMonthIsNeitherUsedNorMixedWithTheNextBeforeTheTimerCame) {
    Volunteer wang = elder("王秀英");
    fill_the_pool();
    for (int i = 0; i < 10; ++i) open_order(report_need());  // of these a share may be booked
    std::int64_t pool = balance(LedgerAccount::pool);
    grant(wang).value();
    OrderId held(book(need_of(wang)).value());
    clock.set(start_of(*parse_day("2026-04-01")));  // midnight; no timer has run
    NeedId later = need_of(wang);
    EXPECT_REFUSED(book(later), refusals::credit_too_low) << "lapsed, though it stands there";
    EXPECT_EQ(granted_shown(wang), 0) << "the desk sees none of it";
    grant(wang).value();
    EXPECT_EQ(facts("credit.lapsed").size(), 1U);
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 600) << "not 1155";
    cancel(held).value();
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 600) << "March is not April's";
    EXPECT_EQ(balance(LedgerAccount::pool), pool - 600);
    OrderId april(book(later).value());
    cancel(april).value();
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 600) << "its own month's goes back";
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, HoldCreditWhenAnOrderIsBookedSettleCreditWhenItIsConfirmed) {
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    gift(zhang, mother, 45).value();
    OrderId id(book(need_of(mother)).value());
    EXPECT_EQ(order(id).funding, Funding::credit);
    EXPECT_EQ(balance(mother), 0);
    EXPECT_EQ(balance(LedgerAccount::held, mother.person), 45);
    EXPECT_REFUSED(book(need_of(mother)), refusals::share_used_up);
    offer(id, {liu}).value();
    accept(id, liu).value();
    clock.set(order(id).starts_at);
    check_in(id, liu).value();
    clock.advance(minutes(30));
    check_out(id, liu).value();
    confirm(id).value();
    EXPECT_EQ(balance(LedgerAccount::redeemed), 30) << "what was served";
    EXPECT_EQ(balance(mother), 15) << "the rest came back";
    EXPECT_EQ(balance(LedgerAccount::held, mother.person), 0);
    EXPECT_EQ(balance(liu), 30);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, TheReservedShareIsOfTheDaysThatThePackSays) {
    judge_by(R"([redeem]
says = { zh = "满 60 周岁可以预约，份额按近 7 天计算。", en = "From 60 on; the share is of 7 days." }
reserved_days = 7
)");
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    serve(liu, 45);
    gift(zhang, mother, 45).value();
    gift(liu, mother, 45).value();
    book(need_of(mother)).value();
    EXPECT_REFUSED(book(need_of(mother)), refusals::share_used_up);
    clock.advance(hours(24 * 7 + 1));
    book(need_of(mother)).value();
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, WhatWasGrantedIsUsedAtTheAgeOfTheGrant) {
    judge_by(R"([redeem]
says = { zh = "满 95 周岁可以预约。", en = "From 95 on." }
age_years_min = 95
)");
    Volunteer wang = elder("王秀英");
    fill_the_pool();
    EXPECT_REFUSED(book(need_of(wang)), refusals::may_not_redeem);
    grant(wang).value();
    OrderId id(book(need_of(wang)).value());
    EXPECT_EQ(order(id).funding, Funding::grant);
    EXPECT_EQ(balance(LedgerAccount::grant, wang.person), 555);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, AShareOfNothingBooksNothing) {
    judge_by(R"([redeem]
says = { zh = "暂不预约。", en = "Nothing is booked for now." }
reserved_percent = 0
)");
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    gift(zhang, mother, 45).value();
    EXPECT_REFUSED(book(need_of(mother)), refusals::share_used_up);
}

TEST_P(UsingTime, ReleaseCreditWhenTheOrderIsCancelled) {
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    gift(zhang, mother, 45).value();
    OrderId id(book(need_of(mother)).value());
    cancel(id).value();
    EXPECT_EQ(balance(mother), 45);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, ReleaseCreditChargesNobodyWhereNobodyCameOrBeforeTheService) {
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    gift(zhang, mother, 45).value();
    auto cancel_as_absent = [&](OrderId id) {
        act([&](journal::Turn& turn) {
            return orders::cancel_order(turn, *street_staff, desk, id, "上门无人", true);
        }).value();
    };
    for (int i = 0; i < 10; ++i) open_order(report_need());  // of these a share may be booked
    OrderId accepted(book(need_of(mother)).value());
    offer(accepted, {liu}).value();
    accept(accepted, liu).value();
    cancel_as_absent(accepted);
    EXPECT_EQ(balance(mother), 45) << "the service had not begun";
    OrderId open(book(need_of(mother)).value());
    clock.set(order(open).starts_at);
    cancel_as_absent(open);
    EXPECT_EQ(balance(mother), 45) << "nobody had accepted";
    EXPECT_EQ(balance(LedgerAccount::pool), 0);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, ReleaseCreditChargesWhoeverBookedAndWasNotThere) {
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    gift(zhang, mother, 45).value();
    OrderId id(book(need_of(mother)).value());
    offer(id, {liu}).value();
    accept(id, liu).value();
    clock.set(order(id).starts_at);
    act([&](journal::Turn& turn) {
        return orders::cancel_order(turn, *street_staff, desk, id, "上门无人", true);
    }).value();
    EXPECT_EQ(balance(mother), 15);
    EXPECT_EQ(balance(LedgerAccount::pool), 30);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, InTheMutualModelWhoeverBookedPaysWhoeverServesDownToTheOverdraft) {
    judge_by(R"([bank]
says = { zh = "会员之间互助，可以先用后还。", en = "Members help each other and may use first." }
model = "mutual"
overdraft_minutes_max = 60
[redeem]
says = { zh = "会员都可以预约。", en = "Every member may book." }
age_years_min = 0
)");
    EXPECT_REFUSED(book(need_of(zhao), "home_cleaning"), refusals::credit_too_low)
        << "90 minutes of two people are more than the overdraft";
    OrderId id(book(need_of(zhao)).value());
    offer(id, {zhang}).value();
    accept(id, zhang).value();
    clock.set(order(id).starts_at);
    check_in(id, zhang).value();
    clock.advance(minutes(40));
    check_out(id, zhang).value();
    confirm(id).value();
    EXPECT_EQ(balance(zhao), -40) << "she owes what was served; 5 of 45 came back";
    EXPECT_EQ(balance(zhang), 40);
    EXPECT_EQ(balance(LedgerAccount::issued), 0) << "nothing is issued where members pay";
    auto take_over = [&](const Volunteer& of) {
        TakeOverCredit input{of.person, clock.now(), Text<1, 200>("死亡医学证明")};
        return act([&](journal::Turn& turn) {
            return take_over_credit(turn, *officer, time_bank_desk, input);
        });
    };
    EXPECT_REFUSED(take_over(zhao), refusals::credit_too_low) << "an overdraft is no estate";
    take_over(zhang).value();
    EXPECT_EQ(balance(zhang), 0);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, RestCreditAfterTwoYearsAndWakeCreditWhenADocumentIsShown) {
    auto wake = [&] {
        return act(
            [&](journal::Turn& turn) { return wake_credit(turn, *street_staff, zhang.person); });
    };
    serve(zhang, 45);
    EXPECT_REFUSED(wake(), refusals::account_awake);
    wait_until(start_of(*parse_day("2028-03-05")));
    EXPECT_TRUE(facts("credit.rested").empty());
    wait_until(start_of(*parse_day("2028-03-07")));
    ASSERT_EQ(facts("credit.rested").size(), 1U);
    EXPECT_EQ(balance(zhang), 45) << "the balance stays";
    EXPECT_REFUSED(donate(zhang, 10), refusals::account_dormant);
    wake().value();
    donate(zhang, 10).value();
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, NameBeneficiaryThenTakeOverCreditInTimeAndToThePoolAfterwards) {
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    NameBeneficiary named{zhang.person, mother.person, Text<1, 40>("parent")};
    act([&](journal::Turn& turn) { return name_beneficiary(turn, *street_staff, named); }).value();
    auto take_over = [&](const Volunteer& of, Instant died_at) {
        TakeOverCredit input{of.person, died_at, Text<1, 200>("死亡医学证明")};
        return act([&](journal::Turn& turn) {
            return take_over_credit(turn, *officer, time_bank_desk, input);
        });
    };
    EXPECT_REFUSED(take_over(zhang, clock.now() + hours(24)), hezhi::refusals::invalid_input);
    std::int64_t id = take_over(zhang, clock.now()).value();
    EXPECT_EQ(balance(mother), 45);
    EXPECT_EQ(page(id, *officer).reason, "死亡医学证明");
    EXPECT_REFUSED(take_over(zhang, clock.now()), refusals::credit_too_low);
    serve(liu, 45);
    take_over(liu, clock.now()).value();
    EXPECT_EQ(balance(LedgerAccount::pool), 45) << "nobody was named";
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST(MonthsLater, KeepsTheDayOrTakesTheLastOfTheMonth) {
    auto later = [](const char* day, int months) {
        return to_string(day_of(months_later(start_of(*parse_day(day)) + hours(9), months)));
    };
    EXPECT_EQ(later("2026-03-05", 24), "2028-03-05");
    EXPECT_EQ(later("2026-11-30", 3), "2027-02-28");
    EXPECT_EQ(later("2024-02-29", 12), "2025-02-28");
    EXPECT_EQ(later("2026-12-31", 1), "2027-01-31");
}

TEST_P(UsingTime, AnAssessedNeedIsFreeAndOnlyComfortIsBooked) {
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    gift(zhang, mother, 20).value();
    EXPECT_REFUSED(book(need_of(mother)), refusals::credit_too_low);
    EXPECT_REFUSED(book(need_of(mother), "meal_delivery"), refusals::not_redeemable);
    EXPECT_REFUSED(book(report_need()), refusals::may_not_redeem) << "nobody knows for whom";
    NeedId need = need_of(mother);
    act([&](journal::Turn& turn) {
        return needs::triage_need(turn, *social_worker, need, {PriorityClass::P3, true});
    }).value();
    needs::AssessNeed assessment;
    assessment.consent = true;
    act([&](journal::Turn& turn) {
        return needs::assess_need(turn, *social_worker, people, need, assessment);
    }).value();
    EXPECT_REFUSED(book(need), refusals::need_is_free);
    OrderId free = open_order(need, "errands");
    EXPECT_EQ(order(free).funding, Funding::public_service);
    EXPECT_EQ(balance(mother), 20);
}

TEST_P(UsingTime, TheStatementIsTotalsThatAddUpToZero) {
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    gift(zhang, mother, 30).value();
    donate(zhang, 5).value();
    auto statement = reading_as(
        *officer, [&](const api::Reading& reading) { return statement_page(reading, {}).value(); });
    std::int64_t sum = 0;
    for (const auto& account : statement.accounts) sum += account.minutes;
    EXPECT_EQ(sum, 0);
    EXPECT_EQ(statement.delivered_minutes, 45);
    EXPECT_EQ(statement.redeemable_minutes, 30) << "of the one who may use it";
    EXPECT_EQ(statement.liability_percent, 66);
    EXPECT_EQ(statement.liability, Liability::covered);
    EXPECT_EQ(statement.flows.size(), 3U);
    auto wrong = reading_as(*officer, [&](const api::Reading& reading) {
        return statement_page(reading, {"last year"});
    });
    EXPECT_REFUSED(wrong, hezhi::refusals::invalid_input);
    for (const char* month : {"9999-12", "0000-01", "-999-01"}) {
        auto far = reading_as(*officer, [&](const api::Reading& reading) {
            return statement_page(reading, {month});
        });
        EXPECT_REFUSED(far, hezhi::refusals::invalid_input);
    }
}

TEST_P(UsingTime, TheStatementLooksBackAsManyMonthsAsThePackSays) {
    serve(zhang, 45);
    clock.set(start_of(*parse_day("2026-05-02")));
    auto delivered = [&] {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return statement_page(reading, {}).value().delivered_minutes;
        });
    };
    EXPECT_EQ(delivered(), 45) << "twelve months unless the pack says otherwise";
    judge_by(R"([liability]
says = { zh = "与近 2 个月计入的时间相比。", en = "Against what was credited in 2 months." }
served_months = 2
)");
    EXPECT_EQ(delivered(), 0) << "served in March, and only April and May count";
}

TEST_P(UsingTime, PublishStatementClosesAMonthAndLaterChangesDoNotTouchIt) {
    Volunteer mother = elder("王秀英");
    serve(zhang, 45);
    std::int64_t earned = last("earning.judged");
    gift(zhang, mother, 30).value();
    wait_until(start_of(*parse_day("2026-04-01")) - hours(1));
    EXPECT_TRUE(facts("statement.published").empty()) << "the month is not over";
    wait_until(start_of(*parse_day("2026-04-01")));
    ASSERT_EQ(facts("statement.published").size(), 1U);
    Fact fact = facts("statement.published").back();
    const auto& published = fact.as<StatementPublished>();
    EXPECT_EQ(published.month, "2026-03");
    EXPECT_EQ(published.delivered_minutes, 45);
    EXPECT_EQ(published.redeemable_minutes, 30);
    EXPECT_EQ(published.liability_percent, 66);
    std::int64_t sum = 0;
    for (const auto& account : published.accounts) sum += account.minutes;
    EXPECT_EQ(sum, 0);
    auto page_of = [&](std::string month) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return statement_page(reading, {std::move(month)}).value();
        });
    };
    // What is corrected in April is April's; it would change what March counts as delivered.
    reverse(earned, officer).value();
    EXPECT_EQ(page_of("2026-03").delivered_minutes, 45);
    EXPECT_EQ(page_of("2026-03").published_id, PostingId(fact.position));
    EXPECT_EQ(page_of("2026-04").published_id, std::nullopt) << "provisional";
    EXPECT_EQ(page_of("2026-04").delivered_minutes, 0);
    // A month that nothing moved in is published as well, each once.
    for (int i = 0; i < 4; ++i) wait_until(start_of(*parse_day("2026-06-02")));
    EXPECT_EQ(facts("statement.published").size(), 3U);
    auto months = reading_as(*zhang.caller, [&](const api::Reading& reading) {
        PublishedParts parts;
        return published_months(reading, parts).value();
    });
    ASSERT_EQ(months.items.size(), 3U);
    EXPECT_EQ(months.items.front().month, "2026-05");
    EXPECT_EQ(months.items.back().earned_minutes, std::nullopt) << "of one service";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(UsingTime, PublishStatementRefusesWhatWasReadBeforeTheLastPosting) {
    serve(zhang, 45);
    MonthTotals early;
    early.from = start_of(*parse_day("2026-03-01"));
    early.until = start_of(*parse_day("2026-04-01"));
    early.position = last("earning.judged") - 1;
    clock.set(early.until);
    EXPECT_REFUSED(act([&](journal::Turn& turn) { return publish_statement(turn, early); }),
                   hezhi::refusals::not_found);
    early.position = last("earning.judged");
    act([&](journal::Turn& turn) { return publish_statement(turn, early); }).value();
    EXPECT_REFUSED(act([&](journal::Turn& turn) { return publish_statement(turn, early); }),
                   hezhi::refusals::not_found);
}

}  // namespace
}  // namespace hezhi::time_bank
