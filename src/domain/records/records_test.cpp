// 服务记录: working days, lock, second person, versions; no minute twice; what is not recorded.
#include "domain/records/records.h"

#include <random>

#include "support/world.h"

namespace hezhi::records {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Instant at(std::string_view day, int hour, int minute = 0) {
    return start_of(parse_day(day).value()) + hours(hour) + minutes(minute);
}

class Records : public hezhi::testing::World {
  protected:
    EnterRecord served(Instant from, Instant to) {
        EnterRecord input;
        input.person_id = zhang.person;
        input.category.value = "environment_clean_up";
        input.starts_at = from;
        input.ends_at = to;
        input.unpaid = true;
        return input;
    }
    Result<std::int64_t> enter(const EnterRecord& input, const api::CallerPtr& who) {
        return act(
            [&](journal::Turn& turn) { return enter_record(turn, *who, record_desk, input); });
    }
    Result<std::int64_t> enter(const EnterRecord& input) { return enter(input, social_worker); }
    Result<std::int64_t> correct(RecordId id, Instant from, Instant to, const api::CallerPtr& who) {
        CorrectRecord input{from, to, Text<1, 200>("核对签到表")};
        return act([&](journal::Turn& turn) {
            return correct_record(turn, *who, record_desk, id, input);
        });
    }
    Result<std::int64_t> confirm_by(RecordId id, const api::CallerPtr& who) {
        return act([&](journal::Turn& turn) { return confirm_record(turn, *who, id); });
    }
    Result<std::int64_t> reject(RecordId id, const api::CallerPtr& who) {
        return act([&](journal::Turn& turn) {
            return reject_record(turn, *who, record_desk, id, "签到表上没有此人");
        });
    }
    Result<std::int64_t> dispute(RecordId id, const api::CallerPtr& who) {
        return act([&](journal::Turn& turn) {
            return dispute_record(turn, *who, record_desk, id, "少记了半小时");
        });
    }
    RecordState record(RecordId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<RecordFigure>(id).value();
        });
    }
    ServiceRecord page(RecordId id, const api::CallerPtr& who) {
        return reading_as(*who, [&](const api::Reading& reading) {
            return record_page(reading, record_desk, id).value();
        });
    }
    std::int64_t minutes_of_zhang() {
        auto db = ledger->read();
        return minutes_of(*db, zhang.person);
    }
    RecordId record_of_order(OrderId id, PersonId person) {
        auto db = ledger->read();
        static constexpr store::Query of_order{
            "test.record_of_order",
            "SELECT id FROM figure_service_records WHERE order_id = :id AND person = :person"};
        auto row = db->row(of_order, {{"id", id}, {"person", person}});
        return row ? row->id<RecordId>("id") : RecordId();
    }
};
HEZHI_ON_BOTH_ENGINES(Records);

TEST_P(Records, AreMadeByEachCheckOutWithItsWholeMinutes) {
    OrderId id = accepted_order();
    clock.set(order(id).starts_at);
    check_in(id, zhang).value();
    check_in(id, liu).value();
    clock.advance(minutes(45) + Millis(59999));
    check_out(id, zhang).value();
    RecordState made = record(record_of_order(id, zhang.person));
    EXPECT_EQ(made.minutes, 45);
    EXPECT_EQ(made.ends_at - made.starts_at, minutes(45));
    EXPECT_EQ(made.ends_at, clock.now());
    EXPECT_EQ(minutes_of_zhang(), 45);
    EXPECT_FALSE(record_of_order(id, liu.person)) << "刘 still serves";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Records, OfAProfessionalAreNotMadeBecauseItIsDutyTime) {
    auto professional_one = professional(community);
    OrderId id = open_order(report_need(), "adolescent_counselling");
    offer(id, {professional_one}).value();
    accept(id, professional_one).value();
    clock.set(order(id).starts_at);
    check_in(id, professional_one).value();
    clock.advance(minutes(50));
    check_out(id, professional_one).value();
    EXPECT_EQ(order(id).minutes, 50) << "the order keeps its minutes";
    EXPECT_FALSE(record_of_order(id, professional_one.person));
}

