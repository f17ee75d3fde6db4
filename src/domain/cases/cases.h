// Recipient plans (服务对象计划): visits, meals and signals that come again and again for one
// person.
#pragma once

#include "domain/cases/plan_figure.h"
#include "domain/cases/project_figure.h"
#include "domain/cases/protection_figure.h"
#include "domain/orders/orders.h"

namespace hezhi::cases {

namespace refusals {
inline constexpr RefusalRow plan_state_forbids{"plan_state_forbids", 409,
                                               "该计划当前状态不能进行此操作，页面已更新。",
                                               "The plan's state does not allow this any more."};
inline constexpr RefusalRow plan_invalid{"plan_invalid", 422, "计划的时间有误，请检查。",
                                         "The times of this plan do not fit; check them."};
inline constexpr RefusalRow protection_answered{"protection_answered", 409, "该报告已处置。",
                                                "This report was answered before."};
inline constexpr RefusalRow project_need_decided{"project_need_decided", 409,
                                                 "该项目需求建议已处理，页面已更新。",
                                                 "This proposal was decided before."};
inline constexpr RefusalRow no_project_proposed{"no_project_proposed", 409,
                                                "没有达到提示立项的数量。",
                                                "There are not enough needs of one kind."};
}  // namespace refusals

// --- actions; each returns the plan's id ---

struct MakePlan {
    PersonId person_id;  // the recipient
    Text<1, 60> category;
    Bounded<1, 127> weekdays;    // a bit a day: 1 Sunday, 2 Monday … 64 Saturday
    Bounded<0, 1439> at_minute;  // of the day
    Instant until;               // its last day, whole
    std::optional<PersonId> preferred_id;
    OnHolidays on_holidays = OnHolidays::keep;
};
BOOST_DESCRIBE_STRUCT(MakePlan, (),
                      (person_id, category, weekdays, at_minute, until, preferred_id, on_holidays))

// 制定服务计划
Result<std::int64_t> make_plan(journal::Turn&, const api::Caller&, const MakePlan& input);
// 暂停计划: orders that are made already stay.
Result<std::int64_t> pause_plan(journal::Turn&, const api::Caller&, PlanId);
// 恢复计划: from the next day of its rhythm; what was missed is not made up.
Result<std::int64_t> resume_plan(journal::Turn&, const api::Caller&, PlanId);
// 结束计划
Result<std::int64_t> end_plan(journal::Turn&, const api::Caller&, PlanId);
// Timer: makes the need and the order of the next service, asks the preferred person if they may
// take it, and moves on; or ends the plan when its time is over.
Result<std::int64_t> run_plan(journal::Turn&, const orders::OrderDesk&, PlanId, Instant due_at);

// 强制报告: three fields. Sealed: no fact names who reported, no event tells of it, and only
// whoever holds protection.read there finds it.
struct ReportProtection {
    AreaId area_id;
    ProtectedGroup about = ProtectedGroup::minor;
    Text<1, 1000> what;
};
BOOST_DESCRIBE_STRUCT(ReportProtection, (), (area_id, about, what))
Result<std::int64_t> report_protection(journal::Turn&, const api::Caller&, const people::Register&,
                                       const ReportProtection& input);
// 处置强制报告, with what was done. not_found for whoever has no role for it.
Result<std::int64_t> answer_protection(journal::Turn&, const api::Caller&, const people::Register&,
                                       ProtectionId, std::string_view answer);

// --- projects that repeated needs propose; each returns the proposal's id ---

// 提示立项, by the timer once a day: every category that was asked for as often as the pack says in
// the community around `area`. The last proposal, if there is any.
Result<std::int64_t> propose_project_need(journal::Turn&, AreaId area);
// 立为项目需求: becomes a need of its own, with the channel `project`.
Result<std::int64_t> adopt_project_need(journal::Turn&, const api::Caller&, const people::Register&,
                                        ProjectNeedId);
// 不立项, with a reason.
Result<std::int64_t> dismiss_project_need(journal::Turn&, const api::Caller&,
                                          const people::Register&, ProjectNeedId,
                                          std::string_view reason);
jobs::Timer project_timer();

// The first service after `after` by the rhythm.
Instant next_service(std::int32_t weekdays, std::int32_t at_minute, Instant after);

// --- pages ---

struct Plan {
    PlanId id;
    PlanStep state = PlanStep::active;
    PersonId recipient_id;
    std::string recipient;  // masked
    std::string area_name;
    std::string category;
    std::string category_zh;
    std::string category_en;
    std::int32_t weekdays = 0;
    std::int32_t at_minute = 0;
    std::optional<std::string> preferred;  // masked
    OnHolidays on_holidays = OnHolidays::keep;
    std::optional<Instant> next_at;
    Instant until;
    std::int32_t orders_made = 0;
    std::int32_t days_skipped = 0;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Plan, (),
                      (id, state, recipient_id, recipient, area_name, category, category_zh,
                       category_en, weekdays, at_minute, preferred, on_holidays, next_at, until,
                       orders_made, days_skipped, actions))

Plan show_plan(const api::Reading&, const orders::OrderDesk&, const PlanState&);

// One field of a CSV file: quoted where it must be; a text that a table program would take for a
// formula begins with an apostrophe.
std::string csv_field(std::string_view text);

std::vector<jobs::Timer> timers(const orders::OrderDesk& desk);
api::Routes routes(const orders::OrderDesk& desk);
// The rows of mandatory reports; routes() holds them.
api::Routes protection_routes(const orders::OrderDesk& desk);
// The rows of projects that needs propose; routes() holds them.
api::Routes project_routes(const orders::OrderDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::cases
