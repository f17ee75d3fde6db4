// A lower certification or its suspension: proposed with its cause, confirmed, appealed against;
// and what it does to orders that were accepted.
#include "domain/certification/test_certification.h"
#include "facts/complaint_facts.h"
#include "facts/incident_facts.h"

namespace hezhi::certification {
namespace {

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
    Result<std::int64_t> confirm_it(const api::Caller& who) { return confirm_heard(who); }
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
    // The next one is possible once no review is, and its time for an appeal passes.
    EXPECT_REFUSED(propose(*street_staff, down_to(LevelKey::V0)), refusals::lowering_undecided);
    clock.set(page().lowerings.front().review_until.value() + std::chrono::minutes(1));
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

TEST_P(Lowerings, ProposeLoweringNamesWhatCausedItIfThatWasSettledAgainstThePerson) {
    auto record = [&](const auto& payload, Subjects subjects, AreaId area) {
        return act([&](journal::Turn& turn) -> Result<std::int64_t> {
                   return turn.append(
                       draft(payload, command, Place{area, path_of(area)}, subjects, turn.now()));
               })
            .value();
    };
    auto of = [&](LoweringCause cause, std::int64_t id) {
        ProposeLowering input = suspended_for(7);
        input.cause = cause;
        input.cause_id.emplace();
        input.cause_id->value = id;
        return input;
    };
    IncidentReported reported;
    std::int64_t incident = record(reported, {{"incident", self}}, community);
    EXPECT_REFUSED(propose(*social_worker, of(LoweringCause::incident, incident)),
                   refusals::lowering_cause_unknown)
        << "nobody has settled it";
    record(IncidentSettled{"minor", true, true},
           {{"incident", incident}, {"person", wei.person.value}}, community);
    EXPECT_REFUSED(propose(*social_worker, of(LoweringCause::spot_check, incident)),
                   refusals::lowering_cause_unknown);
    ComplaintFiled filed;
    std::int64_t complaint = record(filed, {{"complaint", self}}, community);
    EXPECT_REFUSED(propose(*social_worker, of(LoweringCause::complaint, complaint)),
                   refusals::lowering_cause_unknown)
        << "not decided";
    record(ComplaintDecided{ComplaintOutcome::upheld, {}}, {{"complaint", complaint}}, community);
    std::int64_t elsewhere = record(filed, {{"complaint", self}}, other_district);
    record(ComplaintDecided{ComplaintOutcome::upheld, {}}, {{"complaint", elsewhere}},
           other_district);
    EXPECT_REFUSED(propose(*social_worker, of(LoweringCause::complaint, elsewhere)),
                   refusals::lowering_cause_unknown);
    filed.about = AboutKind::person;
    filed.about_id = zhang.person.value;
    std::int64_t of_zhang = record(filed, {{"complaint", self}}, community);
    record(ComplaintDecided{ComplaintOutcome::upheld, {}}, {{"complaint", of_zhang}}, community);
    EXPECT_REFUSED(propose(*social_worker, of(LoweringCause::complaint, of_zhang)),
                   refusals::lowering_cause_unknown);
    auto causes = reading_as(*street_staff, [&](const api::Reading& reading) {
        return certification_page(reading, certification_desk, row(wei.person)).causes;
    });
    ASSERT_EQ(causes.size(), 1U);
    EXPECT_EQ(causes.front().id, incident);
    propose(*social_worker, of(LoweringCause::complaint, complaint)).value();
    EXPECT_EQ(page().lowerings.front().cause, LoweringCause::complaint);
    EXPECT_EQ(page().lowerings.front().cause_id, complaint);
    auto own = reading_as(*wei.caller, [&](const api::Reading& reading) {
        return certification_page(reading, certification_desk, row(wei.person)).lowerings.front();
    });
    EXPECT_EQ(own.cause, LoweringCause::complaint);
    EXPECT_FALSE(own.cause_id) << "nobody is to guess who complained";
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

}  // namespace
}  // namespace hezhi::certification
