// The register of insurance (志愿者保险): policies, whom they cover, and until when.
//
// What other folders ask: until when somebody is covered without a gap. It is proof before the
// start (志愿服务条例 17): an order that needs insurance is offered to and accepted by nobody whose
// cover ends before the service does.
#pragma once

#include <map>

#include "domain/insurance/insurance_figure.h"
#include "domain/organizations/organizations.h"
#include "jobs/scheduler.h"

namespace hezhi::insurance {

namespace refusals {
inline constexpr RefusalRow insurance_days_invalid{
    "insurance_days_invalid", 422, "保险期限有误：止期不早于起期和今天，且不超过规定期限。",
    "The last day must not lie before the first day or today, nor beyond the longest time."};
inline constexpr RefusalRow covers_whom{
    "covers_whom", 422, "请选择保单保障的队伍；保障人员或活动的，请选择区域。",
    "Choose the team whose members are covered; for people or activities, the area."};
inline constexpr RefusalRow names_nobody{
    "names_nobody", 409, "该保单按队伍或活动保障，不逐人登记。",
    "This policy covers a team or activities; it names nobody."};
inline constexpr RefusalRow covered_already{"covered_already", 409, "此人已在该保单内。",
                                            "This person is on the policy already."};
inline constexpr RefusalRow insurance_over{"insurance_over", 409, "该保单已到期或已终止。",
                                           "This policy has run out or was ended."};
inline constexpr RefusalRow not_insured{
    "not_insured", 409, "此项服务须有保险，您的保险未覆盖到服务结束，请联系队伍负责人或社区。",
    "This service needs insurance, and yours does not last until it ends; ask your team's lead or "
    "the community."};
}  // namespace refusals

// Texts of the register under the insurance's id.
inline constexpr std::string_view text_insurer = "insurer";
inline constexpr std::string_view text_policy = "policy";
inline constexpr std::string_view text_end_reason = "end_reason";

struct AddInsurance {
    Text<1, 60> insurer;
    Text<1, 60> policy;  // its number
    InsuranceCovers covers = InsuranceCovers::members;
    std::optional<OrganizationId> organization_id;  // whose members
    std::optional<AreaId> area_id;                  // where it is kept, if it is of no organisation
    Instant from;                                   // its first day …
    Instant until;                                  // … and its last, both whole
};
BOOST_DESCRIBE_STRUCT(AddInsurance, (),
                      (insurer, policy, covers, organization_id, area_id, from, until))

struct InsuranceDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
};

// --- actions; each returns the insurance's id ---

// 登记保险
Result<std::int64_t> add_insurance(journal::Turn&, const api::Caller&, const InsuranceDesk&,
                                   const AddInsurance& input);
// 增加被保险人, on a policy that names its people.
Result<std::int64_t> add_cover(journal::Turn&, const api::Caller&, InsuranceId, PersonId);
// 终止保险, from now on.
Result<std::int64_t> end_insurance(journal::Turn&, const api::Caller&, const InsuranceDesk&,
                                   InsuranceId, std::string_view reason);
// Timer: it runs out within the pack's days.
Result<std::int64_t> warn_insurance(journal::Turn&, InsuranceId, Instant due_at);

// --- what other folders ask ---

// Half open.
struct Span {
    Instant from;
    Instant until;
};
// The end of the spans that cover `at` and go on without a gap. If none covers it: the latest end
// before, so that one may say when it ran out; 0 if there was none.
Instant covered_until(std::vector<Span> spans, Instant at);

Instant insured_until(store::Session&, PersonId, Instant at);
// The spans of everybody who serves in `path` or below and was ever covered.
std::map<std::int64_t, std::vector<Span>> spans_in_reach(store::Session&, std::string_view path);
// The same of everybody who serves in `path` or below and was ever covered.
std::map<std::int64_t, Instant> insured_in_reach(store::Session&, std::string_view path,
                                                 Instant at);

// Staff of an area see the policies kept there, below, and above it, which cover their people too.
bool may_read(const api::Caller&, const InsuranceState&);

// "insurer · number", for who may know it.
std::string insurance_words(store::Session&, const people::Register&, InsuranceId);

std::vector<jobs::Timer> timers();
api::Routes routes(const InsuranceDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::insurance