TEST_P(Records, CountAForgottenCheckOutOnlyFromWhatWasRecordedSince) {
    OrderId id = accepted_order();
    clock.set(order(id).starts_at);
    check_in(id, zhang).value();
    clock.advance(hours(4));
    // In between the leader enters another service of hers.
    Instant from = order(id).starts_at + hours(2), to = order(id).starts_at + hours(3);
    enter(served(from, to)).value();
    check_out(id, zhang).value();
    RecordState made = record(record_of_order(id, zhang.person));
    EXPECT_EQ(made.minutes, 60);
    EXPECT_EQ(made.starts_at, to);
    EXPECT_EQ(minutes_of_zhang(), 120);
}

// Ten working days after the day of the service, over holidays and worked weekends.
TEST_P(Records, AreEnteredWithinTenWorkingDaysOfTheCalendar) {
    struct Case {
        const char* served_on;
        const char* last_day;
    };
    constexpr Case cases[] = {
        {"2026-03-09", "2026-03-23"},  // ten plain weekdays
        {"2026-03-14", "2026-03-27"},  // served on a Saturday
        {"2026-03-26", "2026-04-10"},  // over Qingming, whose Monday is off
        {"2026-04-24", "2026-05-12"},  // over Labour Day; Saturday 9 May is worked
        {"2026-09-18", "2026-10-09"},  // over two holidays; Sunday 20 September is worked
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.served_on);
        clock.set(std::max(clock.now(), at(one.last_day, 17, 29)));
        EXPECT_TRUE(enter(served(at(one.served_on, 9), at(one.served_on, 10))).has_value());
        clock.set(at(one.last_day, 17, 31));
        auto late = served(at(one.served_on, 14), at(one.served_on, 15));
        EXPECT_REFUSED(enter(late), refusals::late_reason_missing);
    }
}

TEST_P(Records, EnteredLateCountOnlyAfterASecondPersonAgreed) {
    auto late = served(at("2026-03-02", 9), at("2026-03-02", 11));
    clock.set(at("2026-03-20", 10));
    late.late_reason = Text<0, 200>("纸质签到表刚刚交来");
    RecordId id(enter(late).value());
    EXPECT_EQ(record(id).state, RecordStep::waiting);
    EXPECT_EQ(minutes_of_zhang(), 0);
    EXPECT_REFUSED(enter(late), refusals::record_overlaps);
    EXPECT_REFUSED(confirm_by(id, social_worker), refusals::second_person_needed);
    confirm_by(id, street_staff).value();
    EXPECT_EQ(record(id).state, RecordStep::entered);
    EXPECT_TRUE(record(id).late);
    EXPECT_EQ(record(id).corrections, 0);
    EXPECT_EQ(minutes_of_zhang(), 120);
    EXPECT_EQ(page(id, officer).versions.front().reason, "纸质签到表刚刚交来");
    EXPECT_REFUSED(confirm_by(id, street_staff), refusals::record_state_forbids);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Records, EnteredLateAndRejectedCountNothingAndLeaveTheTimeFree) {
    auto late = served(at("2026-03-02", 9), at("2026-03-02", 11));
    clock.set(at("2026-03-20", 10));
    late.late_reason = Text<0, 200>("补交");
    RecordId id(enter(late).value());
    reject(id, street_staff).value();
    EXPECT_EQ(record(id).state, RecordStep::rejected);
    EXPECT_EQ(minutes_of_zhang(), 0);
    EXPECT_TRUE(enter(late).has_value()) << "with better evidence it may be entered again";
}

