// Deputies (代理): whoever is away names a colleague who works the queue meanwhile.
//
// A deputy holds the same role at the same area or above it, so standing in gives no right that the
// deputy has not; it gives the other's queue, and every fact says in whose place it was done.
#pragma once

#include "domain/accounts/accounts.h"
#include "domain/deputies/deputy_figure.h"

namespace hezhi::deputies {

namespace refusals {
inline constexpr RefusalRow deputy_unfit{
    "deputy_unfit", 422, "代理人须在同一区域担任相同岗位，且在此期间未由他人代理。",
    "A deputy holds the same role at the same area, and is not away at that time."};
inline constexpr RefusalRow deputy_time_invalid{
    "deputy_time_invalid", 422, "代理时间有误：结束应晚于开始和现在，且不超过规则规定的天数。",
    "The time must end after it starts and after now, and last no longer than the rules allow."};
inline constexpr RefusalRow deputy_named_before{
    "deputy_named_before", 409, "这段时间已指定代理人，请先结束原来的代理。",
    "A deputy is named for this time; end that one first."};
inline constexpr RefusalRow deputy_state_forbids{"deputy_state_forbids", 409,
                                                 "该代理已处理或已结束，页面已更新。",
                                                 "This was answered or is over; the page shows it "
                                                 "as it is."};
}  // namespace refusals

struct NameDeputy {
    AccountId deputy_id;
    Instant from;
    Instant until;
    std::optional<AccountId> account_id;  // who is away; absent: oneself
};
BOOST_DESCRIBE_STRUCT(NameDeputy, (), (deputy_id, from, until, account_id))

// --- actions; each returns the deputy's id ---

// 指定代理人: for oneself, or by a superior for somebody of the area who fell ill.
Result<std::int64_t> name_deputy(journal::Turn&, const api::Caller&, const NameDeputy& input);
// 同意代理 and 婉拒代理 by the one who was named; no reason is asked.
Result<std::int64_t> confirm_deputy(journal::Turn&, const api::Caller&, DeputyId);
Result<std::int64_t> decline_deputy(journal::Turn&, const api::Caller&, DeputyId);
// 结束代理 by either of the two or by a superior.
Result<std::int64_t> end_deputy(journal::Turn&, const api::Caller&, DeputyId);

// --- for the folders above ---

// The subjects of what `actor` does with a record that `leader` leads: with "deputy" if it is done
// in the leader's place.
Subjects in_place(journal::Turn&, const Actor&, AccountId leader, Subjects subjects);
// Whether `caller` stands in for `leader` now.
bool stands_in(store::Session&, const api::Caller&, AccountId leader, Instant now);
// Whether `caller` had agreed and stood in for `leader` at any time from `from` until `until`.
bool stood_in(store::Session&, const api::Caller&, AccountId leader, Instant from, Instant until);
// In whose place `account` works now; who works in the place of `account` now.
std::vector<DeputyState> away_now(store::Session&, const journal::FigureTables&, AccountId account,
                                  Instant now);
std::optional<DeputyState> deputy_now(store::Session&, const journal::FigureTables&,
                                      AccountId account, Instant now);

// --- pages ---

struct Deputy {
    DeputyId id;
    DeputyStep state = DeputyStep::named;
    bool now = false;  // stands in at this moment
    AccountId account_id;
    std::string name;  // staff act under their name
    AccountId deputy_id;
    std::string deputy_name;
    std::string role;
    std::string area_name;
    Instant from;
    Instant until;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Deputy, (),
                      (id, state, now, account_id, name, deputy_id, deputy_name, role, area_name,
                       from, until, actions))

struct Colleague {
    AccountId account_id;
    std::string name;
    std::string role;
    std::string area_name;
    std::optional<std::int64_t> case_load = {};  // open cases of a social worker, weighted
};
BOOST_DESCRIBE_STRUCT(Colleague, (), (account_id, name, role, area_name, case_load))

// The name under which an account's person acts.
std::string staff_name(const api::Reading&, const people::Register&, AccountId);

api::Routes routes(const accounts::AccountDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::deputies
