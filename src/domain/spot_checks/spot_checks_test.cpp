// 真实时长: which signs hold a record, the draw that anybody repeats, the call by a third person,
// and what follows from a false record.
#include "domain/spot_checks/spot_checks.h"

#include <algorithm>
#include <set>

#include "domain/certification/certification_pages.h"
#include "domain/orders/sample_seed_figure.h"
#include "rules/pack_reader.h"
#include "support/world.h"

namespace hezhi::spot_checks {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const rules::TrueHoursRules& base_rules() {
    static const rules::Pack pack = *rules::read_pack_folder("packs/base");
    return pack.true_hours;
}

struct SignRow {
    const char* what;
    RecordSigns signs;
    const char* reasons;
};

// has an order, planned; parallel orders; pair minutes, all minutes, pair services; n-th of the
// day; minutes early, minutes after; late; entered around; then, where they matter, the percentage
// of the way, people with the code, at a post.
// clang-format off
const SignRow sign_rows[] = {
    {"an ordinary service",              {true, false, 0, 0, 600, 0, 1, 10, 5, false, 0}, ""},
    {"checked in twice at one time",     {true, false, 1, 0, 600, 0, 1, 0, 0, false, 0}, "parallel"},
    {"40 of 100 minutes with one person is within the share", {true, false, 0, 400, 1000, 5, 1, 0, 0, false, 0}, ""},
    {"401 of 1000 minutes is more",      {true, false, 0, 401, 1000, 5, 1, 0, 0, false, 0}, "same_pair"},
    {"four services with one person say nothing yet", {true, false, 0, 1000, 1000, 4, 1, 0, 0, false, 0}, ""},
    {"an agreed pairing is exempt",      {true, true, 0, 1000, 1000, 9, 8, 0, 0, false, 0}, ""},
    {"the sixth order of a day",         {true, false, 0, 0, 600, 0, 6, 0, 0, false, 0}, ""},
    {"the seventh order of a day",       {true, false, 0, 0, 600, 0, 7, 0, 0, false, 0}, "orders_a_day"},
    {"the code 60 minutes early",        {true, false, 0, 0, 600, 0, 1, 60, 0, false, 0}, ""},
    {"the code 61 minutes early",        {true, false, 0, 0, 600, 0, 1, 61, 0, false, 0}, "code_time"},
    {"the code 121 minutes after",       {true, false, 0, 0, 600, 0, 1, 0, 121, false, 0}, "code_time"},
    {"entered late, in a row of ten",    {false, false, 0, 0, 0, 0, 0, 0, 0, true, 10}, "late_entry bulk_entry"},
    {"nine entries in an hour",          {false, false, 0, 0, 0, 0, 0, 0, 0, false, 9}, ""},
    {"time for half of the way",         {true, false, 0, 0, 600, 0, 1, 0, 0, false, 0, 50}, ""},
    {"time for less than half of it",    {true, false, 0, 0, 600, 0, 1, 0, 0, false, 0, 49}, "travel"},
    {"a plan makes no way shorter",      {true, true, 0, 0, 600, 0, 1, 0, 0, false, 0, 0}, "travel"},
    {"two came and left together",       {true, false, 0, 0, 600, 0, 1, 0, 0, false, 0, 100, 2}, ""},
    {"three came and left together",     {true, false, 0, 0, 600, 0, 1, 0, 0, false, 0, 100, 3}, "shared_code"},
    {"at a post, in working hours",      {false, false, 0, 0, 0, 0, 0, 0, 0, false, 0, 100, 0, true}, "duty_hours"},
};
// clang-format on

TEST(Signs, HoldARecordAsTheTableSays) {
    for (const auto& row : sign_rows) {
        std::string reasons;
        for (const auto& key : reasons_to_hold(row.signs, base_rules())) {
            reasons += (reasons.empty() ? "" : " ") + key;
            EXPECT_NE(base_rules().clause_of(key), nullptr) << key;
        }
        EXPECT_EQ(reasons, row.reasons) << row.what;
    }
    EXPECT_TRUE(reasons_to_hold(sign_rows[1].signs, rules::TrueHoursRules{}).empty())
        << "a pack without the section";
    rules::TrueHoursRules older;
    older.checks = true;
    for (const auto& row : sign_rows) {
        for (const auto& key : reasons_to_hold(row.signs, older)) {
            EXPECT_TRUE(key != "travel" && key != "shared_code" && key != "duty_hours")
                << "a pack without these tables: " << row.what;
        }
    }
}

TEST(Draw, IsTheSameForWhoeverHasTheSeedAndAboutAsOftenAsThePercentage) {
    EXPECT_EQ(draw_of(1001, 42), draw_of(1001, 42));
    EXPECT_NE(draw_of(1001, 42), draw_of(1001, 43));
    int drawn = 0;
    for (std::int64_t order = 1; order <= 100000; ++order) drawn += is_drawn(order, 42, 5);
    EXPECT_NEAR(drawn, 5000, 250);
    EXPECT_FALSE(is_drawn(7, 42, 0));
    EXPECT_TRUE(is_drawn(7, 42, 100));
}

class SpotChecks : public hezhi::testing::World {
  protected:
    SpotChecks()
        : worker(staff("community_worker", community)),
          second_officer(staff("district_officer", district)),
          morning_look(*ledger, spot_checks::timers(people, random)) {}

