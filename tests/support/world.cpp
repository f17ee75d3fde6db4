#include "support/world.h"

#include "domain/activities/activity_figure.h"
#include "domain/back_tests/back_test_figure.h"
#include "domain/cases/cases.h"
#include "domain/deputies/deputy_figure.h"
#include "domain/hotline/hotline_order_figure.h"
#include "domain/needs/need_lead_figure.h"
#include "domain/orders/pair_figure.h"
#include "domain/orders/sample_seed_figure.h"
#include "domain/organizations/organization_figure.h"
#include "domain/people/id_schemes.h"
#include "domain/queues/queues.h"
#include "domain/records/record_figure.h"
#include "domain/rule_packs/rule_pack_figure.h"
#include "domain/standing/standing_figure.h"
#include "domain/time_bank/earning_figure.h"
#include "domain/time_bank/hold_figure.h"
#include "domain/time_bank/posting_figure.h"
#include "domain/time_bank/statement_figure.h"
#include "domain/time_bank/transfer_figure.h"
#include "facts/certification_facts.h"
#include "facts/standing_facts.h"

namespace hezhi::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Kept only where the time lies apart from the planned one.
constexpr std::string_view time_reason = "改了时间";

// Fails the test with the refusal's code where it happened.
std::int64_t must(const Result<std::int64_t>& result) {
    if (!result) throw std::runtime_error("refused: " + std::string(result.error().row->code));
    return *result;
}

std::vector<jobs::Timer> world_timers(const orders::OrderDesk& desk,
                                      const journal::Ledger& ledger) {
    std::vector<jobs::Timer> all = orders::timers();
    for (auto& timer : cases::timers(desk)) all.push_back(std::move(timer));
    for (auto& timer : people::timers(desk.people)) all.push_back(std::move(timer));
    for (auto& timer : needs::timers()) all.push_back(std::move(timer));
    for (auto& timer : queues::timers()) all.push_back(std::move(timer));
    for (auto& timer : certification::timers()) all.push_back(std::move(timer));
    for (auto& timer : insurance::timers()) all.push_back(std::move(timer));
    for (auto& timer : grading::timers(ledger)) all.push_back(std::move(timer));
    for (auto& timer : time_bank::timers()) all.push_back(std::move(timer));
    for (auto& timer : incidents::timers()) all.push_back(std::move(timer));
    for (auto& timer : complaints::timers()) all.push_back(std::move(timer));
    return all;
}

}  // namespace

