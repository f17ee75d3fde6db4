// Courses and observed checks count by the day on which they were held, and each of them once.
#include "domain/certification/test_certification.h"

namespace hezhi::certification {
namespace {

class CourseDays : public CertificationLife {
  protected:
    CourseDays() : registered_at(clock.now()) { clock.advance(days(400)); }

    Result<std::int64_t> held(Instant at, CourseKind kind, int minutes, int percent = 0,
                              std::string_view field = {}) {
        PassCourse input;
        input.course = kind;
        input.minutes.value = minutes;
        if (percent > 0) input.test_percent.emplace(percent);
        if (!field.empty()) input.field.emplace(std::string(field));
        input.held_at = at;
        return act([&](journal::Turn& turn) {
            return pass_course(turn, *social_worker, wei.person, input);
        });
    }
    Result<std::int64_t> watched(Instant at) {
        return act([&](journal::Turn& turn) {
            return observe_check(turn, *social_worker, wei.person,
                                 {Text<1, 40>("youth"), true, at});
        });
    }
    // As it stands in journals of before.
    template <class P>
    void written(const P& payload) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            return turn.append(draft(payload, command, Place{community, path_of(community)},
                                     {{"person", wei.person.value}}, turn.now()));
        }).value();
    }
    CoursePassed of_youth(Instant at, int minutes) const {
        return {CourseKind::special, "youth", minutes, 0, at, {}};
    }
    std::int32_t minutes_of_youth() {
        for (const CourseSum& sum : row(wei.person).courses) {
            if (sum.field == "youth") return sum.minutes;
        }
        return 0;
    }
    FactCounted newest() { return page().facts.front(); }

    Instant registered_at;
};
HEZHI_ON_BOTH_ENGINES(CourseDays);