    // Until every record of the day before was looked at.
    void next_morning() {
        clock.set(start_of(day_of(clock.now()) + 1) + minutes(10));
        while (morning_look.run_due() > 0) {
        }
    }
    // 张 and 刘 clean up; 张 forgot to check out until late in the evening.
    OrderId with_a_late_code() {
        OrderId id = accepted_order();
        clock.set(order(id).starts_at);
        for (const auto& who : {zhang, liu}) check_in(id, who).value();
        clock.set(order(id).ends_at);
        check_out(id, liu).value();
        clock.set(order(id).ends_at + hours(3));
        check_out(id, zhang).value();
        return id;
    }
    std::vector<SpotCheckState> checks() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            std::vector<SpotCheckState> found;
            for (const Fact& fact : facts("spot_check.opened")) {
                found.push_back(reading.load<SpotCheckFigure>(fact.position).value());
            }
            return found;
        });
    }
    SpotCheckState held() {
        for (const auto& check : checks()) {
            if (check.held) return check;
        }
        throw std::runtime_error("no record is held");
    }
    bool held_again(SpotCheckId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<SpotCheckFigure>(id)->held;
        });
    }
    Result<std::int64_t> answer(const api::Caller& who, SpotCheckId id, SpotCheckOutcome outcome,
                                const char* said = nullptr) {
        AnswerSpotCheck input;
        input.outcome = outcome;
        if (said) input.said = Text<0, 500>(said);
        return act([&](journal::Turn& turn) {
            return answer_spot_check(turn, who, spot_check_desk, id, input);
        });
    }
    Result<std::int64_t> settle(const api::Caller& who, SpotCheckId id, bool proven_false) {
        return act([&](journal::Turn& turn) {
            return settle_spot_check(turn, who, spot_check_desk, id,
                                     {proven_false, Text<1, 500>("当天不在家")});
        });
    }

    api::CallerPtr worker, second_officer;
    jobs::Scheduler morning_look;
};
HEZHI_ON_BOTH_ENGINES(SpotChecks);