journal::Figures world_figures() {
    return {
        &journal::figure<areas::AreaFigure>(),
        &journal::figure<people::PersonFigure>(),
        &journal::figure<people::ReadingFigure>(),
        &journal::figure<people::DisputeFigure>(),
        &journal::figure<people::ConsentFigure>(),
        &journal::figure<people::ReadingRequestFigure>(),
        &journal::figure<accounts::AccountFigure>(),
        &journal::figure<accounts::GrantFigure>(),
        &journal::figure<deputies::DeputyFigure>(),
        &journal::figure<organizations::OrganizationFigure>(),
        &journal::figure<organizations::MembershipFigure>(),
        &journal::figure<insurance::InsuranceFigure>(),
        &journal::figure<insurance::CoverFigure>(),
        &journal::figure<rule_packs::RulePackFigure>(),
        &journal::figure<standing::StandingFigure>(),
        &journal::figure<certification::CertificationFigure>(),
        &journal::figure<certification::StarFigure>(),
        &journal::figure<certification::LoweringFigure>(),
        &journal::figure<grading::GradedServiceFigure>(),
        &journal::figure<grading::GradedReviewFigure>(),
        &journal::figure<grading::GradedIncidentFigure>(),
        &journal::figure<grading::GradedMemberFigure>(),
        &journal::figure<grading::GradeFigure>(),
        &journal::figure<grading::GradeRunFigure>(),
        &journal::figure<grading::GradingMonthFigure>(),
        &journal::figure<grading::GradeProposalFigure>(),
        &journal::figure<grading::GradeAppealFigure>(),
        &journal::figure<time_bank::EarningFigure>(),
        &journal::figure<time_bank::EarnedTimeFigure>(),
        &journal::figure<time_bank::TimeAccountFigure>(),
        &journal::figure<time_bank::PostingFigure>(),
        &journal::figure<time_bank::HoldFigure>(),
        &journal::figure<time_bank::BeneficiaryFigure>(),
        &journal::figure<time_bank::EntitlementFigure>(),
        &journal::figure<time_bank::TransferFigure>(),
        &journal::figure<time_bank::PeerFigure>(),
        &journal::figure<time_bank::StatementFigure>(),
        &journal::figure<time_bank::ListingFigure>(),
        &journal::figure<time_bank::ExchangeFigure>(),
        &journal::figure<needs::NeedFigure>(),
        &journal::figure<needs::NeedLeadFigure>(),
        &journal::figure<orders::OrderFigure>(),
        &journal::figure<orders::OfferFigure>(),
        &journal::figure<orders::PairFigure>(),
        &journal::figure<orders::AbsenceFigure>(),
        &journal::figure<orders::PhoneCheckFigure>(),
        &journal::figure<dispatch_runs::DispatchRunFigure>(),
        &journal::figure<records::RecordFigure>(),
        &journal::figure<records::RecordVersionFigure>(),
        &journal::figure<activities::ActivityFigure>(),
        &journal::figure<activities::ShiftFigure>(),
        &journal::figure<activities::SeatFigure>(),
        &journal::figure<certificates::CertificateFigure>(),
        &journal::figure<certificates::NumberFigure>(),
        &journal::figure<certificates::IssuerFigure>(),
        &journal::figure<hotline::HotlineOrderFigure>(),
        &journal::figure<cases::PlanFigure>(),
        &journal::figure<cases::ProtectionFigure>(),
        &journal::figure<cases::ProjectNeedFigure>(),
        &journal::figure<cases::ProjectCauseFigure>(),
        &journal::figure<queues::HandoverFigure>(),
        &journal::figure<incidents::IncidentFigure>(),
        &journal::figure<complaints::ComplaintFigure>(),
        &journal::figure<spot_checks::SpotCheckFigure>(),
        &journal::figure<orders::SampleSeedFigure>(),
        &journal::figure<spot_checks::SpotDayFigure>(),
        &journal::figure<spot_checks::PlannedOrderFigure>(),
        &journal::figure<spot_checks::DutyServiceFigure>(),
        &journal::figure<back_tests::BackTestFigure>(),
    };
}

World::World()
    : LedgerFixture(world_figures()),
      people(suite, random),
      accounts_desk{people, *tree, suite, random, "https://example.org"},
      kept_orders(*ledger, orders::order_records_max),
      desk{people, *tree, suite, "https://example.org", nullptr, &kept_orders},
      dispatch_desk{desk, batches},
      need_pages{people, *tree},
      record_desk{people, *tree},
      organization_desk{people, *tree, suite, "https://example.org"},
      activity_desk{people, *tree, suite, "https://example.org"},
      certification_desk{people, *tree},
      insurance_desk{people, *tree},
      grade_desk{people, *tree},
      incident_desk{people, *tree},
      time_bank_desk{people, *tree},
      complaint_desk{people, *tree, suite, "https://example.org"},
      certificate_desk{people, *tree, suite, random, "https://example.org"},
      spot_check_desk{people, *tree},
      scheduler(*ledger, world_timers(desk, *ledger)) {
    publish_base_pack();
    add_areas();
    other_district = add_area({}, "district", "大兴区");
    grid_worker = staff("grid_worker", community);
    social_worker = staff("social_worker", subdistrict);
    street_staff = staff("street_staff", subdistrict);
    officer = staff("district_officer", district);
    zhang = volunteer("张晓梅", community);
    liu = volunteer("刘志强", community);
    zhao = volunteer("赵春华", community);
}

api::CallerPtr World::staff(std::string_view role, AreaId area) {
    std::string number = std::to_string(++accounts_opened_);
    AccountId account(must(act([&](journal::Turn& turn) {
        return accounts::open_staff(turn, accounts_desk, "员工" + number,
                                    {"staff" + number, "no hash"}, role, area);
    })));
    auto db = ledger->read();
    return accounts::load_caller(*db, ledger->tables(), account);
}

