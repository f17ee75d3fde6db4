// The life of a certification: what is signed, what it opens, how it ends, and the star beside it.
#include "domain/certification/test_certification.h"
#include "facts/activity_facts.h"
#include "facts/record_facts.h"

namespace hezhi::certification {
namespace {

HEZHI_ON_BOTH_ENGINES(CertificationLife);

TEST_P(CertificationLife, GrantCertificationIsAPersonsDecisionThatTheGatesAllow) {
    EXPECT_REFUSED(grant(LevelKey::V1), refusals::gates_open);
    course(CourseKind::general, 240, 79).value();
    EXPECT_REFUSED(grant(LevelKey::V1), refusals::gates_open);
    EXPECT_EQ(page().facts.front().why, NotCounted::test_below);
    course(CourseKind::general, 240, 80).value();
    EXPECT_EQ(row(wei.person).level, 0) << "a proposal until somebody decides";
    EXPECT_TRUE(row(wei.person).ready_at);
    EXPECT_TRUE(page().goals.front().ready);
    grant(LevelKey::V1).value();
    EXPECT_EQ(row(wei.person).level, 1);
    EXPECT_EQ(row(wei.person).valid_until, months_later(clock.now(), 24));
    EXPECT_FALSE(row(wei.person).ready_at);
    EXPECT_REFUSED(grant(LevelKey::V1), refusals::level_out_of_turn);
    EXPECT_REFUSED(grant(LevelKey::V2), refusals::field_unknown);
    EXPECT_REFUSED(grant(LevelKey::V3), refusals::level_out_of_turn);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CertificationLife, OpensOnlyTheFieldInWhichItWasGranted) {
    reach_v2("youth");
    OrderId mediation = open_order(report_need(), "neighbour_mediation");
    EXPECT_REFUSED(offer(mediation, {wei}), orders::refusals::person_may_not_take);
    OrderId education = open_order(report_need(), "psychological_seed_education");
    EXPECT_TRUE(offer(education, {wei}));
    auto elders = page();
    ASSERT_EQ(elders.held.size(), 2U);
    EXPECT_EQ(elders.held.back().field_name->zh, "青少年服务");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CertificationLife, ObserveCheckThatWasNotPassedOpensNothing) {
    reach_v1();
    course(CourseKind::special, 960, 0, "youth").value();
    serve(wei, 20);
    check("youth", false).value();
    EXPECT_REFUSED(grant(LevelKey::V2, "youth"), refusals::gates_open);
    check("youth", true).value();
    EXPECT_REFUSED(check("flying", true), refusals::field_unknown);
    grant(LevelKey::V2, "youth").value();
}

TEST_P(CertificationLife, LapseCertificationTakesItBackAndWarnCertificationSaysSoBefore) {
    reach_v1();
    Instant until = row(wei.person).valid_until;
    wait_until(until - days(61));
    EXPECT_TRUE(facts("certification.warned").empty());
    wait_until(until - days(60));
    wait_until(until - days(2));
    EXPECT_EQ(facts("certification.warned").size(), 1U);
    // An order whose service ends after the certification does is not for them.
    OrderId late =
        open_order(report_need(), "phone_befriending", until - hours(1), until + hours(1));
    EXPECT_REFUSED(offer(late, {wei}), orders::refusals::person_may_not_take);
    wait_until(until);
    ASSERT_EQ(facts("certification.lapsed").size(), 1U);
    EXPECT_EQ(row(wei.person).level, 0);
    EXPECT_EQ(page().lapsed_level, LevelKey::V1);
    OrderId order = open_order(report_need(), "phone_befriending");
    EXPECT_REFUSED(offer(order, {wei}), orders::refusals::person_may_not_take);
    EXPECT_REFUSED(grant(LevelKey::V1), refusals::gates_open) << "earned anew";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CertificationLife, RenewCertificationBringsBackWhatLapsedForSixMonths) {
    reach_v2("youth");
    Instant until = row(wei.person).valid_until;
    EXPECT_REFUSED(renew(), refusals::renewal_not_ready);
    clock.advance(days(1));  // the day of the level is full of courses
    course(CourseKind::renewal, 480, 0).value();
    wait_until(until - days(10));
    serve(wei, 19);
    EXPECT_REFUSED(renew(), refusals::renewal_not_ready);
    wait_until(until + days(1));
    serve(wei, 1);
    EXPECT_EQ(row(wei.person).level, 0);
    renew().value();
    EXPECT_EQ(row(wei.person).level, 2);
    EXPECT_EQ(row(wei.person).valid_until, months_later(clock.now(), 24));
    EXPECT_TRUE(offer(open_order(report_need(), "psychological_seed_education"), {wei}));
    EXPECT_REFUSED(renew(), refusals::renewal_not_ready) << "counted from the renewal";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CertificationLife, VerifyLicenceOpensProfessionalTasksAsLongAsItHolds) {
    reach_v1();
    auto verify = [&](std::string_view licence, Instant until) {
        return act([&](journal::Turn& turn) {
            return verify_licence(turn, *street_staff, wei.person,
                                  {Text<1, 40>(std::string(licence)), until});
        });
    };
    EXPECT_REFUSED(verify("juggler", clock.now() + days(90)), refusals::licence_unknown);
    EXPECT_REFUSED(verify("lawyer", clock.now()), refusals::licence_day_invalid);
    EXPECT_REFUSED(grant(LevelKey::V4, "lawyer"), refusals::gates_open);
    Instant until = row(wei.person).valid_until;
    clock.advance(days(1));
    verify("lawyer", clock.now() + days(90)).value();
    grant(LevelKey::V4, "lawyer").value();
    EXPECT_EQ(row(wei.person).level, 1) << "beside the level";
    EXPECT_EQ(row(wei.person).valid_until, until) << "which keeps its own time";
    EXPECT_TRUE(page().professional);
    // V4 is asked for, and no licence is named.
    EXPECT_TRUE(offer(open_order(report_need(), "sign_braille_caption"), {wei}));
    EXPECT_TRUE(offer(open_order(report_need(), "legal_consultation"), {wei}));
    OrderId flood = open_order(report_need(), "disaster_response");
    EXPECT_REFUSED(offer(flood, {wei}), orders::refusals::person_may_not_take);
    clock.advance(days(91));
    for (const char* category : {"legal_consultation", "sign_braille_caption"}) {
        EXPECT_REFUSED(offer(open_order(report_need(), category), {wei}),
                       orders::refusals::person_may_not_take)
            << category;
    }
    EXPECT_FALSE(page().professional);
    EXPECT_EQ(page().held.size(), 1U) << "the level alone";
    EXPECT_TRUE(row(wei.person).professional) << "the timer has not said so yet";
    auto figure = [&] {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return reading.load<people::PersonFigure>(wei.person)->certification;
        });
    };
    EXPECT_EQ(figure(), 4);
    wait_until(clock.now());
    EXPECT_EQ(facts("licence.ended").size(), 1U);  // EndLicence
    EXPECT_EQ(figure(), 1) << "the level that is left";
    EXPECT_FALSE(row(wei.person).professional);
    EXPECT_EQ(row(wei.person).held.size(), 1U);
    EXPECT_EQ(row(wei.person).valid_until, until) << "the level keeps its time";
    wait_until(clock.now() + days(1));
    EXPECT_EQ(facts("licence.ended").size(), 1U) << "once";
    EXPECT_REFUSED(grant(LevelKey::V4, "lawyer"), refusals::gates_open);
    verify("lawyer", clock.now() + days(5)).value();
    grant(LevelKey::V4, "lawyer").value();
    EXPECT_EQ(figure(), 4) << "granted anew";
    verify("lawyer", clock.now() + days(30)).value();
    wait_until(clock.now() + days(10));
    EXPECT_EQ(figure(), 4) << "another was verified before the first ended";
    wait_until(clock.now() + days(21));
    EXPECT_EQ(figure(), 1);
    course(CourseKind::renewal, 480, 0).value();
    serve(wei, 20);
    renew().value();
    EXPECT_FALSE(row(wei.person).professional) << "no licence, no V4";
    EXPECT_EQ(row(wei.person).level, 1);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CertificationLife, EndLicenceOfWhoHoldsNothingBesideV4LeavesNoTimeToEnd) {
    // As a pack may grant it that asks for no level before it.
    auto append = [&](const auto& payload) {
        return act([&](journal::Turn& turn) -> Result<std::int64_t> {
            return turn.append(draft(payload, command, Place{community, path_of(community)},
                                     {{"person", wei.person.value}}, turn.now()));
        });
    };
    append(LicenceVerified{"lawyer", clock.now() + days(30)}).value();
    CertificationGranted granted;
    granted.level = 4;
    granted.field = "lawyer";
    granted.professional = true;
    granted.valid_until = clock.now() + days(720);
    granted.warn_at = clock.now() + days(660);
    append(granted).value();
    EXPECT_EQ(row(wei.person).level, 0);
    EXPECT_EQ(row(wei.person).valid_until, granted.valid_until);
    wait_until(clock.now() + days(31));
    EXPECT_EQ(facts("licence.ended").size(), 1U);
    EXPECT_FALSE(row(wei.person).valid_until);
    EXPECT_FALSE(row(wei.person).warn_at);
    auto standing = reading_as(*officer, [&](const api::Reading& reading) {
        return reading.load<standing::StandingFigure>(wei.person).value();
    });
    EXPECT_FALSE(standing.certified_until) << "dispatch asks for a level, not for its renewal";
    course(CourseKind::general, 240, 85).value();
    wait_until(granted.warn_at);
    wait_until(granted.valid_until);
    EXPECT_TRUE(facts("certification.warned").empty());
    EXPECT_TRUE(facts("certification.lapsed").empty()) << "nothing is held";
    EXPECT_EQ(row(wei.person).courses.size(), 1U) << "what was earned meanwhile stays";
    grant(LevelKey::V1).value();
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CertificationLife, RecommendLeadCompletesTheThirdLevelAfterTwelveMonths) {
    reach_v2("safety");
    serve(wei, 80);
    clock.advance(days(1));
    course(CourseKind::leading, 480, 0).value();
    act([&](journal::Turn& turn) {
        return recommend_lead(turn, *social_worker, wei.person);
    }).value();
    EXPECT_REFUSED(grant(LevelKey::V3), refusals::gates_open);
    Instant from = months_later(row(wei.person).granted_at, 12);
    EXPECT_EQ(row(wei.person).ready_at, from) << "the queue shows it from that day";
    clock.set(from);
    grant(LevelKey::V3).value();
    EXPECT_TRUE(row(wei.person).held.back().level == 3);
}

