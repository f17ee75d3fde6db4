// Bugs that users of comparable systems have reported, each tried here under the name it has there.
// docs/features has the rules; these tests hold that the mistake is not made again.
#include "domain/cases/cases.h"
#include "domain/queues/queues.h"
#include "support/world.h"

namespace hezhi {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class OthersBugs : public testing::World {
  protected:
    // The clock stands a second after the limit of `until`.
    void pass(Instant until) { wait_until(until + std::chrono::seconds(1)); }
    ShiftId shift_with_places(int capacity) {
        activities::PublishActivity input;
        input.area_id = subdistrict;
        input.category.value = "environment_clean_up";
        input.title.value = "海滩清洁";
        input.place.value = "金沙滩东入口";
        input.risk.value = "礁石湿滑";
        input.shifts.push_back({tomorrow_at(9), tomorrow_at(11), Bounded<1, 100000>(capacity)});
        auto id = act([&](journal::Turn& turn) {
            return activities::publish_activity(turn, *street_staff, activity_desk, input);
        });
        // The activity's fact comes first, then its one shift.
        return ShiftId(id.value() + 1);
    }
    Result<std::int64_t> join(ShiftId shift, const testing::Volunteer& who) {
        return act(
            [&](journal::Turn& turn) { return activities::join_shift(turn, *who.caller, shift); });
    }
    activities::SeatState seat(ShiftId shift, const testing::Volunteer& who) {
        auto db = ledger->read();
        auto row = ledger->tables()
                       .of(journal::figure<activities::SeatFigure>())
                       .load(*db, activities::seat_key(shift, who.person));
        return row ? *static_cast<activities::SeatState*>(row.get()) : activities::SeatState{};
    }
};
HEZHI_ON_BOTH_ENGINES(OthersBugs);

// rubyforgood/casa, learning_hour.rb: a range of dates silently dropped what was logged on its last
// day.
TEST_P(OthersBugs, ARangeOfDatesLosesWhatIsOnItsLastDay) {
    PersonId wang = resident("王秀英", "13900000000");
    cases::MakePlan input;
    input.person_id = wang;
    input.category.value = "phone_befriending";
    input.weekdays.value = 127;
    input.at_minute.value = 20 * 60 + 30;
    input.until = start_of(day_of(clock.now()) + 5);  // its first instant is enough to name the day
    act([&](journal::Turn& turn) { return cases::make_plan(turn, *social_worker, input); }).value();
    Instant end = start_of(day_of(clock.now()) + 8);
    for (Instant at = clock.now(); at < end; at = at + std::chrono::hours(12)) wait_until(at);
    static constexpr store::Query latest{"test.latest_order",
                                         "SELECT max(starts_at) AS at FROM figure_orders"};
    EXPECT_EQ(ledger->read()->row(latest)->instant("at"),
              start_of(day_of(input.until)) + minutes(20 * 60 + 30));
}

// Zammad 3140: a ticket escalates after an agent has answered.
TEST_P(OthersBugs, TheClockGoesOnAfterTheAnswer) {
    NeedId id = report_need();
    act([&](journal::Turn& turn) { return needs::contact_need(turn, *social_worker, id); }).value();
    act([&](journal::Turn& turn) {
        return needs::close_need(turn, *social_worker, people, id, "已解决");
    }).value();
    pass(need(id).handle_until);
    auto shown = cockpit(district);
    EXPECT_EQ(shown.unmet, 0);
    EXPECT_EQ(shown.items[1].numerator, 1) << "in time stays in time";
}

// Zammad 904: a merged ticket escalates by itself.
TEST_P(OthersBugs, AMergedNeedGoesOnBeingLate) {
    NeedId one = report_need(), other = report_need();
    act([&](journal::Turn& turn) {
        return needs::merge_need(turn, *social_worker, other, one);
    }).value();
    pass(need(other).handle_until);
    auto shown = cockpit(district);
    EXPECT_EQ(shown.unmet, 1) << "the one that stays";
    EXPECT_EQ(shown.items[1].denominator, 1);
    EXPECT_EQ(need(other).state, needs::NeedStep::merged) << "no timer touched it";
}

// FixMyStreet 593: two questionnaires for one report.
TEST_P(OthersBugs, OneServiceIsAskedAboutTwice) {
    OrderId id = reviewed_order();
    EXPECT_REFUSED(review(id, Resolution::not_resolved, 1), orders::refusals::order_state_forbids);
    orders::NoteReview heard;
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return orders::note_review(turn, *street_staff, desk, id, heard);
                   }),
                   orders::refusals::order_state_forbids);
    EXPECT_EQ(need(order(id).need).resolution, Resolution::resolved);
}

// Engelsystem 430: "2 / 1".
TEST_P(OthersBugs, AShiftHasMorePeopleThanPlaces) {
    ShiftId shift = shift_with_places(1);
    EXPECT_TRUE(join(shift, zhang));
    EXPECT_TRUE(join(shift, liu));
    EXPECT_EQ(seat(shift, zhang).state, activities::SeatStep::joined);
    EXPECT_EQ(seat(shift, liu).state, activities::SeatStep::waiting);
}

TEST_P(OthersBugs, AnOrderHasMorePeopleThanPlaces) {
    OrderId id = open_order(report_need());  // two go
    offer(id, {zhang, liu, zhao}).value();
    EXPECT_TRUE(accept(id, zhang));
    EXPECT_TRUE(accept(id, liu));
    EXPECT_REFUSED(accept(id, zhao), orders::refusals::order_already_taken);
    EXPECT_EQ(order(id).accepted, 2);
}

