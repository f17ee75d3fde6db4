// 来不及到达, 一码多用, 岗位工作时间: each fires, and does not just beside its limit.
#include "domain/spot_checks/record_signs.h"

#include "support/changed_pack.h"
#include "support/world.h"

namespace hezhi::spot_checks {
namespace {

using hezhi::testing::base_pack;
using hezhi::testing::Volunteer;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct WayRow {
    const char* what;
    Whereabouts from, to;
    std::int32_t minutes;
};

// clang-format off
const WayRow way_rows[] = {
    {"one community",                    {"/1/2/3/", "/1/2/3/"},     {"/1/2/3/", "/1/2/3/"},   0},
    {"a grid of the same community",     {"/1/2/3/7/", "/1/2/3/"},   {"/1/2/3/", "/1/2/3/"},   0},
    {"two grids of one community",       {"/1/2/3/7/", "/1/2/3/"},   {"/1/2/3/8/", "/1/2/3/"}, 10},
    {"two communities of a subdistrict", {"/1/2/3/", "/1/2/3/"},     {"/1/2/4/", "/1/2/4/"},   20},
    {"two subdistricts of a district",   {"/1/2/3/", "/1/2/3/"},     {"/1/5/6/", "/1/5/6/"},   40},
    {"two districts, by the last row",   {"/1/2/3/", "/1/2/3/"},     {"/8/9/10/", "/8/9/10/"}, 40},
    {"a place known by its subdistrict", {"/1/2/3/", "/1/2/3/"},     {"/1/5/", ""},            0},
};
// clang-format on

TEST(Way, IsThePacksByHowFarUpTwoAreasMeet) {
    for (const auto& row : way_rows) {
        EXPECT_EQ(way_between(row.from, row.to, base_pack().dispatch), row.minutes) << row.what;
        EXPECT_EQ(way_between(row.to, row.from, base_pack().dispatch), row.minutes) << row.what;
    }
    EXPECT_EQ(way_percent(minutes(10), 20), 50);
    EXPECT_EQ(way_percent(minutes(10) - seconds(1), 20), 49);
    EXPECT_EQ(way_percent(minutes(0), 20), 0);
    EXPECT_EQ(way_percent(hours(3), 20), 100);
    EXPECT_EQ(way_percent(minutes(0), 0), 100);
}

TEST(Together, CountsWhoCameAndLeftWithinTheSecondsOfThePerson) {
    PersonId a(1), b(2), c(3), d(4);
    Instant in{1000000}, out = in + hours(1);
    std::vector<CodeUse> uses{{a, in, out},
                              {b, in + seconds(20), out - seconds(20)},
                              {c, in + seconds(21), out},
                              {d, in, out + seconds(21)}};
    EXPECT_EQ(people_together(uses, a, seconds(20)), 2);
    EXPECT_EQ(people_together(uses, c, seconds(20)), 2) << "with b, not with a";
    EXPECT_EQ(people_together(uses, PersonId(5), seconds(20)), 0) << "by a list";
}

TEST(WorkingHours, AreThoseOfWorkingDays) {
    auto at = [](const char* day, int hour, int minute) {
        return start_of(parse_day(day).value()) + hours(hour) + minutes(minute);
    };
    auto works = [](Instant from, Instant to) {
        return in_working_hours(from, to, base_pack().calendar);
    };
    const char *friday = "2026-03-06", *saturday = "2026-03-07", *sunday = "2026-03-08";
    EXPECT_TRUE(works(at(friday, 17, 29), at(friday, 19, 0)));
    EXPECT_FALSE(works(at(friday, 17, 30), at(friday, 19, 0)));
    EXPECT_FALSE(works(at(friday, 7, 0), at(friday, 9, 0)));
    EXPECT_TRUE(works(at(friday, 7, 0), at(friday, 9, 1)));
    EXPECT_FALSE(works(at(saturday, 9, 0), at(sunday, 12, 0)));
    EXPECT_TRUE(works(at(sunday, 23, 0), at("2026-03-09", 10, 0))) << "into Monday";
}

class NewSigns : public hezhi::testing::World {
  protected:
    NewSigns()
        : wang(volunteer("王立军", subdistrict)),
          sun(volunteer("孙玉梅", subdistrict)),
          morning_look(*ledger, spot_checks::timers(people, random)) {}

