// 突发情况: reported by whoever is there, settled by whoever had no part, raised when late.
#include "domain/incidents/incidents.h"

#include "support/world.h"

namespace hezhi::incidents {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::hours;

class Incidents : public hezhi::testing::World {
  protected:
    Result<std::int64_t> report(const api::Caller& who, OrderId order,
                                std::string severity = "minor",
                                AboutKind about = AboutKind::order) {
        ReportIncident input;
        input.about = about;
        input.about_id = order.value;
        input.severity.value = std::move(severity);
        input.what.value = "老人在门口滑了一下，手擦破";
        return act(
            [&](journal::Turn& turn) { return report_incident(turn, who, incident_desk, input); });
    }
    Result<std::int64_t> settle(const api::Caller& who, IncidentId id, bool confirmed = true,
                                std::optional<PersonId> attributed_to = {},
                                std::string severity = "minor") {
        SettleIncident input;
        input.severity.value = std::move(severity);
        input.confirmed = confirmed;
        input.attributed_to = attributed_to;
        input.reason.value = "已电话核实";
        return act([&](journal::Turn& turn) {
            return settle_incident(turn, who, incident_desk, id, input);
        });
    }
    IncidentState row(IncidentId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<IncidentFigure>(id).value();
        });
    }
    // 张 and 刘 have taken it; the service is today.
    OrderId order_today() {
        OrderId id = accepted_order();
        clock.set(order(id).starts_at);
        return id;
    }
};
HEZHI_ON_BOTH_ENGINES(Incidents);