// Engelsystem 422: the same person is signed up twice.
TEST_P(OthersBugs, OnePersonTakesTwoPlaces) {
    ShiftId shift = shift_with_places(5);
    EXPECT_TRUE(join(shift, zhang));
    EXPECT_REFUSED(join(shift, zhang), activities::refusals::already_joined);
    OrderId id =
        open_order(report_need(), "environment_clean_up", tomorrow_at(14), tomorrow_at(16));
    EXPECT_REFUSED(offer(id, {liu, liu}), orders::refusals::already_offered);
    offer(id, {liu, zhao}).value();
    EXPECT_TRUE(accept(id, liu));
    EXPECT_TRUE(accept(id, liu)) << "once more is no second place";
    EXPECT_EQ(order(id).accepted, 1);
}

// RuoYi 328 (CVE-2026-37669): ids of the body are not checked against what the caller may see.
TEST_P(OthersBugs, AnIdOfTheBodyReachesOutsideTheScope) {
    auto far = volunteer("孙海燕", other_district);
    records::EnterRecord record;
    record.person_id = far.person;
    record.category.value = "environment_clean_up";
    record.starts_at = clock.now() - hours(5);
    record.ends_at = clock.now() - hours(4);
    record.unpaid = true;
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return records::enter_record(turn, *street_staff, record_desk, record);
                   }),
                   refusals::not_found);

    cases::MakePlan plan;
    plan.person_id = resident("王秀英", "13900000000");
    plan.category.value = "phone_befriending";
    plan.weekdays.value = 127;
    plan.at_minute.value = 600;
    plan.until = clock.now() + hours(24 * 10);
    plan.preferred_id = far.person;
    EXPECT_REFUSED(
        act([&](journal::Turn& turn) { return cases::make_plan(turn, *social_worker, plan); }),
        refusals::invalid_input);

    needs::ReportNeed report;
    report.area_id = other_district;
    report.what.value = "楼道堆放杂物";
    EXPECT_FALSE(act([&](journal::Turn& turn) {
        return needs::report_need(turn, *grid_worker, people, report, Channel::grid);
    }));

    OrderId id = open_order(report_need());
    EXPECT_REFUSED(offer(id, {far}), orders::refusals::person_may_not_take);
}

// Zammad 5177: the time of an update overrules that of the first response.
TEST_P(OthersBugs, TheFirstContactMovesTheLimitOfTheAnswer) {
    NeedId id = report_need();
    Instant limit = need(id).handle_until, first = need(id).first_contact_until;
    clock.advance(hours(3));
    act([&](journal::Turn& turn) { return needs::contact_need(turn, *social_worker, id); }).value();
    EXPECT_EQ(need(id).handle_until, limit);
    EXPECT_EQ(need(id).first_contact_until, first);
}

// Zammad 4353 and 5624: a clock that was switched off, or that another group has now, goes on.
TEST_P(OthersBugs, AClockSurvivesTheCancellationOrRunsTwiceAfterAMove) {
    OrderId called_off = open_order(report_need());
    OrderId moved = open_order(report_need());
    auto colleague = staff("social_worker", subdistrict);
    cancel(called_off).value();
    act([&](journal::Turn& turn) {
        return queues::hand_on_item(turn, *social_worker, people, *queues::find_queue("order"),
                                    moved.value, {colleague->account, Text<1, 200>("调岗")});
    }).value();
    Instant limit = order(moved).escalate_until;
    pass(limit);
    auto escalated = facts("order.escalated");
    ASSERT_EQ(escalated.size(), 1U);
    EXPECT_EQ(escalated.front().subject("order"), moved.value);
    EXPECT_EQ(order(moved).leader, colleague->account);
}

// fosterful/scheduler 229: whoever is served by two is counted twice. 19: the others are not told
// that the place is taken.
TEST_P(OthersBugs, ANeedServedByTwoCountsTwiceAndTheThirdWaitsOn) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu, zhao}).value();
    accept(id, zhang).value();
    accept(id, liu).value();
    EXPECT_EQ(offer_of(id, zhao.person)->state, orders::OfferStep::lapsed);
    for (const auto& who : {zhang, liu}) check_in(id, who).value();
    for (const auto& who : {zhang, liu}) check_out(id, who).value();
    confirm(id).value();
    review(id, Resolution::resolved, 5).value();
    for (const auto& item : cockpit(district).items) EXPECT_LE(item.denominator, 1);
}

// Karrot 2184: feedback before the activity is over.
TEST_P(OthersBugs, AServiceIsReviewedBeforeItWasMade) {
    OrderId id = accepted_order();
    EXPECT_REFUSED(review(id, Resolution::resolved, 5), orders::refusals::order_state_forbids);
    check_in(id, zhang).value();
    EXPECT_REFUSED(review(id, Resolution::resolved, 5), orders::refusals::order_state_forbids);
}

// Platforms of volunteers' hours: a check-out that was forgotten makes a day of service.
TEST_P(OthersBugs, AForgottenCheckOutMakesHoursWithoutAWord) {
    OrderId id = accepted_order();
    clock.set(order(id).starts_at);
    check_in(id, zhang).value();
    clock.advance(hours(9));
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return orders::check_out_order(turn, *zhang.caller, desk, id, code_of(id));
                   }),
                   orders::refusals::time_reason_missing);
}

}  // namespace
}  // namespace hezhi
