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
#include "domain/needs/needs.h"
#include "domain/orders/orders.h"
#include "domain/reports/reports.h"
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
    // Registered, with a slip and so with an account of their own.
    Volunteer volunteer(std::string_view name, AreaId area,
                        people::Certification certification = people::Certification::V1);
    // A registered social worker whose record check holds for a year.
    Volunteer professional(AreaId area);
    PersonId resident(std::string_view name, std::string_view phone);

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
    reports::Cockpit cockpit(AreaId area);

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
    needs::NeedPages need_pages;
    records::RecordDesk record_desk;
    activities::ActivityDesk activity_desk;
    jobs::Scheduler scheduler;
    AreaId other_district;
    api::CallerPtr grid_worker, social_worker, street_staff, officer;
    Volunteer zhang, liu, zhao;  // certified V1, of 顾家岛社区

  private:
    int accounts_opened_ = 0;
};

}  // namespace hezhi::testing

// `result` was refused because of `refusal`, a row of a refusals table.
#define EXPECT_REFUSED(result, refusal)                                          \
    do {                                                                         \
        auto outcome_ = (result);                                                \
        ASSERT_FALSE(outcome_.has_value()) << "was done";                        \
        EXPECT_EQ(outcome_.error().row->code, std::string_view((refusal).code)); \
    } while (false)