    // So that one order has three people.
    void three_go_together() {
        judge_by("categories.toml", R"([category.environment_clean_up]
says = { zh = "环境整治三人同行。", en = "Three clean up together." }
people_first = 3
)");
    }
    void draw_nothing() {
        judge_by("true_hours.toml", R"([sample]
says = { zh = "不随机抽查。", en = "Nothing is drawn." }
percent = 0
)");
    }
    void judge_by(const char* file, const char* text) {
        auto changed = hezhi::testing::changed_pack(pack(), file, text);
        act([&](journal::Turn& turn) {
            return journal::publish_pack(turn, command, changed, clock.now());
        }).value();
    }
    OrderId accepted_in(AreaId area, const std::vector<Volunteer>& team, Instant from, Instant to) {
        NeedId need = report_need(PriorityClass::P3, {}, area);
        OrderId id = open_order(need, "environment_clean_up", from, to);
        offer(id, team).value();
        for (const auto& who : team) accept(id, who).value();
        return id;
    }
    void serve(OrderId id, const std::vector<Volunteer>& team, Instant in, Instant out) {
        clock.set(in);
        for (const auto& who : team) check_in(id, who).value();
        clock.set(out);
        for (const auto& who : team) check_out(id, who).value();
    }
    void tell_by_call(OrderId id, const std::vector<Volunteer>& team, int served) {
        orders::FinishOrder input;
        for (const auto& who : team) input.came.push_back(who.person);
        input.minutes.value = served;
        input.reason = Text<0, 200>("改了时间");
        act([&](journal::Turn& turn) {
            return orders::finish_order(turn, *street_staff, desk, id, input);
        }).value();
    }
    // Two orders of 王 and 孙, the second in `area`, so long after the first.
    std::pair<OrderId, OrderId> one_after_the_other(AreaId area, Millis between,
                                                    bool by_call = false) {
        std::vector<Volunteer> team{wang, sun};
        Instant nine = tomorrow_at(9), eleven = tomorrow_at(11);
        OrderId first = accepted_in(community, team, nine, eleven);
        OrderId second = accepted_in(area, team, eleven, eleven + hours(2));
        serve(first, team, nine, eleven);
        if (by_call) {
            clock.set(eleven + hours(5));
            tell_by_call(second, team, 90);
        } else {
            serve(second, team, eleven + between, eleven + between + hours(1));
        }
        next_morning();
        return {first, second};
    }
    void next_morning() {
        clock.set(start_of(day_of(clock.now()) + 1) + minutes(10));
        while (morning_look.run_due() > 0) {
        }
    }
    std::string held_for(OrderId id, const Volunteer& who) {
        std::string reasons;
        for (const Fact& fact : facts("spot_check.opened")) {
            if (fact.subject("order") != id.value) continue;
            if (fact.subject("person") != who.person.value) continue;
            for (const auto& key : fact.as<SpotCheckOpened>().reasons) {
                reasons += (reasons.empty() ? "" : " ") + key;
            }
        }
        return reasons;
    }
    void appoint(const Volunteer& who) {
        Place place{community, path_of(community)};
        Subjects about{{"grant", self}, {"account", who.caller->account.value}};
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            GrantProposed proposed{who.caller->account, "community_worker"};
            about["grant"] = turn.append(draft(proposed, command, place, about, turn.now()));
            return turn.append(draft(GrantConfirmed{}, command, place, about, turn.now()));
        }).value();
    }
    OrderId served_by_zhang_and_liu(Instant in, Instant out) {
        OrderId id = accepted_in({}, {zhang, liu}, in, out);
        serve(id, {zhang, liu}, in, out);
        next_morning();
        return id;
    }

    Volunteer wang, sun;
    jobs::Scheduler morning_look;
};
HEZHI_ON_BOTH_ENGINES(NewSigns);

