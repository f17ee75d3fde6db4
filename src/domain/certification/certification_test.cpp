// The life of a certification: what is signed, what it opens, how it ends, and the star beside it.
#include "domain/certification/certification.h"

#include "domain/certification/certification_pages.h"
#include "domain/standing/standing_figure.h"
#include "facts/activity_facts.h"
#include "facts/record_facts.h"
#include "support/world.h"

namespace hezhi::certification {
namespace {

using hezhi::testing::Volunteer;
using rules::LevelKey;
using std::chrono::days;
using std::chrono::hours;

class CertificationLife : public hezhi::testing::World {
  protected:
    CertificationLife() : wei(volunteer("魏明", community, LevelKey::V0)) {}

    Result<std::int64_t> course(CourseKind kind, int minutes, int percent,
                                std::string_view field = {}) {
        PassCourse input;
        input.course = kind;
        input.minutes.value = minutes;
        if (percent > 0) input.test_percent.emplace(percent);
        if (!field.empty()) input.field.emplace(std::string(field));
        input.held_at = clock.now();
        return act([&](journal::Turn& turn) {
            return pass_course(turn, *social_worker, wei.person, input);
        });
    }
    Result<std::int64_t> check(std::string_view field, bool passed) {
        return act([&](journal::Turn& turn) {
            return observe_check(turn, *social_worker, wei.person,
                                 {Text<1, 40>(std::string(field)), passed, clock.now()});
        });
    }
    Result<std::int64_t> grant(LevelKey level, std::string_view field = {}) {
        GrantCertification input{level, std::nullopt};
        if (!field.empty()) input.field.emplace(std::string(field));
        return act([&](journal::Turn& turn) {
            return grant_certification(turn, *street_staff, wei.person, input);
        });
    }
    Result<std::int64_t> renew() {
        return act([&](journal::Turn& turn) {
            return renew_certification(turn, *street_staff, wei.person);
        });
    }
    // Hours that stand in the service record, as a shift leaves them.
    void serve(const Volunteer& who, int served_hours) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            ShiftRecorded shift{"community_patrol", turn.now(), turn.now() + hours(served_hours),
                                served_hours * 60};
            return turn.append(draft(shift, command, Place{community, path_of(community)},
                                     {{"person", who.person.value}}, turn.now()));
        }).value();
    }
    void reach_v1() {
        course(CourseKind::general, 240, 85).value();
        grant(LevelKey::V1).value();
    }
    void reach_v2(std::string_view field) {
        reach_v1();
        course(CourseKind::special, 960, 0, field).value();
        check(field, true).value();
        serve(wei, 20);
        grant(LevelKey::V2, field).value();
    }
    CertificationState row(PersonId person) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<CertificationFigure>(person).value();
        });
    }
    StarState star(PersonId person) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<StarFigure>(person).value();
        });
    }
    Certification page() {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return certification_page(reading, certification_desk, row(wei.person));
        });
    }
    Volunteer wei;
};
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
    verify("lawyer", clock.now() + days(90)).value();
    grant(LevelKey::V4, "lawyer").value();
    EXPECT_EQ(row(wei.person).level, 1) << "beside the level";
    EXPECT_TRUE(offer(open_order(report_need(), "legal_consultation"), {wei}));
    OrderId flood = open_order(report_need(), "disaster_response");
    EXPECT_REFUSED(offer(flood, {wei}), orders::refusals::person_may_not_take);
    clock.advance(days(91));
    EXPECT_REFUSED(offer(open_order(report_need(), "legal_consultation"), {wei}),
                   orders::refusals::person_may_not_take);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(CertificationLife, RecommendLeadCompletesTheThirdLevelAfterTwelveMonths) {
    reach_v2("safety");
    serve(wei, 80);
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

class Lowerings : public CertificationLife {
  protected:
    Lowerings() : second_officer(staff("district_officer", district)) { reach_v2("youth"); }

    ProposeLowering down_to(LevelKey level) {
        ProposeLowering input{LoweringMeasure::lower, Text<1, 40>("complaint_upheld"), level,
                              std::nullopt, Text<1, 500>("投诉经核实成立")};
        return input;
    }
    ProposeLowering suspended_for(int suspended_days) {
        ProposeLowering input{LoweringMeasure::suspend, Text<1, 40>("incident_attributed"),
                              std::nullopt, std::nullopt, Text<1, 500>("老人摔倒，未搀扶")};
        input.days.emplace();
        input.days->value = suspended_days;
        return input;
    }
    Result<std::int64_t> propose(const api::Caller& who, const ProposeLowering& input) {
        return act([&](journal::Turn& turn) {
            return propose_lowering(turn, who, certification_desk, wei.person, input);
        });
    }
    Result<std::int64_t> confirm_it(const api::Caller& who) {
        return act([&](journal::Turn& turn) {
            return confirm_lowering(turn, who, certification_desk, last(), "已核实");
        });
    }
    Result<std::int64_t> appeal(const api::Caller& who) {
        return act([&](journal::Turn& turn) {
            return appeal_lowering(turn, who, certification_desk, last(), "那天是我把老人扶住的");
        });
    }
    Result<std::int64_t> settle(const api::Caller& who, bool upheld) {
        return act([&](journal::Turn& turn) {
            return settle_lowering(turn, who, certification_desk, last(),
                                   {upheld, Text<1, 1000>("查看了录像")});
        });
    }
    LoweringId last() { return row(wei.person).lowering; }
    // Whether 魏 may be asked for an order that needs V2 in the field, and for one that needs V1.
    bool serves_v2() {
        return offer(open_order(report_need(), "psychological_seed_education"), {wei}).has_value();
    }
    bool serves_v1() {
        return offer(open_order(report_need(), "phone_befriending"), {wei}).has_value();
    }

    api::CallerPtr second_officer;
};
HEZHI_ON_BOTH_ENGINES(Lowerings);

TEST_P(Lowerings, ProposeLoweringChangesNothingUntilConfirmLoweringBySomebodyElse) {
    propose(*street_staff, down_to(LevelKey::V1)).value();
    EXPECT_EQ(row(wei.person).level, 2);
    EXPECT_TRUE(serves_v2()) << "a proposal";
    EXPECT_REFUSED(propose(*social_worker, down_to(LevelKey::V1)), refusals::lowering_undecided);
    EXPECT_REFUSED(confirm_it(*street_staff), refusals::own_lowering);
    EXPECT_REFUSED(confirm_it(*social_worker), hezhi::refusals::not_found);
    auto queue = row(wei.person);
    EXPECT_TRUE(queue.lowering_at) << "waits in the queue";
    confirm_it(*officer).value();
    CertificationState after = row(wei.person);
    EXPECT_EQ(after.level, 1);
    ASSERT_EQ(after.held.size(), 1U);
    EXPECT_TRUE(after.held.front().field.empty()) << "the field went with V2";
    EXPECT_FALSE(serves_v2()) << "dispatch follows";
    EXPECT_TRUE(serves_v1());
    EXPECT_REFUSED(confirm_it(*officer), refusals::lowering_state_forbids);
    EXPECT_REFUSED(grant(LevelKey::V2, "youth"), refusals::gates_open) << "earned anew";
    EXPECT_EQ(star(wei.person).minutes, 20 * 60) << "recorded hours stay";
    auto shown = page();
    ASSERT_EQ(shown.lowerings.size(), 1U);
    EXPECT_EQ(shown.lowerings.front().ground.zh, "投诉成立");
    EXPECT_EQ(shown.lowerings.front().reason, "投诉经核实成立");
    EXPECT_EQ(shown.lowerings.front().decision, "已核实");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Lowerings, AppealLoweringIsSettledBySomebodyWhoTookNoPartAndBringsBackWhatWasHeld) {
    propose(*street_staff, down_to(LevelKey::V0)).value();
    EXPECT_REFUSED(appeal(*wei.caller), refusals::lowering_state_forbids);
    confirm_it(*officer).value();
    EXPECT_EQ(row(wei.person).level, 0);
    EXPECT_FALSE(row(wei.person).valid_until);
    EXPECT_FALSE(serves_v1());
    EXPECT_REFUSED(appeal(*zhang.caller), hezhi::refusals::not_found);
    appeal(*wei.caller).value();
    EXPECT_FALSE(serves_v1()) << "stands until the decision";
    EXPECT_REFUSED(settle(*officer, true), refusals::took_part_in_lowering);
    EXPECT_REFUSED(settle(*street_staff, true), hezhi::refusals::not_found);
    settle(*second_officer, true).value();  // SettleLowering
    CertificationState after = row(wei.person);
    EXPECT_EQ(after.level, 2);
    EXPECT_TRUE(after.valid_until);
    EXPECT_TRUE(serves_v2());
    EXPECT_EQ(page().lowerings.front().state, LoweringStep::withdrawn);
    EXPECT_REFUSED(settle(*second_officer, true), refusals::lowering_state_forbids);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Lowerings, AppealLoweringHasThePacksDaysAndSettleLoweringMayUpholdTheLowering) {
    propose(*street_staff, down_to(LevelKey::V1)).value();
    confirm_it(*officer).value();
    Instant until = page().lowerings.front().appeal_until.value();
    clock.set(until);
    appeal(*wei.caller).value();
    settle(*second_officer, false).value();
    EXPECT_EQ(row(wei.person).level, 1);
    // The next one is possible, and its time for an appeal passes.
    propose(*street_staff, down_to(LevelKey::V0)).value();
    confirm_it(*officer).value();
    clock.set(page().lowerings.front().appeal_until.value() + std::chrono::minutes(1));
    EXPECT_REFUSED(appeal(*wei.caller), refusals::lowering_appeal_over);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Lowerings, EndSuspensionOpensWhatWasSuspendedAfterItsDays) {
    EXPECT_REFUSED(propose(*social_worker, suspended_for(181)), refusals::lowering_empty);
    propose(*social_worker, suspended_for(30)).value();
    confirm_it(*street_staff).value();
    Instant until = row(wei.person).suspended_until;
    EXPECT_EQ(until, clock.now() + days(30));
    EXPECT_EQ(row(wei.person).level, 2) << "the level stands";
    EXPECT_FALSE(serves_v2());
    EXPECT_FALSE(serves_v1());
    EXPECT_EQ(page().suspended_until, until);
    wait_until(until - std::chrono::minutes(1));
    EXPECT_FALSE(serves_v1());
    wait_until(until);
    EXPECT_EQ(facts("suspension.ended").size(), 1U);
    EXPECT_TRUE(serves_v2());
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Lowerings, RecheckAcceptancesGivesToOthersWhatTheLowerLevelMayNotDo) {
    auto taken = [&](std::string_view category, int in_days) {
        Instant from = tomorrow_at(9) + days(in_days);
        OrderId id = open_order(report_need(), category, from, from + hours(2));
        offer(id, {wei}).value();
        accept(id, wei).value();
        return id;
    };
    OrderId seeds = taken("psychological_seed_education", 2);  // V2 in the field
    OrderId calls = taken("phone_befriending", 3);             // V1
    OrderId asked = open_order(report_need(), "psychological_seed_education");
    offer(asked, {wei}).value();
    propose(*street_staff, down_to(LevelKey::V1)).value();
    wait_until(clock.now());
    EXPECT_TRUE(facts("order.reassigned").empty()) << "a proposal";
    Instant lowered = clock.now();
    confirm_it(*officer).value();
    wait_until(clock.now());
    ASSERT_EQ(facts("order.reassigned").size(), 1U);
    EXPECT_EQ(offer_of(seeds, wei.person)->state, orders::OfferStep::cancelled);
    EXPECT_EQ(order(seeds).state, OrderStep::open) << "looked for again";
    EXPECT_EQ(order(seeds).refill_until, lowered + hours(24)) << "the pack's hours";
    EXPECT_EQ(offer_of(calls, wei.person)->state, orders::OfferStep::accepted);
    EXPECT_REFUSED(accept(asked, wei), orders::refusals::certification_forbids);
    auto rechecked = facts("acceptances.rechecked");
    ASSERT_EQ(rechecked.size(), 1U);
    const auto& looked = rechecked.front().as<AcceptancesRechecked>();
    EXPECT_EQ(looked.taken, 2);
    EXPECT_EQ(looked.reassigned, 1);
    EXPECT_EQ(looked.due_at, lowered);
    wait_until(clock.now() + hours(1));
    EXPECT_EQ(facts("acceptances.rechecked").size(), 1U) << "once";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Lowerings, RecheckAcceptancesLeavesWhatBeginsAfterTheSuspension) {
    auto taken = [&](int in_days) {
        Instant from = tomorrow_at(9) + days(in_days);
        OrderId id = open_order(report_need(), "phone_befriending", from, from + hours(2));
        offer(id, {wei}).value();
        accept(id, wei).value();
        return id;
    };
    OrderId within = taken(1), after = taken(9);
    propose(*social_worker, suspended_for(7)).value();
    confirm_it(*street_staff).value();
    wait_until(clock.now());
    EXPECT_EQ(offer_of(within, wei.person)->state, orders::OfferStep::cancelled);
    EXPECT_EQ(offer_of(after, wei.person)->state, orders::OfferStep::accepted);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Lowerings, RejectLoweringLeavesEverythingAsItWas) {
    propose(*social_worker, suspended_for(30)).value();
    act([&](journal::Turn& turn) {
        return reject_lowering(turn, *street_staff, certification_desk, last(), "查无此事");
    }).value();
    EXPECT_TRUE(serves_v2());
    EXPECT_FALSE(row(wei.person).lowering_at);
    EXPECT_TRUE(propose(*social_worker, suspended_for(30))) << "may be proposed again";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Lowerings, ProposeLoweringIsForLessThanIsHeldWithAGroundOfThePack) {
    EXPECT_REFUSED(propose(*street_staff, down_to(LevelKey::V2)), refusals::lowering_empty);
    EXPECT_REFUSED(propose(*street_staff, down_to(LevelKey::V4)), refusals::lowering_empty);
    ProposeLowering unknown = down_to(LevelKey::V1);
    unknown.ground = Text<1, 40>("disliked");
    EXPECT_REFUSED(propose(*street_staff, unknown), refusals::lowering_ground_unknown);
    api::Caller herself = *street_staff;
    herself.person = wei.person;
    EXPECT_REFUSED(propose(herself, down_to(LevelKey::V1)), refusals::own_certification);
    EXPECT_REFUSED(propose(*officer, down_to(LevelKey::V1)), hezhi::refusals::not_permitted);
    EXPECT_REFUSED(propose(*staff("street_staff", other_district), down_to(LevelKey::V1)),
                   hezhi::refusals::not_found);
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