Volunteer World::volunteer(std::string_view name, AreaId area, rules::LevelKey certification) {
    people::RegisterPerson input;
    input.name.value = name;
    input.area_id = area;
    input.id_scheme = Text<0, 40>("resident_id");
    // Well-formed numbers of a division that does not exist, born in 1990.
    std::string digits = "99999919900101" + std::to_string(100 + ++accounts_opened_);
    input.id_number = Text<0, 60>(digits + people::mod11_2_check_character(digits));
    input.volunteer = true;
    Volunteer made;
    made.person = PersonId(must(act([&](journal::Turn& turn) {
        return people::register_person(turn, command, Place{area, path_of(area)}, people, input);
    })));
    certify(made.person, area, static_cast<std::int32_t>(certification));
    must(act([&](journal::Turn& turn) {
        return accounts::issue_slip_by_command(turn, accounts_desk, made.person, "no hash");
    }));
    auto db = ledger->read();
    static constexpr store::Query accounts_of{
        "test.accounts_of", "SELECT id FROM figure_accounts WHERE person = :person"};
    auto row = db->row(accounts_of, {{"person", made.person}});
    made.caller = accounts::load_caller(*db, ledger->tables(), row->id<AccountId>("id"));
    return made;
}

void World::certify(PersonId person, AreaId area, std::int32_t level) {
    if (level == 0) return;
    must(act([&](journal::Turn& turn) -> Result<std::int64_t> {
        CertificationRecognised recognised;
        recognised.level = level;
        for (const auto& field : turn.pack()->pack->certification.fields) {
            recognised.fields.push_back(field.key);
        }
        recognised.valid_until = turn.now() + hours(24 * 3650);
        recognised.warn_at = recognised.valid_until - hours(24 * 60);
        return turn.append(draft(recognised, command, Place{area, path_of(area)},
                                 {{"person", person.value}}, turn.now()));
    }));
}

Volunteer World::professional(AreaId area) {
    Volunteer made;
    made.caller = staff("social_worker", area);
    made.person = made.caller->person;
    must(act([&](journal::Turn& turn) -> Result<std::int64_t> {
        Place place{area, path_of(area)};
        Subjects about{{"person", made.person.value}};
        turn.append(
            draft(CredentialRegistered{"social_worker"}, command, place, about, turn.now()));
        return turn.append(
            draft(RecordChecked{turn.now() + hours(24 * 365)}, command, place, about, turn.now()));
    }));
    return made;
}

PersonId World::resident(std::string_view name, std::string_view phone) {
    people::RegisterPerson input;
    input.name.value = name;
    input.phone = Text<0, 40>(std::string(phone));
    input.area_id = community;
    return PersonId(must(act([&](journal::Turn& turn) {
        return people::register_person(turn, command, Place{community, path_of(community)}, people,
                                       input);
    })));
}

OrganizationId World::team_of(const std::vector<Volunteer>& members) {
    organizations::FoundOrganization input;
    input.name.value = "夕阳红志愿服务队";
    input.area_id = community;
    OrganizationId team(act([&](journal::Turn& turn) {
                            return organizations::found_organization(turn, *social_worker,
                                                                     organization_desk, input);
                        }).value());
    for (const Volunteer& member : members) {
        auto invitation = act([&](journal::Turn& turn) {
            return organizations::invite_member(turn, *social_worker, team, member.person);
        });
        act([&](journal::Turn& turn) {
            return organizations::accept_invitation(turn, invitation.value(), true);
        }).value();
    }
    act([&](journal::Turn& turn) {
        return organizations::name_lead(turn, *social_worker, team, members.front().person,
                                        LeadRole::volunteer_lead);
    }).value();
    return team;
}

NeedId World::report_need(PriorityClass priority_class, std::string_view contact, AreaId area) {
    needs::ReportNeed input;
    input.area_id = area ? area : community;
    input.what.value = "楼道堆放杂物，希望一起清理";
    input.priority_class = priority_class;
    if (!contact.empty()) input.contact = Text<0, 60>(std::string(contact));
    input.consent = true;
    const api::Caller& caller = area ? *social_worker : *grid_worker;
    return NeedId(must(act([&](journal::Turn& turn) {
        return needs::report_need(turn, caller, people, input, Channel::grid);
    })));
}

OrderId World::open_order(NeedId need, std::string_view category) {
    return open_order(need, category, tomorrow_at(9), tomorrow_at(11));
}