TEST_P(NewSigns, TravelHoldsBothOrdersBetweenWhichThereWasNoTimeForTheWay) {
    auto [first, second] = one_after_the_other(other_community, minutes(10) - seconds(1));
    for (const auto& who : {wang, sun}) {
        EXPECT_EQ(held_for(first, who), "travel");
        EXPECT_EQ(held_for(second, who), "travel");
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(NewSigns, TravelSaysNothingOfHalfTheWayOrMore) {
    auto [first, second] = one_after_the_other(other_community, minutes(10));
    EXPECT_EQ(held_for(first, wang), "");
    EXPECT_EQ(held_for(second, wang), "");
}

TEST_P(NewSigns, TravelSaysNothingWithinOneAreaNorOfWhatACallTold) {
    auto [first, near] = one_after_the_other(community, seconds(1));
    EXPECT_EQ(held_for(first, wang), "");
    EXPECT_EQ(held_for(near, wang), "");
    auto [before, told] = one_after_the_other(other_community, {}, true);
    EXPECT_EQ(offer_of(told, wang.person)->checked_in_at,
              offer_of(before, wang.person)->checked_out_at);
    EXPECT_EQ(held_for(before, wang), "");
    EXPECT_EQ(held_for(told, wang), "");
}

TEST_P(NewSigns, SharedCodeHoldsThreeWhoCameAndLeftAtOnce) {
    three_go_together();
    std::vector<Volunteer> team{zhang, liu, zhao};
    OrderId id = accepted_in({}, team, tomorrow_at(9), tomorrow_at(11));
    serve(id, team, order(id).starts_at, order(id).ends_at);
    next_morning();
    for (const auto& who : team) EXPECT_EQ(held_for(id, who), "shared_code");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(NewSigns, SharedCodeSaysNothingWhereOneLeavesApart) {
    three_go_together();
    std::vector<Volunteer> team{zhang, liu, zhao};
    OrderId id = accepted_in({}, team, tomorrow_at(9), tomorrow_at(11));
    clock.set(order(id).starts_at);
    for (const auto& who : team) check_in(id, who).value();
    clock.set(order(id).ends_at);
    for (const auto& who : {zhang, liu}) check_out(id, who).value();
    clock.advance(seconds(21));
    check_out(id, zhao).value();
    next_morning();
    for (const auto& who : team) EXPECT_EQ(held_for(id, who), "");
}

TEST_P(NewSigns, SharedCodeSaysNothingOfAListThatTheLeaderNoted) {
    three_go_together();
    std::vector<Volunteer> team{zhang, liu, zhao};
    OrderId id = accepted_in({}, team, tomorrow_at(9), tomorrow_at(11));
    clock.set(order(id).starts_at);
    orders::NoteAttendance input;
    for (const auto& who : team) input.person_ids.push_back(who.person);
    act([&](journal::Turn& turn) {
        return orders::note_attendance(turn, *social_worker, desk, id, input);
    }).value();
    clock.set(order(id).ends_at);
    for (const auto& who : team) check_out(id, who).value();
    next_morning();
    for (const auto& who : team) EXPECT_EQ(held_for(id, who), "");
}

TEST_P(NewSigns, DutyHoursHoldsWhatSomebodyWithAPostServesInWorkingHours) {
    appoint(zhang);
    OrderId id = served_by_zhang_and_liu(tomorrow_at(9), tomorrow_at(10));  // a Friday
    EXPECT_EQ(held_for(id, zhang), "duty_hours");
    EXPECT_EQ(held_for(id, liu), "") << "no post";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(NewSigns, DutyHoursSaysNothingOfEveningsAndWeekends) {
    appoint(zhang);
    auto held = [&](Instant from) {
        return held_for(served_by_zhang_and_liu(from, from + hours(1)), zhang);
    };
    EXPECT_EQ(held(tomorrow_at(17) + minutes(30)), "") << "Friday, when the office has closed";
    EXPECT_EQ(held(tomorrow_at(9)), "") << "Sunday";
    EXPECT_EQ(held(tomorrow_at(17) + minutes(29)), "duty_hours") << "Tuesday, a minute before";
}

TEST_P(NewSigns, DutyHoursExemptsTimeThatTheEmployerReleased) {
    appoint(zhang);
    clock.set(tomorrow_at(16));
    auto enter = [&](int hour, TimeWas time_was) {
        records::EnterRecord input;
        input.person_id = zhang.person;
        input.category.value = "errands";
        input.starts_at = start_of(day_of(clock.now())) + hours(hour);
        input.ends_at = input.starts_at + minutes(30);
        input.time_was = time_was;
        input.unpaid = true;
        return RecordId(act([&](journal::Turn& turn) {
                            return records::enter_record(turn, *social_worker, record_desk, input);
                        }).value());
    };
    RecordId own = enter(9, TimeWas::free_time), released = enter(11, TimeWas::employer_released);
    next_morning();
    std::vector<std::int64_t> held;
    for (const Fact& fact : facts("spot_check.opened")) {
        if (fact.as<SpotCheckOpened>().held) held.push_back(fact.subject("record"));
    }
    EXPECT_EQ(held, std::vector<std::int64_t>{own.value});
    EXPECT_NE(own, released);
}

TEST_P(NewSigns, ARecordThatIsCorrectedToMoreMinutesIsLookedAtAgain) {
    draw_nothing();
    appoint(zhang);
    clock.set(tomorrow_at(19));
    records::EnterRecord input;
    input.person_id = zhang.person;
    input.category.value = "errands";
    input.starts_at = tomorrow_at(17) - hours(24) + minutes(30);  // the office has closed
    input.ends_at = input.starts_at + minutes(30);
    input.unpaid = true;
    RecordId id(act([&](journal::Turn& turn) {
                    return records::enter_record(turn, *social_worker, record_desk, input);
                }).value());
    auto correct = [&](Instant from) {
        records::CorrectRecord corrected{from, input.ends_at, Text<1, 200>("核对签到表")};
        act([&](journal::Turn& turn) {
            return records::correct_record(turn, *social_worker, record_desk, id, corrected);
        }).value();
        next_morning();
        return facts("spot_check.opened").size();
    };
    next_morning();
    EXPECT_EQ(facts("spot_check.opened").size(), 0U);
    EXPECT_EQ(correct(input.ends_at - minutes(20)), 0U) << "to fewer minutes: nothing to ask";
    EXPECT_EQ(correct(input.ends_at - minutes(300)), 1U);
    EXPECT_EQ(facts("spot_check.opened").back().as<SpotCheckOpened>().reasons,
              std::vector<std::string>{"duty_hours"});
    EXPECT_EQ(correct(input.ends_at - minutes(320)), 1U) << "nobody has called back yet";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::spot_checks