TEST_P(Records, KeepEveryVersionWhenTheyAreCorrected) {
    RecordId id(enter(served(at("2026-03-04", 9), at("2026-03-04", 11))).value());
    correct(id, at("2026-03-04", 9), at("2026-03-04", 10, 30), street_staff).value();
    EXPECT_EQ(record(id).minutes, 90);
    auto shown = page(id, officer);
    ASSERT_EQ(shown.versions.size(), 2U);
    EXPECT_EQ(shown.versions[0].minutes, 120);
    EXPECT_EQ(shown.versions[1].minutes, 90);
    EXPECT_EQ(shown.versions[1].reason, "核对签到表");
    EXPECT_EQ(shown.corrections, 1);
    EXPECT_REFUSED(correct(id, at("2026-03-04", 9), at("2026-03-06", 9), street_staff),
                   refusals::record_time_invalid);
    correct(id, at("2026-03-04", 9), at("2026-03-04", 9), street_staff).value();
    EXPECT_EQ(minutes_of_zhang(), 0) << "a record of what did not happen is corrected to nothing";
    EXPECT_EQ(page(id, officer).versions.size(), 3U);
}

TEST_P(Records, ThatAreLockedAreCorrectedWithASecondPersonOnly) {
    RecordId id(enter(served(at("2026-03-04", 9), at("2026-03-04", 11))).value());
    clock.set(record(id).lock_at + minutes(1));
    EXPECT_TRUE(page(id, officer).locked);
    correct(id, at("2026-03-04", 9), at("2026-03-04", 10), street_staff).value();
    EXPECT_EQ(record(id).minutes, 120) << "until somebody else has agreed";
    EXPECT_REFUSED(confirm_by(id, street_staff), refusals::second_person_needed);
    confirm_by(id, social_worker).value();
    EXPECT_EQ(record(id).minutes, 60);
    correct(id, at("2026-03-04", 8), at("2026-03-04", 11), street_staff).value();
    reject(id, social_worker).value();
    EXPECT_EQ(record(id).minutes, 60);
    EXPECT_EQ(record(id).state, RecordStep::entered);
    EXPECT_EQ(page(id, officer).versions.size(), 3U) << "what was not followed is kept too";
}

TEST_P(Records, MayBeDisputedByTheirVolunteerAndByNobodyElse) {
    RecordId id(enter(served(at("2026-03-04", 9), at("2026-03-04", 11))).value());
    EXPECT_REFUSED(dispute(id, liu.caller), hezhi::refusals::not_found);
    EXPECT_REFUSED(dispute(id, social_worker), hezhi::refusals::not_permitted);
    dispute(id, zhang.caller).value();
    EXPECT_EQ(record(id).state, RecordStep::disputed);
    EXPECT_EQ(minutes_of_zhang(), 120) << "it counts while it is looked into";
    correct(id, at("2026-03-04", 9), at("2026-03-04", 11, 30), social_worker).value();
    EXPECT_EQ(record(id).state, RecordStep::entered);
    EXPECT_EQ(minutes_of_zhang(), 150);
    dispute(id, zhang.caller).value();
    reject(id, street_staff).value();
    EXPECT_EQ(record(id).state, RecordStep::entered);
    EXPECT_EQ(minutes_of_zhang(), 150);
}

TEST_P(Records, AreRefusedWithTheReasonForDutyPaidAndOverlappingTime) {
    auto input = served(at("2026-03-04", 9), at("2026-03-04", 11));
    input.time_was = TimeWas::duty;
    EXPECT_REFUSED(enter(input), refusals::duty_time);
    input.time_was = TimeWas::free_time;
    input.unpaid = false;
    EXPECT_REFUSED(enter(input), refusals::paid_service);
    input.unpaid = true;
    input.time_was = TimeWas::employer_released;
    EXPECT_TRUE(enter(input).has_value()) << "the base pack records released time";
    EXPECT_REFUSED(enter(served(at("2026-03-04", 10, 59), at("2026-03-04", 12))),
                   refusals::record_overlaps);
    EXPECT_TRUE(enter(served(at("2026-03-04", 11), at("2026-03-04", 12))).has_value())
        << "the next begins when the first ends";
    EXPECT_REFUSED(enter(served(at("2026-03-03", 8), at("2026-03-03", 20, 1))),
                   refusals::record_time_invalid);
    EXPECT_REFUSED(enter(served(clock.now() - minutes(30), clock.now() + minutes(1))),
                   refusals::record_time_invalid);
    auto stranger = served(at("2026-03-03", 9), at("2026-03-03", 10));
    stranger.person_id = resident("王秀英", "13900000009");
    EXPECT_REFUSED(enter(stranger), refusals::not_a_volunteer);
}