TEST_P(Incidents, ReportIncidentStartsTheClockOfItsClass) {
    OrderId order = order_today();
    IncidentId minor(report(*zhang.caller, order).value());
    IncidentId major(report(*social_worker, order, "major").value());
    // Friday 6 March 09:00: five working days end with Friday the 13th; a day and night is a day.
    EXPECT_EQ(day_of(row(minor).settle_until), *parse_day("2026-03-13"));
    EXPECT_EQ(row(major).settle_until, clock.now() + hours(24));
    EXPECT_EQ(row(minor).about_id, order.value);
    EXPECT_EQ(row(minor).reporter, zhang.caller->account);
    const Fact fact = facts("incident.reported").front();
    EXPECT_EQ(fact.subject("order"), order.value) << "stands among the order's facts";
    EXPECT_EQ(fact.payload.find("老人"), std::string::npos) << "no words in the journal";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Incidents, ReportIncidentIsForThoseWhoAreThereFromTheDayOn) {
    OrderId order = accepted_order();
    EXPECT_REFUSED(report(*zhang.caller, order), refusals::service_not_begun);
    clock.set(start_of(day_of(this->order(order).starts_at)));
    report(*zhang.caller, order).value();
    EXPECT_REFUSED(report(*zhao.caller, order), hezhi::refusals::not_found);
    EXPECT_REFUSED(report(*grid_worker, order), hezhi::refusals::not_found);
    EXPECT_REFUSED(report(*staff("social_worker", other_district), order),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(report(*zhang.caller, order, "disaster"), refusals::severity_unknown);
    EXPECT_REFUSED(report(*zhang.caller, OrderId(zhang.person.value), "minor", AboutKind::person),
                   hezhi::refusals::not_found);
    OrderId untaken = open_order(report_need());
    EXPECT_REFUSED(report(*social_worker, untaken), refusals::service_not_begun)
        << "nobody has taken it";
}

TEST_P(Incidents, SettleIncidentSaysWhetherItIsSoAndWhoCausedIt) {
    IncidentId id(report(*zhang.caller, order_today()).value());
    EXPECT_REFUSED(settle(*street_staff, id, true, zhao.person), refusals::attributed_to_whom);
    EXPECT_REFUSED(settle(*street_staff, id, false, zhang.person), refusals::attributed_to_whom);
    settle(*street_staff, id, true, liu.person, "major").value();
    EXPECT_REFUSED(settle(*officer, id), refusals::incident_settled);
    IncidentState state = row(id);
    EXPECT_TRUE(state.confirmed);
    EXPECT_TRUE(state.attributable);
    EXPECT_EQ(state.severity, "major") << "as it turned out";
    EXPECT_EQ(state.person, liu.person);
    // What grades will fold: the person and the order stand among the subjects.
    const Fact fact = facts("incident.settled").front();
    EXPECT_EQ(PersonId(fact.subject("person")), liu.person);
    EXPECT_EQ(fact.subject("order"), state.about_id);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Incidents, SettleIncidentIsRefusedForWhoeverReportedServedOrLeads) {
    OrderId order = order_today();
    IncidentId id(report(*street_staff, order).value());
    EXPECT_REFUSED(settle(*street_staff, id), refusals::caller_had_part);
    EXPECT_REFUSED(settle(*zhang.caller, id), hezhi::refusals::not_found);
    EXPECT_REFUSED(settle(*social_worker, id), hezhi::refusals::not_permitted);
    // Somebody of the staff who volunteers, and served in it.
    api::Caller served = *officer;
    served.person = zhang.person;
    EXPECT_REFUSED(settle(served, id), refusals::caller_had_part);
    api::Caller leads = *officer;
    leads.account = social_worker->account;
    EXPECT_REFUSED(settle(leads, id), refusals::caller_had_part);
    settle(*officer, id).value();
}

TEST_P(Incidents, SettleIncidentIsRefusedForTheLeadOfATeamOfWhoeverServed) {
    auto worker = staff("community_worker", community);
    organizations::FoundOrganization team;
    team.name.value = "浪花队";
    team.area_id = community;
    OrganizationId id(act([&](journal::Turn& turn) {
                          return organizations::found_organization(turn, *worker, organization_desk,
                                                                   team);
                      }).value());
    for (const Volunteer& one : {zhang, zhao}) {
        auto invitation = act([&](journal::Turn& turn) {
            return organizations::invite_member(turn, *worker, id, one.person);
        });
        act([&](journal::Turn& turn) {
            return organizations::accept_invitation(turn, *invitation, true);
        }).value();
    }
    act([&](journal::Turn& turn) {
        return organizations::name_lead(turn, *worker, id, zhao.person, LeadRole::volunteer_lead);
    }).value();
    IncidentId incident(report(*zhang.caller, order_today()).value());
    api::Caller lead = *officer;
    lead.person = zhao.person;
    EXPECT_REFUSED(settle(lead, incident), refusals::caller_had_part);
}

TEST_P(Incidents, NoteClaimNamesThePolicyAndTheInsurersNumber) {
    IncidentId id(report(*zhang.caller, order_today()).value());
    insurance::AddInsurance policy;
    policy.insurer.value = "示范保险";
    policy.policy.value = "PA-1";
    policy.covers = InsuranceCovers::activities;
    policy.area_id = community;
    policy.from = clock.now();
    policy.until = clock.now() + hours(24 * 30);
    InsuranceId insurance(act([&](journal::Turn& turn) {
                              return insurance::add_insurance(turn, *street_staff, insurance_desk,
                                                              policy);
                          }).value());
    auto claim = [&](const api::Caller& who, InsuranceId under) {
        return act([&](journal::Turn& turn) {
            return note_claim(turn, who, incident_desk, id, {under, Text<1, 60>("LP-77")});
        });
    };
    EXPECT_REFUSED(claim(*street_staff, InsuranceId(1)), hezhi::refusals::invalid_input);
    EXPECT_REFUSED(claim(*social_worker, insurance), hezhi::refusals::not_permitted);
    claim(*street_staff, insurance).value();
    EXPECT_EQ(row(id).insurance, insurance);
    auto db = ledger->read();
    EXPECT_EQ(people.read_text(*db, id.value, text_claim), "LP-77");
}

TEST_P(Incidents, EscalateIncidentOnceWhenNobodySettlesItInTime) {
    IncidentId id(report(*zhang.caller, order_today(), "major").value());
    IncidentId done(report(*zhang.caller, OrderId(row(id).about_id), "major").value());
    settle(*street_staff, done).value();
    wait_until(row(id).settle_until - Millis(1));
    EXPECT_FALSE(row(id).escalated_at);
    wait_until(row(id).settle_until);
    wait_until(clock.now() + hours(48));
    EXPECT_EQ(facts("incident.escalated").size(), 1U);
    EXPECT_TRUE(row(id).escalated_at);
    settle(*street_staff, id).value();
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Incidents, ReportIncidentInAnActivityAndInARecordOfOnesOwn) {
    activities::PublishActivity input;
    input.area_id = community;
    input.category.value = "environment_clean_up";
    input.title.value = "海滩清洁";
    input.place.value = "金沙滩";
    input.risk.value = "礁石湿滑";
    input.shifts = {{tomorrow_at(9), tomorrow_at(11), Bounded<1, 100000>(5)}};
    std::int64_t activity =
        act([&](journal::Turn& turn) {
            return activities::publish_activity(turn, *street_staff, activity_desk, input);
        }).value();
    auto shift = reading_as(*street_staff, [&](const api::Reading& reading) {
        return activities::activity_page(reading, activity_desk, ActivityId(activity))
            ->shifts.front()
            .id;
    });
    act([&](journal::Turn& turn) {
        return activities::join_shift(turn, *zhang.caller, shift);
    }).value();
    auto in_activity = [&](const api::Caller& who) {
        return report(who, OrderId(activity), "minor", AboutKind::activity);
    };
    EXPECT_REFUSED(in_activity(*zhang.caller), refusals::service_not_begun);
    clock.set(start_of(day_of(clock.now()) + 1) + hours(10));
    IncidentId id(in_activity(*zhang.caller).value());
    EXPECT_REFUSED(in_activity(*zhao.caller), hezhi::refusals::not_found) << "has no place";
    EXPECT_REFUSED(settle(*street_staff, id), refusals::caller_had_part) << "published it";
    settle(*officer, id, true, zhang.person).value();

    act([&](journal::Turn& turn) {
        return activities::check_in_shift(turn, *street_staff, shift, zhang.person, true);
    }).value();
    clock.advance(hours(2));
    act([&](journal::Turn& turn) {
        return activities::record_shift(turn, *street_staff, shift);
    }).value();
    OrderId record(facts("shift.recorded").front().position);
    IncidentId of_record(report(*zhang.caller, record, "minor", AboutKind::record).value());
    EXPECT_EQ(row(of_record).about, AboutKind::record);
    EXPECT_REFUSED(report(*zhao.caller, record, "minor", AboutKind::record),
                   hezhi::refusals::not_found);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::incidents