OrderId World::open_order(NeedId need, std::string_view category, Instant starts_at,
                          Instant ends_at) {
    orders::OpenOrder input;
    input.category.value = category;
    input.starts_at = starts_at;
    input.ends_at = ends_at;
    input.contacted = true;
    return OrderId(must(act([&](journal::Turn& turn) {
        return orders::open_order(turn, *social_worker, desk, need, input);
    })));
}

Result<std::int64_t> World::offer(OrderId id, const std::vector<Volunteer>& asked) {
    orders::OfferOrder input;
    for (const auto& one : asked) input.person_ids.push_back(one.person);
    return act([&](journal::Turn& turn) {
        return orders::offer_order(turn, *street_staff, desk, id, input);
    });
}

Result<std::int64_t> World::accept(OrderId id, const Volunteer& who) {
    return act([&](journal::Turn& turn) { return orders::accept_order(turn, *who.caller, id); });
}

Result<std::int64_t> World::decline(OrderId id, const Volunteer& who) {
    return act([&](journal::Turn& turn) { return orders::decline_offer(turn, *who.caller, id); });
}

Result<std::int64_t> World::check_in(OrderId id, const Volunteer& who, std::string_view code) {
    std::string typed = code.empty() ? code_of(id) : std::string(code);
    return act([&](journal::Turn& turn) {
        return orders::check_in_order(turn, *who.caller, desk, id, typed, time_reason);
    });
}

Result<std::int64_t> World::check_out(OrderId id, const Volunteer& who, std::string_view code) {
    std::string typed = code.empty() ? code_of(id) : std::string(code);
    return act([&](journal::Turn& turn) {
        return orders::check_out_order(turn, *who.caller, desk, id, typed, time_reason);
    });
}

Result<std::int64_t> World::confirm(OrderId id) {
    return act(
        [&](journal::Turn& turn) { return orders::confirm_order(turn, *api::link_caller(), id); });
}

Result<std::int64_t> World::review(OrderId id, Resolution resolution, int satisfaction) {
    orders::ReviewOrder input;
    input.resolution = resolution;
    input.satisfaction.value = satisfaction;
    return act([&](journal::Turn& turn) {
        return orders::review_order(turn, *api::link_caller(), desk, id, input);
    });
}

Result<std::int64_t> World::cancel(OrderId id) {
    return act([&](journal::Turn& turn) {
        return orders::cancel_order(turn, *street_staff, desk, id, "改期");
    });
}

std::size_t World::wait_until(Instant at) {
    clock.set(at);
    return scheduler.run_due();
}

OrderId World::accepted_order() {
    OrderId id = open_order(report_need());
    must(offer(id, {zhang, liu}));
    must(accept(id, zhang));
    must(accept(id, liu));
    return id;
}

OrderId World::delivered_order() {
    OrderId id = accepted_order();
    clock.set(order(id).starts_at);
    for (const auto& who : {zhang, liu}) must(check_in(id, who));
    clock.advance(minutes(60));
    for (const auto& who : {zhang, liu}) must(check_out(id, who));
    return id;
}

OrderId World::reviewed_order(Resolution resolution, int satisfaction) {
    OrderId id = delivered_order();
    must(confirm(id));
    must(review(id, resolution, satisfaction));
    return id;
}

orders::OrderState World::order(OrderId id) {
    return reading_as(*officer, [&](const api::Reading& reading) {
        return reading.load<orders::OrderFigure>(id).value();
    });
}

needs::NeedState World::need(NeedId id) {
    return reading_as(*officer, [&](const api::Reading& reading) {
        return reading.load<needs::NeedFigure>(id).value();
    });
}

std::optional<orders::OfferState> World::offer_of(OrderId id, PersonId person) {
    return reading_as(*officer, [&](const api::Reading& reading) {
        return reading.load<orders::OfferFigure>(orders::offer_key(id, person));
    });
}

reports::Cockpit World::cockpit(AreaId area, const api::DaySpan& days) {
    auto areas = tree->now();
    return reading_as(*officer, [&](const api::Reading& reading) {
        return reports::cockpit(reading.db, *areas, *areas->find(area), pack(), clock.now(), days);
    });
}

}  // namespace hezhi::testing