TEST_P(Records, OfShortCategoriesAreGatheredByTheDayAndEarnLikeAnOrder) {
    auto call = [&](int hour, const char* day = "2026-03-04") {
        auto input = served(at(day, hour), at(day, hour, 20));
        input.category.value = "phone_befriending";
        return input;
    };
    enter(call(9)).value();
    enter(call(11)).value();
    auto late = call(9, "2026-03-03");
    clock.set(at("2026-03-20", 10));
    late.late_reason = Text<0, 200>("纸质签到表刚刚交来");
    confirm_by(RecordId(enter(late).value()), street_staff).value();
    for (const Fact& fact : facts("earning.judged")) {
        EXPECT_EQ(fact.as<EarningJudged>().credited, 20) << "half an hour is not asked of a call";
    }
    EXPECT_EQ(facts("earning.judged").size(), 3U);
}

TEST_P(Records, EarnUpToAQuarterAboveWhatTheCategoryPlans) {
    auto errand = served(at("2026-03-04", 9), at("2026-03-04", 12));
    errand.category.value = "errands";
    enter(errand).value();
    EXPECT_EQ(facts("earning.judged").back().as<EarningJudged>().credited, 55) << "of 45 planned";
    errand.starts_at = at("2026-03-03", 9);
    errand.ends_at = at("2026-03-03", 12);
    errand.late_reason = Text<0, 200>("补交");
    clock.set(at("2026-03-20", 10));
    confirm_by(RecordId(enter(errand).value()), street_staff).value();
    EXPECT_EQ(facts("earning.judged").back().as<EarningJudged>().credited, 55);
    EXPECT_EQ(minutes_of_zhang(), 360) << "the records keep every minute";
}