TEST_P(SpotChecks, OpenSpotCheckHoldsWhatHasASignAndSaysWhy) {
    OrderId id = with_a_late_code();
    EXPECT_TRUE(checks().empty()) << "the morning after";
    next_morning();
    auto check = held();
    EXPECT_EQ(check.order_id, id);
    EXPECT_EQ(check.person, zhang.person);
    EXPECT_EQ(check.reasons, std::vector<std::string>{"code_time"});
    EXPECT_EQ(facts("sample.seeded").size(), 1U);    // SeedSample
    EXPECT_EQ(facts("spot_day.closed").size(), 1U);  // CloseSpotDay
    std::size_t opened = facts("spot_check.opened").size();
    morning_look.run_due();
    next_morning();
    EXPECT_EQ(facts("spot_check.opened").size(), opened) << "each record is looked at once";
    EXPECT_EQ(facts("spot_day.closed").size(), 1U) << "a day without records is no fact";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(SpotChecks, OpenSpotCheckHoldsAnOrderBesideAShiftAndTheShift) {
    const Instant day = tomorrow_at(0);
    activities::PublishActivity input;
    input.area_id = community;
    input.category.value = "environment_clean_up";
    input.title.value = "楼道清洁";
    input.place.value = "一号楼";
    input.risk.value = "防滑";
    input.shifts = {{day + hours(12), day + hours(14), Bounded<1, 100000>(5)}};
    std::int64_t activity =
        act([&](journal::Turn& turn) {
            return activities::publish_activity(turn, *street_staff, activity_desk, input);
        }).value();
    ShiftId shift = reading_as(*street_staff, [&](const api::Reading& reading) {
        return activities::activity_page(reading, activity_desk, ActivityId(activity))
            .value()
            .shifts.front()
            .id;
    });
    for (const auto& who : {zhang, liu}) {
        act([&](journal::Turn& turn) {
            return activities::join_shift(turn, *who.caller, shift);
        }).value();
    }
    OrderId id = accepted_order();  // from 9 to 11
    clock.set(day + hours(9));
    for (const auto& who : {zhang, liu}) check_in(id, who).value();
    clock.set(day + hours(11));
    check_out(id, liu).value();
    clock.set(day + hours(12) + minutes(5));
    for (const auto& who : {zhang, liu}) {
        act([&](journal::Turn& turn) {
            return activities::check_in_shift(turn, *street_staff, shift, who.person, true);
        }).value();
    }
    clock.set(day + hours(14) + minutes(5));
    act([&](journal::Turn& turn) {
        return activities::record_shift(turn, *street_staff, shift);
    }).value();
    // 张 goes on with the order, so that its record begins after the shift and overlaps nothing.
    clock.set(day + hours(14) + minutes(30));
    check_out(id, zhang).value();
    next_morning();
    int of_order = 0, of_shift = 0;
    for (const auto& check : checks()) {
        if (std::ranges::count(check.reasons, "parallel") == 0) continue;
        EXPECT_EQ(check.person, zhang.person) << "刘 had left the order before";
        (check.order_id ? of_order : of_shift) += 1;
    }
    EXPECT_EQ(of_order, 1);
    EXPECT_EQ(of_shift, 1);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(SpotChecks, OpenSpotCheckDrawsWhatTheSeedSays) {
    for (int i = 0; i < 3; ++i) {
        delivered_order();
        next_morning();
    }
    auto db = ledger->read();
    const orders::SampleSeed seed = orders::sample_seeds(*db, people).begin()->second;
    std::set<std::int64_t> drawn, expected;
    for (const Fact& fact : facts("spot_check.opened")) {
        if (fact.as<SpotCheckOpened>().sampled) drawn.insert(fact.subject("order"));
        EXPECT_EQ(fact.as<SpotCheckOpened>().percent, 5);
    }
    for (const Fact& fact : facts("order.checked_out")) {
        if (orders::is_drawn(seed, fact.subject("order"), 5))
            expected.insert(fact.subject("order"));
    }
    EXPECT_EQ(drawn, expected);
    EXPECT_EQ(facts("sample.seeded").size(), 1U) << "once a month";
}

TEST_P(SpotChecks, OpenSpotCheckDrawsTheServicesOfATeamByItsColour) {
    OrganizationId team = team_of({zhang, zhao});
    Subjects subjects{{"organization", team.value}, {"grade_proposal", self}};
    auto append = [&](const auto& payload) {
        return act([&](journal::Turn& turn) -> Result<std::int64_t> {
                   return turn.append(
                       draft(payload, {}, {community, path_of(community)}, subjects, turn.now()));
               })
            .value();
    };
    GradeProposed proposed;
    proposed.from = proposed.effective = GradeColor::blue;
    proposed.to = GradeColor::red;
    subjects["grade_proposal"] = append(proposed);
    delivered_order();
    next_morning();
    for (const Fact& fact : facts("spot_check.opened")) {
        EXPECT_EQ(fact.as<SpotCheckOpened>().percent, 5) << "nobody has confirmed it";
    }
    std::size_t before = checks().size();
    append(GradeConfirmed{GradeColor::red, GradeColor::red, clock.now()});
    OrderId id = delivered_order();
    next_morning();
    ASSERT_GT(checks().size(), before);
    std::int32_t of_zhang = 0, of_liu = 5;
    for (const Fact& fact : facts("spot_check.opened")) {
        if (fact.subject("order") != id.value) continue;
        auto percent = fact.as<SpotCheckOpened>().percent;
        (fact.subject("person") == zhang.person.value ? of_zhang : of_liu) = percent;
        EXPECT_TRUE(fact.as<SpotCheckOpened>().sampled);
    }
    EXPECT_EQ(of_zhang, 100) << "everything of a red team is called back";
    EXPECT_EQ(of_liu, 5) << "who belongs to no team is drawn as ever";
}

TEST_P(SpotChecks, AnswerSpotCheckIsForAThirdPerson) {
    with_a_late_code();
    next_morning();
    SpotCheckId id = held().id;
    api::Caller served = *worker;
    served.person = zhang.person;
    EXPECT_REFUSED(answer(served, id, SpotCheckOutcome::confirmed), refusals::not_a_third_person);
    api::Caller leads = *worker;
    leads.account = social_worker->account;
    EXPECT_REFUSED(answer(leads, id, SpotCheckOutcome::confirmed), refusals::not_a_third_person);
    EXPECT_REFUSED(answer(*social_worker, id, SpotCheckOutcome::confirmed),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(answer(*worker, id, SpotCheckOutcome::differs), refusals::words_missing);
    answer(*worker, id, SpotCheckOutcome::confirmed).value();
    EXPECT_FALSE(held_again(id));
    EXPECT_REFUSED(answer(*worker, id, SpotCheckOutcome::confirmed), refusals::check_state_forbids);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(SpotChecks, WhatHeldRecordsHadEarnedIsEarnedAgainOnceTheyAreConfirmed) {
    auto credited = [&] {
        return reading_as(*officer, [&](const api::Reading& reading) {
            auto earned = reading.load<time_bank::EarningFigure>(liu.person);
            return std::pair(earned->credited, earned->balance);
        });
    };
    clock.set(tomorrow_at(22));
    for (int i = 1; i <= 10; ++i) {
        records::EnterRecord input;
        input.person_id = liu.person;
        input.category.value = "errands";
        input.starts_at = clock.now() - hours(2 * i);
        input.ends_at = input.starts_at + minutes(30);
        input.unpaid = true;
        act([&](journal::Turn& turn) {
            return records::enter_record(turn, *social_worker, record_desk, input);
        }).value();
    }
    auto before = credited();
    EXPECT_GT(before.first, 0);
    next_morning();
    ASSERT_EQ(checks().size(), 10U) << "ten entries in an hour";
    EXPECT_EQ(credited(), std::pair(std::int64_t{0}, std::int64_t{0})) << "until somebody called";
    for (const auto& check : checks()) {
        answer(*worker, check.id, SpotCheckOutcome::confirmed).value();
    }
    EXPECT_EQ(credited(), before);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(SpotChecks, WhatIsAddedAfterTheCallIsLookedAtAgain) {
    clock.set(tomorrow_at(22));
    records::EnterRecord input;
    for (int i = 1; i <= 10; ++i) {
        input.person_id = liu.person;
        input.category.value = "errands";
        input.starts_at = clock.now() - hours(2 * i);
        input.ends_at = input.starts_at + minutes(30);
        input.unpaid = true;
        act([&](journal::Turn& turn) {
            return records::enter_record(turn, *social_worker, record_desk, input);
        }).value();
    }
    next_morning();
    auto opened = checks();
    ASSERT_EQ(opened.size(), 10U) << "ten entries in an hour";
    for (const auto& check : opened) {
        answer(*worker, check.id, SpotCheckOutcome::confirmed).value();
    }
    records::CorrectRecord more{input.starts_at, input.ends_at + minutes(15),
                                Text<1, 200>("核对签到表")};
    act([&](journal::Turn& turn) {
        return records::correct_record(turn, *social_worker, record_desk, opened.back().record,
                                       more);
    }).value();
    next_morning();
    ASSERT_EQ(checks().size(), 11U) << "the call said nothing of the 15 minutes";
    EXPECT_EQ(held().record, opened.back().record);
    next_morning();
    EXPECT_EQ(checks().size(), 11U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(SpotChecks, ALateEntryEarnsOnceItIsConfirmedByASecondPersonAndByTheCall) {
    clock.set(tomorrow_at(15));
    records::EnterRecord input;
    input.person_id = liu.person;
    input.category.value = "errands";
    input.starts_at = clock.now() - days(40);
    input.ends_at = input.starts_at + minutes(120);
    input.unpaid = true;
    input.late_reason.emplace("台账遗漏");
    RecordId id(act([&](journal::Turn& turn) {
                    return records::enter_record(turn, *social_worker, record_desk, input);
                }).value());
    next_morning();
    ASSERT_EQ(held().record, id);
    act([&](journal::Turn& turn) {
        return records::confirm_record(turn, *street_staff, id);
    }).value();
    EXPECT_TRUE(facts("earning.judged").empty()) << "nobody has called yet";
    answer(*worker, held().id, SpotCheckOutcome::confirmed).value();
    ASSERT_EQ(facts("earning.judged").size(), 1U);
    EXPECT_EQ(facts("earning.judged").front().as<EarningJudged>().credited, 55)
        << "a quarter above the 45 that are planned";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(SpotChecks, AnswerSpotCheckThreeTimesInVainGoesToAnOfficer) {
    with_a_late_code();
    next_morning();
    SpotCheckId id = held().id;
    for (int call = 1; call <= 3; ++call) {
        EXPECT_REFUSED(settle(*officer, id, false), refusals::check_state_forbids);
        answer(call == 1 ? *street_staff : *worker, id, SpotCheckOutcome::not_reached).value();
    }
    EXPECT_EQ(held().state, SpotCheckStep::not_reached) << "still held";
    api::Caller first = *officer;
    first.account = street_staff->account;
    EXPECT_REFUSED(settle(first, id, false), refusals::not_a_third_person)
        << "also who called before the last";
    settle(*officer, id, false).value();
    EXPECT_FALSE(held_again(id));
    EXPECT_TRUE(facts("record.corrected").empty());
}

TEST_P(SpotChecks, ARecordProvenFalseCountsInNoStarNoGateAndNoMonthAndSaysWhy) {
    OrderId id = with_a_late_code();
    auto minutes_of_star = [&](PersonId person) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<certification::StarFigure>(person)->minutes;
        });
    };
    auto page = [&] {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            auto state = reading.load<certification::CertificationFigure>(zhang.person).value();
            return certification::certification_page(reading, certification_desk, state);
        });
    };
    auto counted = [](const certification::Certification& shown) {
        std::int64_t sum = 0;
        for (const auto& fact : shown.facts) sum += fact.counts ? fact.minutes.value_or(0) : 0;
        return sum;
    };
    std::int64_t served = minutes_of_star(zhang.person);
    ASSERT_GT(served, 0);
    EXPECT_EQ(counted(page()), served);
    next_morning();
    auto check = held();
    answer(*street_staff, check.id, SpotCheckOutcome::differs, "那天没有人来").value();
    settle(*officer, check.id, true).value();
    EXPECT_EQ(minutes_of_star(zhang.person), 0);
    EXPECT_GT(minutes_of_star(liu.person), 0) << "hers was not false";
    auto shown = page();
    EXPECT_EQ(shown.star.minutes, 0);
    EXPECT_EQ(counted(shown), 0) << "the facts that count add up to the figure";
    int said = 0;
    for (const auto& fact : shown.facts) {
        bool of_record = fact.kind == "order.checked_out" || fact.kind == "record.corrected";
        if (!of_record) continue;
        EXPECT_FALSE(fact.counts) << fact.kind;
        EXPECT_EQ(fact.why, certification::NotCounted::proven_false) << fact.kind;
        ++said;
    }
    EXPECT_EQ(said, 2) << "the record, and what took it back";
    auto graded = reading_as(*officer, [&](const api::Reading& reading) {
        std::string key = std::to_string(id.value) + "-" + std::to_string(zhang.person.value);
        grading::GradedService one;
        one.service = reading.load<grading::GradedServiceFigure>(key).value();
        return one;
    });
    EXPECT_EQ(grading::counted_as(graded, clock.now()), grading::CountedAs::proven_false);
    EXPECT_EQ(grading::counted_as(graded, graded.service.known_at), grading::CountedAs::completed)
        << "a month that was computed before knew no better";
    auto rows = reading_as(*officer, [&](const api::Reading& reading) {
        return grading::subject_rows(reading.db, GradeSubject::person, zhang.person.value,
                                     clock.now() - days(30), clock.now());
    });
    ASSERT_EQ(rows.services.size(), 1U);
    EXPECT_EQ(grading::counted_as(rows.services.front(), clock.now()),
              grading::CountedAs::proven_false)
        << "as the month reads it";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(SpotChecks, SettleSpotCheckOfAFalseRecordTakesItsMinutesAndProposesRed) {
    with_a_late_code();
    next_morning();
    auto check = held();
    answer(*street_staff, check.id, SpotCheckOutcome::differs, "那天没有人来").value();
    api::Caller called = *officer;
    called.account = street_staff->account;
    EXPECT_REFUSED(settle(called, check.id, true), refusals::not_a_third_person);
    settle(*officer, check.id, true).value();
    auto record = reading_as(*officer, [&](const api::Reading& reading) {
        return reading.load<records::RecordFigure>(check.record).value();
    });
    EXPECT_EQ(record.minutes, 0);
    EXPECT_EQ(record.corrections, 1) << "what it said before stays as a version";
    ASSERT_EQ(facts("grade.proposed").size(), 1U);
    GradeProposalId proposal(facts("grade.proposed").front().position);
    auto confirm = [&](const api::Caller& who) {
        return act([&](journal::Turn& turn) {
            return grading::confirm_grade(turn, who, grade_desk, proposal, "编造记录");
        });
    };
    EXPECT_REFUSED(confirm(*officer), grading::refusals::own_grade_proposal);
    confirm(*second_officer).value();
    EXPECT_REFUSED(settle(*officer, check.id, true), refusals::check_state_forbids);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::spot_checks