TEST_P(CertificationLife, RecogniseCertificationTakesOverPapersWithinThePacksDays) {
    auto recognise = [&](LevelKey level, const std::vector<Text<1, 40>>& fields) {
        return act([&](journal::Turn& turn) {
            return recognise_certification(turn, *street_staff, wei.person, {level, fields});
        });
    };
    EXPECT_REFUSED(recognise(LevelKey::V4, {}), refusals::recognition_closed);
    EXPECT_REFUSED(recognise(LevelKey::V2, {}), refusals::field_unknown);
    EXPECT_REFUSED(recognise(LevelKey::V0, {}), refusals::recognition_closed);
    recognise(LevelKey::V2, {Text<1, 40>("elders")}).value();
    EXPECT_TRUE(page().recognised);
    EXPECT_REFUSED(recognise(LevelKey::V2, {Text<1, 40>("youth")}), refusals::recognition_closed);
    EXPECT_REFUSED(grant(LevelKey::V2, "elders"), refusals::level_out_of_turn);
    Volunteer later = volunteer("何青", community, LevelKey::V0);
    clock.advance(days(31));
    EXPECT_REFUSED(
        act([&](journal::Turn& turn) {
            return recognise_certification(turn, *street_staff, later.person, {LevelKey::V1, {}});
        }),
        refusals::recognition_closed);
}