TEST_P(Records, HoldNoMinuteOfAPersonTwice) {
    const unsigned seed = 20260305;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 dice(seed);
    clock.set(at("2026-03-06", 17));
    // A day of minutes; taken by which record.
    std::vector<int> taken(24 * 60, 0);
    const Instant day = at("2026-03-05", 0);
    std::vector<RecordId> made;
    std::int64_t counted = 0;
    for (int i = 1; i <= 60; ++i) {
        int from = static_cast<int>(dice() % (24 * 60 - 120)),
            length = 1 + static_cast<int>(dice() % 119);
        bool free = std::all_of(taken.begin() + from, taken.begin() + from + length,
                                [](int who) { return who == 0; });
        auto outcome = enter(served(day + minutes(from), day + minutes(from + length)));
        ASSERT_EQ(outcome.has_value(), free) << from << "+" << length;
        if (!free) continue;
        std::fill(taken.begin() + from, taken.begin() + from + length, i);
        made.push_back(RecordId(*outcome));
        counted += length;
    }
    EXPECT_GT(made.size(), 5U);
    EXPECT_EQ(minutes_of_zhang(), counted);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// Of a team it is the share of what its people did while they belonged to it; each number is as
// long as its list.
TEST_P(Records, LateSharesOfTeamsOpenTheirLists) {
    auto route_text = [&](std::string_view action, const api::Caller& who, http::Request request) {
        auto all = routes(record_desk);
        auto route = std::ranges::find(all, action, &api::Route::action);
        return reading_as(who, [&](const api::Reading& reading) {
            return route->read(reading, request).value();
        });
    };
    auto listed = [&](OrganizationId team, bool late) {
        http::Request request;
        request.query = {{"organization", std::to_string(team.value)}, {"limit", "1"}};
        if (late) request.query.emplace_back("late", "true");
        auto text = route_text("list_records", *street_staff, request);
        return from_json<RecordList>(text, hezhi::Reading::stored).value().records_total;
    };
    enter(served(at("2026-03-03", 9), at("2026-03-03", 10))).value();  // before she joined
    OrganizationId team = team_of({zhang, liu});
    clock.set(at("2026-03-11", 10));
    enter(served(at("2026-03-10", 9), at("2026-03-10", 11))).value();
    auto other = served(at("2026-03-10", 9), at("2026-03-10", 11));
    other.person_id = zhao.person;  // of no team
    enter(other).value();
    clock.set(at("2026-04-10", 10));
    auto late = served(at("2026-03-12", 9), at("2026-03-12", 11));
    late.late_reason = Text<0, 200>("补交");
    enter(late).value();
    late.person_id = zhao.person;
    enter(late).value();

    std::string share = "\"late\":1,\"name\":\"夕阳红志愿服务队\",\"organization_id\":" +
                        std::to_string(team.value) + ",\"records\":2";
    EXPECT_NE(route_text("list_late_by_team", *street_staff, {}).find(share), std::string::npos)
        << route_text("list_late_by_team", *street_staff, {});
    EXPECT_EQ(listed(team, true), 1);
    EXPECT_EQ(listed(team, false), 2);
    // A span of days that ends before the late one.
    http::Request until;
    until.query = {{"until", "2026-03-10"}};
    EXPECT_NE(route_text("list_late_by_team", *street_staff, until).find("\"late\":0"),
              std::string::npos);
    auto elsewhere = staff("street_staff", other_subdistrict);
    EXPECT_EQ(route_text("list_late_by_team", *elsewhere, {}), "{\"items\":[]}");
    act([&](journal::Turn& turn) {
        return organizations::leave_organization(turn, *liu.caller, team);
    });
    EXPECT_EQ(listed(team, false), 2) << "whoever leaves takes nothing away";
}

TEST_P(Records, OfAnAreaSumToTheCockpitsNumbers) {
    OrderId id = delivered_order();
    enter(served(at("2026-03-04", 9), at("2026-03-04", 11))).value();
    auto before = cockpit(district).service;
    EXPECT_EQ(before.records_all, 3);
    EXPECT_EQ(before.minutes_all, 120 + order(id).minutes);
    EXPECT_EQ(before.minutes_confirmed, 120) << "nobody has confirmed the order yet";
    confirm(id).value();
    EXPECT_EQ(cockpit(district).service.minutes_confirmed, before.minutes_all);
    EXPECT_EQ(cockpit(other_district).service.records_all, 0);
}

TEST_P(Records, WithoutMinutesStandBesideTheCockpitsNumberWithTheirList) {
    auto not_counted = [&] {
        http::Request request;
        request.query = {{"part", "not_counted"}};
        auto all = routes(record_desk);
        auto route = std::ranges::find(all, "list_records", &api::Route::action);
        auto text = reading_as(*officer, [&](const api::Reading& reading) {
            return route->read(reading, request).value();
        });
        return from_json<RecordList>(text, hezhi::Reading::stored).value();
    };
    enter(served(at("2026-03-04", 9), at("2026-03-04", 11))).value();
    clock.set(at("2026-03-20", 10));
    auto late = served(at("2026-03-02", 9), at("2026-03-02", 11));
    late.late_reason = Text<0, 200>("补交");
    RecordId id(enter(late).value());
    EXPECT_EQ(cockpit(district).service.records_all, 2);
    EXPECT_EQ(cockpit(district).service.records_not_counted, 1);
    ASSERT_EQ(not_counted().records_total, 1);
    EXPECT_EQ(not_counted().items.at(0).id, id);
    EXPECT_EQ(not_counted().items.at(0).state, RecordStep::waiting) << "which says why";
    confirm_by(id, street_staff).value();
    EXPECT_EQ(cockpit(district).service.records_not_counted, 0);
    EXPECT_EQ(not_counted().records_total, 0);
}

}  // namespace
}  // namespace hezhi::records
