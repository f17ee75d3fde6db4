// 已查询违法犯罪记录: who may note it, and what it lets a person do.
#include "domain/standing/standing.h"
#include "support/world.h"

namespace hezhi::standing {
namespace {

using std::chrono::days;

class NoteRecordCheckTest : public hezhi::testing::World {
  protected:
    Result<std::int64_t> note(const api::Caller& caller, PersonId person, Instant checked_at) {
        return act([&](journal::Turn& turn) {
            return note_record_check(turn, caller, person, {checked_at});
        });
    }
    StandingState standing_of(PersonId person) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<StandingFigure>(person).value();
        });
    }
};
HEZHI_ON_BOTH_ENGINES(NoteRecordCheckTest);

TEST_P(NoteRecordCheckTest, HoldsForTheDaysOfThePackFromTheDayOfTheQuery) {
    Instant checked = clock.now() - days(30);
    note(*street_staff, zhang.person, checked).value();
    EXPECT_EQ(check_until(standing_of(zhang.person), "crime_record"), checked + days(365));
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(NoteRecordCheckTest, IsRefusedForADayAheadAndForAQueryThatNoLongerHolds) {
    EXPECT_REFUSED(note(*street_staff, zhang.person, clock.now() + days(1)),
                   refusals::check_day_invalid);
    EXPECT_REFUSED(note(*street_staff, zhang.person, clock.now() - days(365)),
                   refusals::check_day_invalid);
    EXPECT_FALSE(check_until(standing_of(zhang.person), "crime_record"));
}

TEST_P(NoteRecordCheckTest, IsForThoseWhoHoldThePermissionThere) {
    EXPECT_REFUSED(note(*social_worker, zhang.person, clock.now()), hezhi::refusals::not_permitted);
    EXPECT_REFUSED(note(*zhang.caller, zhang.person, clock.now()), hezhi::refusals::not_found);
    auto elsewhere = staff("street_staff", other_district);
    EXPECT_REFUSED(note(*elsewhere, zhang.person, clock.now()), hezhi::refusals::not_found);
}

TEST_P(NoteRecordCheckTest, IsNotedByNobodyOfTheirOwn) {
    api::Caller of_staff = *street_staff;
    of_staff.person = zhang.person;
    EXPECT_REFUSED(note(of_staff, zhang.person, clock.now()), refusals::own_record_check);
    EXPECT_FALSE(check_until(standing_of(zhang.person), "crime_record"));
    EXPECT_TRUE(note(of_staff, liu.person, clock.now()));
}

TEST_P(NoteRecordCheckTest, OfAnEarlierDayShortensNoneThatHoldsLonger) {
    auto check = [&](Instant checked_at, const char* kind) {
        act([&](journal::Turn& turn) {
            return note_record_check(turn, *street_staff, zhang.person,
                                     {checked_at, Text<1, 40>(kind)});
        }).value();
    };
    check(clock.now(), "crime_record");
    check(clock.now() - days(300), "crime_record");
    EXPECT_EQ(check_until(standing_of(zhang.person), "crime_record"), clock.now() + days(365));
    clock.advance(days(10));
    check(clock.now(), "crime_record");
    EXPECT_EQ(check_until(standing_of(zhang.person), "crime_record"), clock.now() + days(365));
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(NoteRecordCheckTest, IsOfTheKindsOfThePackEachNotedByItsRoles) {
    auto worker = staff("community_worker", community);
    auto note_kind = [&](const char* kind, Instant at) {
        return act([&](journal::Turn& turn) {
            return note_record_check(turn, *worker, zhang.person, {at, Text<1, 40>(kind)});
        });
    };
    EXPECT_REFUSED(note_kind("crime_record", clock.now()), refusals::check_noted_by_others);
    EXPECT_REFUSED(note_kind("horoscope", clock.now()), refusals::check_unknown);
    note_kind("health_certificate", clock.now()).value();
    note_kind("confidentiality", clock.now() - days(4000)).value();
    StandingState standing = standing_of(zhang.person);
    EXPECT_EQ(check_until(standing, "health_certificate"), clock.now() + days(365));
    EXPECT_EQ(check_until(standing, "confidentiality").ms, INT64_MAX) << "without an end";
    EXPECT_FALSE(check_until(standing, "crime_record"));
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(NoteRecordCheckTest, OpensAnOrderThatServesMinors) {
    auto wei = volunteer("魏明", community, rules::LevelKey::V2);
    OrderId id = open_order(report_need(), "youth_companionship");
    EXPECT_REFUSED(offer(id, {wei}), orders::refusals::person_may_not_take);
    note(*street_staff, wei.person, clock.now()).value();
    EXPECT_TRUE(offer(id, {wei}));
}

TEST_P(NoteRecordCheckTest, DoesNotStandInForInsurance) {
    auto wei = volunteer("魏明", community, rules::LevelKey::V2);
    note(*street_staff, wei.person, clock.now()).value();
    OrderId id = open_order(report_need(), "hospital_escort");
    EXPECT_REFUSED(offer(id, {wei}), orders::refusals::person_may_not_take);
}

}  // namespace
}  // namespace hezhi::standing
