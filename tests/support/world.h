// A small made-up district in which a whole order can happen, for tests that read like prose: the
// areas of ledger_fixture.h, staff with real accounts, volunteers, and every step of the loop as
// one call.
//
//   OrderId order = open_order(report_need());
//   offer(order, {zhang, liu});
//   EXPECT_TRUE(accept(order, zhang));
#pragma once

#include "domain/accounts/accounts.h"
#include "domain/activities/activities.h"
#include "domain/certificates/certificates.h"
#include "domain/certification/certification.h"
#include "domain/complaints/complaints.h"
#include "domain/dispatch_runs/dispatch_runs.h"
#include "domain/grading/grading.h"
#include "domain/insurance/insurance.h"
#include "domain/needs/needs.h"
#include "domain/orders/orders.h"
#include "domain/reports/reports.h"
#include "domain/spot_checks/spot_checks.h"
#include "domain/time_bank/time_bank.h"
#include "jobs/scheduler.h"
#include "support/ledger_fixture.h"

namespace hezhi::testing {

// Every figure that the domain folders have.
journal::Figures world_figures();

struct Volunteer {
    PersonId person;
    api::CallerPtr caller;
};

class World : public LedgerFixture {
  protected:
    World();

    // --- people

    // Opens an account and answers who that is.
    api::CallerPtr staff(std::string_view role, AreaId area);
    // Registered, certified in every field, with a slip and so with an account of their own.
    Volunteer volunteer(std::string_view name, AreaId area,
                        rules::LevelKey certification = rules::LevelKey::V1);
    // As if it had been recognised from papers: in every field, for longer than any test.
    void certify(PersonId person, AreaId area, std::int32_t level);
    // A registered social worker whose record check holds for a year.
    Volunteer professional(AreaId area);
    PersonId resident(std::string_view name, std::string_view phone);

    // A team of the community with these members, led by the first of them.
    OrganizationId team_of(const std::vector<Volunteer>& members);

    // --- the loop, each step by whom it belongs to

    NeedId report_need(PriorityClass priority_class = PriorityClass::P3,
                       std::string_view contact = {}, AreaId area = {});
    // Tomorrow from 09:00 to 11:00 unless told. 环境整治 takes two volunteers.
    OrderId open_order(NeedId need, std::string_view category = "environment_clean_up");
    OrderId open_order(NeedId need, std::string_view category, Instant starts_at, Instant ends_at);
    Result<std::int64_t> offer(OrderId order, const std::vector<Volunteer>& people);
    Result<std::int64_t> accept(OrderId order, const Volunteer& who);
    Result<std::int64_t> decline(OrderId order, const Volunteer& who);
    Result<std::int64_t> check_in(OrderId order, const Volunteer& who, std::string_view code = {});
    Result<std::int64_t> check_out(OrderId order, const Volunteer& who, std::string_view code = {});
    Result<std::int64_t> confirm(OrderId order);
    Result<std::int64_t> review(OrderId order, Resolution resolution, int satisfaction);
    Result<std::int64_t> cancel(OrderId order);
    // Lets the time pass, then runs what is due. Returns how many actions ran.
    std::size_t wait_until(Instant at);

    // Each as far as its name says, with 张 and 刘.
    OrderId accepted_order();
    OrderId delivered_order();
    OrderId reviewed_order(Resolution resolution = Resolution::resolved, int satisfaction = 5);

    // --- what is known

    orders::OrderState order(OrderId id);
    needs::NeedState need(NeedId id);
    std::optional<orders::OfferState> offer_of(OrderId order, PersonId person);
    std::string code_of(OrderId order) const { return orders::service_code(suite, order); }
    std::shared_ptr<const rules::PackHistory> packs() const { return ledger->packs(); }
    const rules::Pack& pack() const { return *ledger->packs()->in_force(clock.now())->pack; }
    reports::Cockpit cockpit(AreaId area, const api::DaySpan& days = {});

    // What `use` answers with a read session beside the writer.
    template <class Use>
    auto reading_as(const api::Caller& caller, Use use,
                    const std::vector<std::string>& captures = {}) {
        auto db = ledger->read();
        return use(
            api::Reading{*db, caller, ledger->tables(), ledger->packs(), clock.now(), captures});
    }

    Instant tomorrow_at(int hour) const {
        return start_of(day_of(clock.now()) + 1) + std::chrono::hours(hour);
    }

    people::Register people;
    accounts::AccountDesk accounts_desk;
    journal::KeptRecords kept_orders;  // as the service has them, so that every test reads them
    orders::OrderDesk desk;
    dispatch_runs::Batches batches;
    dispatch_runs::DispatchDesk dispatch_desk;
    needs::NeedPages need_pages;
    records::RecordDesk record_desk;
    organizations::OrganizationDesk organization_desk;
    activities::ActivityDesk activity_desk;
    certification::CertificationDesk certification_desk;
    insurance::InsuranceDesk insurance_desk;
    grading::GradeDesk grade_desk;
    incidents::IncidentDesk incident_desk;
    time_bank::TimeBankDesk time_bank_desk;
    complaints::ComplaintDesk complaint_desk;
    certificates::CertificateDesk certificate_desk;
    spot_checks::SpotCheckDesk spot_check_desk;
    jobs::Scheduler scheduler;
    AreaId other_district;
    api::CallerPtr grid_worker, social_worker, street_staff, officer;
    Volunteer zhang, liu, zhao;  // certified V1, of 顾家岛社区

  private:
    int accounts_opened_ = 0;
};

}  // namespace hezhi::testing

// `result` was refused because of `refusal`, a row of a refusals table; "" says that it was done.
#define EXPECT_REFUSED(result, refusal) \
    EXPECT_EQ(::hezhi::testing::code_of(result), std::string_view((refusal).code))
