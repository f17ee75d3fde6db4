// 活动: places, queue, races, list check-in, one record a person and shift.
#include "domain/activities/activities.h"

#include <random>

#include "support/world.h"

namespace hezhi::activities {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class Activities : public hezhi::testing::World {
  protected:
    PublishActivity clean_up(std::vector<NewShift> shifts) {
        PublishActivity input;
        input.area_id = subdistrict;
        input.category.value = "environment_clean_up";
        input.title.value = "海滩清洁";
        input.place.value = "金沙滩东入口";
        input.risk.value = "礁石湿滑，请穿防滑鞋";
        input.shifts = std::move(shifts);
        return input;
    }
    NewShift shift(int from, int to, int capacity) {
        return {tomorrow_at(from), tomorrow_at(to), Bounded<1, 100000>(capacity)};
    }
    Result<std::int64_t> publish(const PublishActivity& input, const api::CallerPtr& who) {
        return act([&](journal::Turn& turn) {
            return publish_activity(turn, *who, activity_desk, input);
        });
    }
    ActivityId published(std::vector<NewShift> shifts) {
        return ActivityId(publish(clean_up(std::move(shifts)), street_staff).value());
    }
    Activity seen(ActivityId id, const api::CallerPtr& who) {
        return reading_as(*who, [&](const api::Reading& reading) {
            return activity_page(reading, activity_desk, id).value();
        });
    }
    ShiftId shift_of(ActivityId id, std::size_t index = 0) {
        return seen(id, street_staff).shifts.at(index).id;
    }
    Result<std::int64_t> join(ShiftId id, const hezhi::testing::Volunteer& who) {
        return act([&](journal::Turn& turn) { return join_shift(turn, *who.caller, id); });
    }
    Result<std::int64_t> leave(ShiftId id, const hezhi::testing::Volunteer& who) {
        return act([&](journal::Turn& turn) { return leave_shift(turn, *who.caller, id); });
    }
    Result<std::int64_t> tick(ShiftId id, const hezhi::testing::Volunteer& who,
                              bool present = true) {
        return act([&](journal::Turn& turn) {
            return check_in_shift(turn, *street_staff, id, who.person, present);
        });
    }
    Result<std::int64_t> record(ShiftId id) {
        return act([&](journal::Turn& turn) { return record_shift(turn, *street_staff, id); });
    }
    std::int64_t minutes_of(const hezhi::testing::Volunteer& who) {
        auto db = ledger->read();
        return records::minutes_of(*db, who.person);
    }
    std::optional<SeatStep> state_of(ActivityId id, const hezhi::testing::Volunteer& who) {
        return seen(id, who.caller).shifts.front().mine;
    }
};
HEZHI_ON_BOTH_ENGINES(Activities);

TEST_P(Activities, PublishActivityKeepsOrdinaryThingsOutOfTheNightAndSendsTwoAfterEight) {
    EXPECT_REFUSED(publish(clean_up({shift(20, 22, 5)}), street_staff),
                   refusals::activity_at_night);
    EXPECT_REFUSED(publish(clean_up({shift(6, 8, 5)}), street_staff), refusals::activity_at_night);
    EXPECT_REFUSED(publish(clean_up({shift(19, 21, 1)}), street_staff),
                   refusals::two_places_needed);
    EXPECT_TRUE(publish(clean_up({shift(19, 21, 2)}), street_staff).has_value());
    auto visit = clean_up({shift(9, 11, 1)});
    visit.category.value = "visit_alone_elder";
    EXPECT_REFUSED(publish(visit, social_worker), refusals::two_places_needed);
}

TEST_P(Activities, PublishActivityForMinorsCountsThemAndAsksForAnAdultForEveryEight) {
    auto camp = clean_up({shift(9, 11, 2), shift(13, 15, 3)});
    camp.category.value = "youth_companionship";
    insurance::AddInsurance policy;
    policy.insurer.value = "示范保险";
    policy.policy.value = "PA-2026-009";
    policy.covers = InsuranceCovers::activities;
    policy.area_id = subdistrict;
    policy.from = clock.now();
    policy.until = clock.now() + hours(24 * 60);
    camp.insurance_id = InsuranceId(act([&](journal::Turn& turn) {
                                        return insurance::add_insurance(turn, *street_staff,
                                                                        insurance_desk, policy);
                                    }).value());
    EXPECT_REFUSED(publish(camp, social_worker), refusals::children_missing);
    camp.children = Bounded<1, 500>(17);
    auto refused = publish(camp, social_worker);
    EXPECT_REFUSED(refused, refusals::adults_too_few);
    EXPECT_EQ(refused.error().fields.front().field, "/shifts/0/capacity");
    camp.children = Bounded<1, 500>(16);
    ActivityId id(publish(camp, social_worker).value());
    EXPECT_EQ(seen(id, social_worker).children, 16);
    EXPECT_EQ(seen(id, social_worker).adults_needed, 2);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Activities, PublishActivityWantsShiftsInTheFutureAndInsuranceForRisks) {
    EXPECT_REFUSED(publish(clean_up({}), street_staff), refusals::shifts_invalid);
    EXPECT_REFUSED(publish(clean_up({shift(11, 9, 3)}), street_staff), refusals::shifts_invalid);
    NewShift past{clock.now() - hours(2), clock.now() + hours(1), {}};
    EXPECT_REFUSED(publish(clean_up({past}), street_staff), refusals::shifts_invalid);
    auto input = clean_up({shift(9, 11, 501)});
    EXPECT_REFUSED(publish(input, street_staff), refusals::shifts_invalid);
    input.shifts = {shift(9, 11, 3)};
    input.category.value = "adolescent_counselling";
    EXPECT_REFUSED(publish(input, street_staff), refusals::activity_category_invalid);
    input.category.value = "visit_alone_elder";
    EXPECT_REFUSED(publish(input, street_staff), refusals::supervisor_missing);
    EXPECT_TRUE(publish(input, social_worker).has_value());
    input.area_id = other_district;
    EXPECT_REFUSED(publish(input, social_worker), hezhi::refusals::not_found);
}

TEST_P(Activities, JoinShiftTakesPlacesInTurnAndThenQueues) {
    ActivityId id = published({shift(9, 11, 1)});
    ShiftId s = shift_of(id);
    join(s, zhang).value();
    join(s, liu).value();
    join(s, zhao).value();
    EXPECT_REFUSED(join(s, zhang), refusals::already_joined);
    EXPECT_EQ(state_of(id, zhang), SeatStep::joined);
    EXPECT_EQ(state_of(id, liu), SeatStep::waiting);
    EXPECT_EQ(seen(id, zhao.caller).shifts.front().queue_place, 2);
    leave(s, zhang).value();
    EXPECT_EQ(state_of(id, zhang), std::nullopt);
    EXPECT_EQ(state_of(id, liu), SeatStep::joined) << "the first who waited moves up by itself";
    EXPECT_TRUE(seen(id, liu.caller).shifts.front().moved_up);
    EXPECT_EQ(seen(id, zhao.caller).shifts.front().queue_place, 1);
    join(s, zhang).value();
    EXPECT_EQ(seen(id, zhang.caller).shifts.front().queue_place, 2) << "at the end of the queue";
    leave(s, zhao).value();
    EXPECT_EQ(seen(id, zhang.caller).shifts.front().queue_place, 1);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Activities, NeverHaveMorePeopleThanPlacesWhoeverComesFirst) {
    const unsigned seed = 7;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 dice(seed);
    ActivityId id = published({shift(9, 11, 2)});
    ShiftId s = shift_of(id);
    std::vector<hezhi::testing::Volunteer> all{zhang, liu, zhao};
    for (const char* name : {"钱海燕", "孙立冬", "周小满"})
        all.push_back(volunteer(name, community));
    for (int i = 0; i < 60; ++i) {
        const auto& who = all[dice() % all.size()];
        (void)(dice() % 3 ? join(s, who) : leave(s, who));
        auto now = seen(id, street_staff).shifts.front();
        ASSERT_LE(now.joined, now.capacity);
        ASSERT_TRUE(now.waiting == 0 || now.joined == now.capacity) << "a place stays empty";
        ASSERT_EQ(now.joined + now.waiting, std::ssize(now.seats));
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Activities, JoinShiftRefusesTimesThatOverlap) {
    ActivityId id = published({shift(9, 11, 5), shift(10, 12, 5), shift(11, 12, 5)});
    join(shift_of(id, 0), zhao).value();
    EXPECT_REFUSED(join(shift_of(id, 1), zhao), refusals::shift_conflict);
    EXPECT_TRUE(join(shift_of(id, 2), zhao).has_value()) << "one ends when the next begins";
    OrderId taken = accepted_order();  // 张 and 刘, tomorrow from 09:00 to 11:00
    EXPECT_EQ(order(taken).state, OrderStep::accepted);
    EXPECT_REFUSED(join(shift_of(id, 0), liu), refusals::shift_conflict);
}

TEST_P(Activities, LeaveShiftSkipsInTheQueueWhoeverIsBoundElsewhere) {
    ActivityId id = published({shift(9, 11, 1)});
    ShiftId s = shift_of(id);
    join(s, zhao).value();
    join(s, liu).value();
    auto qian = volunteer("钱海燕", community);
    join(s, qian).value();
    accepted_order();  // binds 刘 at that time
    leave(s, zhao).value();
    EXPECT_EQ(state_of(id, liu), SeatStep::waiting);
    EXPECT_EQ(state_of(id, qian), SeatStep::joined);
}

TEST_P(Activities, AreForAdultsOfThePlaceWithTheCertificationOnly) {
    ActivityId id = published({shift(9, 11, 5)});
    ShiftId s = shift_of(id);
    auto elsewhere = volunteer("孙立冬", other_subdistrict);
    EXPECT_REFUSED(join(s, elsewhere), hezhi::refusals::not_found);
    people::RegisterPerson input;
    input.name.value = "周小满";
    input.area_id = community;
    input.volunteer = true;  // no document: the age is not known
    PersonId person(act([&](journal::Turn& turn) {
                        return people::register_person(
                            turn, command, Place{community, path_of(community)}, people, input);
                    }).value());
    api::Caller caller = *zhang.caller;
    caller.person = person;
    EXPECT_REFUSED(act([&](journal::Turn& turn) { return join_shift(turn, caller, s); }),
                   refusals::guardian_consent_missing);
    clock.set(tomorrow_at(9));
    EXPECT_REFUSED(join(s, zhang), refusals::activity_state_forbids);
}

TEST_P(Activities, RecordShiftGivesEverybodyWhoWasThereOneRecordInOneTurn) {
    ActivityId id = published({shift(9, 11, 5)});
    ShiftId s = shift_of(id);
    for (const auto& who : {zhang, liu, zhao}) join(s, who).value();
    EXPECT_REFUSED(tick(s, zhang), refusals::activity_state_forbids);
    clock.set(tomorrow_at(9));
    tick(s, zhang).value();
    tick(s, liu).value();
    tick(s, liu).value();
    tick(s, zhao).value();
    tick(s, zhao, false).value();
    EXPECT_REFUSED(record(s), refusals::shift_not_over);
    clock.advance(hours(3));
    record(s).value();
    EXPECT_EQ(minutes_of(zhang), 120);
    EXPECT_EQ(minutes_of(liu), 120);
    EXPECT_EQ(minutes_of(zhao), 0);
    EXPECT_EQ(state_of(id, zhang), SeatStep::recorded);
    EXPECT_REFUSED(record(s), refusals::activity_state_forbids);
    EXPECT_EQ(minutes_of(zhang), 120) << "one record a person and shift";
    EXPECT_EQ(cockpit(district).service.minutes_all, 240);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Activities, RecordShiftEarnsWhatTheShiftPlannedAndGathersShortOnes) {
    auto round_of_calls = [&](Millis length) {
        auto input = clean_up({{tomorrow_at(9), tomorrow_at(9) + length, Bounded<1, 100000>(5)}});
        input.category.value = "phone_befriending";
        ShiftId s = shift_of(ActivityId(publish(input, street_staff).value()));
        join(s, zhang).value();
        clock.set(tomorrow_at(9));
        tick(s, zhang).value();
        clock.advance(hours(3));
        record(s).value();
        return facts("earning.judged").back().as<EarningJudged>().credited;
    };
    EXPECT_EQ(round_of_calls(minutes(20)), 20);
    EXPECT_EQ(round_of_calls(hours(2)), 120) << "a shift is as long as it was planned";
}

TEST_P(Activities, RecordShiftLeavesOutWithTheReasonWhoseTimeIsRecordedAlready) {
    ActivityId id = published({shift(9, 11, 5)});
    ShiftId s = shift_of(id);
    join(s, zhang).value();
    clock.set(tomorrow_at(9));
    tick(s, zhang).value();
    clock.advance(hours(3));
    records::EnterRecord input;
    input.person_id = zhang.person;
    input.category.value = "environment_clean_up";
    input.starts_at = clock.now() - hours(2);
    input.ends_at = clock.now();
    input.unpaid = true;
    act([&](journal::Turn& turn) {
        return records::enter_record(turn, *social_worker, record_desk, input);
    }).value();
    record(s).value();
    auto seat = seen(id, street_staff).shifts.front().seats.front();
    EXPECT_EQ(seat.state, SeatStep::not_recorded);
    EXPECT_EQ(seat.refused_zh, records::refusals::record_overlaps.zh);
    EXPECT_EQ(minutes_of(zhang), 120);
}

TEST_P(Activities, ThatAreCancelledBindNobody) {
    ActivityId id = published({shift(9, 11, 5)}), other = published({shift(9, 11, 5)});
    join(shift_of(id), zhang).value();
    EXPECT_REFUSED(join(shift_of(other), zhang), refusals::shift_conflict);
    act([&](journal::Turn& turn) {
        return cancel_activity(turn, *street_staff, activity_desk, id, "台风");
    }).value();
    EXPECT_EQ(seen(id, zhang.caller).cancel_reason, "台风");
    EXPECT_TRUE(join(shift_of(other), zhang).has_value());
    EXPECT_REFUSED(join(shift_of(id), liu), refusals::activity_state_forbids);
}

// The routes read as a page asks: which activities are in the answer.
TEST_P(Activities, AreListedNearUpToTheEndOfTheLastDay) {
    // What is urgent is held at night as well, by two.
    auto late = clean_up({{start_of(day_of(clock.now()) + 2) - minutes(30),
                           start_of(day_of(clock.now()) + 2) - minutes(1), Bounded<1, 100000>(2)}});
    late.category.value = "daily_safety_signal";
    ActivityId id(publish(late, street_staff).value());
    std::string tomorrow = to_string(day_of(clock.now()) + 1);
    auto all = routes(activity_desk);
    auto near = [&](const api::Caller& who, const std::string& from, const std::string& until) {
        for (const auto& route : all) {
            if (route.action != "list_near_activities") continue;
            http::Request request;
            request.query = {{"from", from}, {"until", until}};
            auto text = reading_as(who, [&](const api::Reading& reading) {
                return route.read(reading, request).value();
            });
            auto list = from_json<ActivityList>(text, hezhi::Reading::stored).value();
            return std::ssize(list.items);
        }
        throw std::runtime_error("no such route");
    };
    EXPECT_EQ(near(*zhang.caller, tomorrow, tomorrow), 1) << "23:30 on the last day, +08:00";
    std::string today = to_string(day_of(clock.now()));
    EXPECT_EQ(near(*zhang.caller, today, today), 0);
    std::string after = to_string(day_of(clock.now()) + 2);
    EXPECT_EQ(near(*zhang.caller, after, after), 0);
    EXPECT_EQ(near(*volunteer("孙立冬", other_subdistrict).caller, tomorrow, tomorrow), 0);
    join(shift_of(id), zhang).value();
    EXPECT_EQ(near(*zhang.caller, tomorrow, tomorrow), 1);
}

}  // namespace
}  // namespace hezhi::activities