TEST_P(CertificationLife, PassCourseIsSignedByAnotherForAVolunteerAndNotAhead) {
    PassCourse input;
    input.held_at = clock.now() + hours(1);
    auto sign = [&](const api::CallerPtr& who, PersonId person) {
        return act([&](journal::Turn& turn) { return pass_course(turn, *who, person, input); });
    };
    EXPECT_REFUSED(sign(social_worker, wei.person), refusals::course_day_invalid);
    input.held_at = clock.now();
    EXPECT_REFUSED(sign(social_worker, social_worker->person), refusals::not_a_volunteer);
    EXPECT_REFUSED(sign(officer, wei.person), hezhi::refusals::not_permitted);
    EXPECT_REFUSED(sign(staff("social_worker", other_district), wei.person),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(sign(wei.caller, wei.person), hezhi::refusals::not_found);
}

TEST_P(CertificationLife, IsWorthTheSameMinutesToEveryLevel) {
    Volunteer lead = volunteer("何青", community, LevelKey::V3);
    for (const Volunteer& who : {wei, lead}) serve(who, 2);
    EXPECT_EQ(star(wei.person).minutes, star(lead.person).minutes);
}

TEST_P(CertificationLife, StarsFollowTheRecordedHoursSinceTheRegistration) {
    struct Row {
        int more_hours;
        std::int32_t stars;
        std::int64_t missing_minutes;  // to the next
    };
    const Row table[] = {
        {99, 0, 60}, {1, 1, 200 * 60}, {200, 2, 300 * 60}, {300, 3, 400 * 60}, {900, 5, 0},
    };
    for (const Row& each : table) {
        serve(wei, each.more_hours);
        StarShown shown = show_star(star(wei.person), pack().stars, pack().stars);
        EXPECT_EQ(shown.stars, each.stars);
        EXPECT_EQ(shown.next ? shown.next->minutes_missing : 0, each.missing_minutes);
    }
    EXPECT_EQ(show_star(star(wei.person), pack().stars, pack().stars).says->zh,
              "服务满 1500 小时为五星级志愿者。");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CertificationLife, StarsCountALateEntryOnlyOnceItIsConfirmedAndFollowACorrection) {
    auto write = [&](const auto& payload, Subjects subjects) {
        subjects["person"] = wei.person.value;
        return act([&](journal::Turn& turn) -> Result<std::int64_t> {
                   return turn.append(draft(payload, command, Place{community, path_of(community)},
                                            subjects, turn.now()));
               })
            .value();
    };
    Instant from = clock.now(), to = from + hours(2);
    std::int64_t record =
        write(RecordEntered{"community_patrol", from, to, 120, TimeWas::free_time, true},
              {{"record", self}});
    EXPECT_EQ(star(wei.person).minutes, 0);
    EXPECT_EQ(page().facts.front().why, NotCounted::waits);
    write(RecordConfirmed{120, to}, {{"record", record}});
    EXPECT_EQ(star(wei.person).minutes, 120);
    write(RecordCorrected{from, to - hours(1), 60, false, -60}, {{"record", record}});
    EXPECT_EQ(star(wei.person).minutes, 60);
    write(RecordEntered{"community_patrol", from - days(400), to - days(400), 120,
                        TimeWas::free_time, false},
          {{"record", self}});
    EXPECT_EQ(star(wei.person).minutes, 60) << "before the registration";
    EXPECT_EQ(page().facts.front().why, NotCounted::before_registration);
}

// A found bug: the list ended at a hundred, so that nobody with more could add up the star.
TEST_P(CertificationLife, EveryRecordThatCountsIsListedSoThatTheStarCanBeAddedUp) {
    for (int i = 0; i < 150; ++i) {
        serve(wei, 2);
        clock.advance(hours(3));
    }
    Certification shown = page();
    EXPECT_EQ(std::ssize(shown.facts), shown.facts_in_all);
    std::int64_t minutes = 0;
    for (const FactCounted& fact : shown.facts) {
        if (fact.kind == ShiftRecorded::kind && fact.counts) minutes += fact.minutes.value();
    }
    EXPECT_EQ(minutes, 150 * 120);
    EXPECT_EQ(minutes, star(wei.person).minutes);
}

TEST_P(CertificationLife, AStarIsShownWithTheRuleThatGaveIt) {
    serve(wei, 100);
    rules::StarRules later = pack().stars;
    for (rules::Star& each : later.ladder) {
        each.hours *= 2;
        each.clause.says.zh = "新规则";
    }
    StarShown shown = show_star(star(wei.person), pack().stars, later);
    EXPECT_EQ(shown.stars, 1) << "a later ladder takes no star away";
    EXPECT_EQ(shown.says->zh, "服务满 100 小时为一星级志愿者。") << "the rule that gave it";
    EXPECT_EQ(shown.next->says.zh, "新规则") << "today's rule for the next";
    EXPECT_EQ(shown.next->minutes_missing, (600 - 100) * 60);
}

}  // namespace
}  // namespace hezhi::certification