// A found bug: a course of ten years ago renewed a certification of last month.
TEST_P(CourseDays, ARenewalCountsCoursesByTheDayTheyWereHeld) {
    reach_v1();
    clock.advance(days(30));
    Instant before = clock.now() - days(200), since = clock.now() - days(10);
    held(before, CourseKind::renewal, 480).value();
    EXPECT_EQ(page().renewal->course_found, 0);
    EXPECT_FALSE(newest().counts);
    EXPECT_EQ(newest().why, NotCounted::before_span);
    EXPECT_EQ(newest().held_at, before) << "the day it was held stands beside that of the entry";
    EXPECT_EQ(newest().at, clock.now());
    held(since, CourseKind::renewal, 480).value();
    EXPECT_EQ(page().renewal->course_found, 480);
    EXPECT_TRUE(newest().counts);
    held(before, CourseKind::special, 480, 0, "youth").value();
    EXPECT_EQ(page().renewal->course_found, 480);
    EXPECT_EQ(minutes_of_youth(), 480) << "to the next level, which asks for no such day";
    EXPECT_TRUE(newest().counts);
    held(start_of(day_of(row(wei.person).granted_at)), CourseKind::renewal, 60).value();
    EXPECT_EQ(page().renewal->course_found, 540) << "forms give the day, which begins before it";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// A found bug: a course and a check of years before the registration opened V2.
TEST_P(CourseDays, WhatWasHeldBeforeTheRegistrationIsRefused) {
    Instant before = registered_at - days(1), first = start_of(day_of(registered_at));
    auto refused = held(before, CourseKind::special, 480, 0, "youth");
    EXPECT_REFUSED(refused, refusals::course_day_invalid);
    ASSERT_EQ(refused.error().fields.size(), 1U);
    EXPECT_EQ(refused.error().fields.front().field, "/held_at");
    EXPECT_TRUE(refused.error().fields.front().expected_en.contains(to_string(day_of(first))))
        << "it says from which day";
    auto unseen = watched(before);
    EXPECT_REFUSED(unseen, refusals::course_day_invalid);
    ASSERT_EQ(unseen.error().fields.size(), 1U);
    EXPECT_EQ(unseen.error().fields.front().field, "/observed_at");
    held(first, CourseKind::special, 480, 0, "youth").value();
    watched(first).value();
    EXPECT_EQ(minutes_of_youth(), 480);
    EXPECT_EQ(row(wei.person).checks.size(), 1U);
}

// A found bug: one course of eight hours, sent three times, opened a gate of sixteen.
TEST_P(CourseDays, TheSameCourseIsSignedOnceOfADay) {
    Instant at = clock.now() - days(3);
    held(at, CourseKind::special, 480, 0, "youth").value();
    for (int hour : {1, 2}) {
        EXPECT_REFUSED(held(at + hours(hour), CourseKind::special, 480, 0, "youth"),
                       refusals::course_entered)
            << "at another hour of the day too";
    }
    EXPECT_EQ(minutes_of_youth(), 480);
    auto again = held(at, CourseKind::special, 480, 0, "youth");
    EXPECT_REFUSED(again, refusals::course_entered);
    EXPECT_EQ(again.error().fields.front().field, "/held_at");
    held(at, CourseKind::special, 480, 0, "elders").value();
    held(at, CourseKind::special, 240, 0, "youth").value();
    held(at - days(1), CourseKind::special, 480, 0, "youth").value();
    EXPECT_EQ(minutes_of_youth(), 1200) << "another field, length or day is another course";
}

TEST_P(CourseDays, ATestThatWasNotPassedIsTakenAgainOnTheSameDay) {
    held(clock.now(), CourseKind::general, 240, 79).value();
    held(clock.now(), CourseKind::general, 240, 80).value();
    EXPECT_REFUSED(held(clock.now(), CourseKind::general, 240, 95), refusals::course_entered);
    grant(LevelKey::V1).value();
}

TEST_P(CourseDays, ADayHasTwentyFourHoursOfCourses) {
    Instant at = clock.now() - days(3);
    held(at, CourseKind::special, 960, 0, "youth").value();
    auto refused = held(at, CourseKind::special, 481, 0, "elders");
    EXPECT_REFUSED(refused, refusals::course_day_full);
    EXPECT_EQ(refused.error().fields.front().field, "/minutes");
    EXPECT_TRUE(refused.error().fields.front().expected_en.contains("480"));
    held(at, CourseKind::special, 480, 0, "elders").value();
    EXPECT_REFUSED(held(at, CourseKind::leading, 1), refusals::course_day_full);
    held(at - days(1), CourseKind::leading, 480).value();
}

TEST_P(CourseDays, WhatStandsInAJournalAlreadyIsJudgedTheSameWay) {
    reach_v1();
    serve(wei, 20);
    Instant before = registered_at - days(4000), since = clock.now() - days(3);
    written(of_youth(before, 480));
    written(CheckObserved{"youth", true, before});
    for (int i = 0; i < 3; ++i) written(of_youth(since, 480));
    EXPECT_EQ(minutes_of_youth(), 480);
    EXPECT_TRUE(row(wei.person).checks.empty());
    std::vector<std::optional<NotCounted>> why;
    for (const FactCounted& fact : page().facts) {
        bool taught = fact.kind == CoursePassed::kind || fact.kind == CheckObserved::kind;
        if (!taught) continue;
        why.push_back(fact.why);
        EXPECT_EQ(fact.counts, !fact.why);
    }
    EXPECT_EQ(why,
              (std::vector<std::optional<NotCounted>>{
                  NotCounted::entered_twice, NotCounted::entered_twice, std::nullopt,
                  NotCounted::before_registration, NotCounted::before_registration, std::nullopt}))
        << "the newest first; the last is the course of V1";
    EXPECT_REFUSED(grant(LevelKey::V2, "youth"), refusals::gates_open);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CourseDays, WhatWasHeldBeforeTheEndIsEarnedAnewHoweverLateItIsSigned) {
    reach_v1();
    Instant until = row(wei.person).valid_until;
    wait_until(until);
    ASSERT_EQ(row(wei.person).level, 0);
    clock.advance(days(20));
    held(until - days(5), CourseKind::general, 240, 85).value();
    EXPECT_REFUSED(grant(LevelKey::V1), refusals::gates_open);
    EXPECT_EQ(page().renewal->course_found, 240) << "a late renewal may count it";
    EXPECT_TRUE(newest().counts);
    watched(until - days(5)).value();
    EXPECT_EQ(newest().why, NotCounted::earned_anew);
    EXPECT_TRUE(row(wei.person).checks.empty());
    held(clock.now(), CourseKind::general, 240, 85).value();
    grant(LevelKey::V1).value();
    held(until - days(6), CourseKind::special, 480, 0, "youth").value();
    EXPECT_EQ(minutes_of_youth(), 0) << "also once the level is there again";
    EXPECT_EQ(newest().why, NotCounted::earned_anew);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CourseDays, AnAppealThatIsRightLetsCoursesOfBeforeTheLoweringCount) {
    reach_v1();
    clock.advance(days(10));
    Instant before = clock.now() - days(2);
    ProposeLowering down{LoweringMeasure::lower, Text<1, 40>("complaint_upheld"), LevelKey::V0,
                         std::nullopt, Text<1, 500>("投诉经核实成立")};
    act([&](journal::Turn& turn) {
        return propose_lowering(turn, *street_staff, certification_desk, wei.person, down);
    }).value();
    confirm_heard(*officer).value();
    clock.advance(days(1));
    held(before, CourseKind::special, 480, 0, "youth").value();
    EXPECT_EQ(minutes_of_youth(), 0);
    LoweringId id = lowering_of_wei().id;
    act([&](journal::Turn& turn) {
        return appeal_lowering(turn, *wei.caller, certification_desk, id, "并无此事");
    }).value();
    auto second_officer = staff("district_officer", district);
    act([&](journal::Turn& turn) {
        return settle_lowering(turn, *second_officer, certification_desk, id,
                               {true, Text<1, 1000>("查看了录像")});
    }).value();
    held(before, CourseKind::special, 240, 0, "youth").value();
    EXPECT_EQ(minutes_of_youth(), 240);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::certification
