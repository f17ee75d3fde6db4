// 个案量: how many open cases a social worker has, and when another is too many.
#include <algorithm>

#include "domain/needs/need_lead_figure.h"
#include "domain/needs/needs.h"
#include "domain/needs/queries.h"

namespace hezhi::needs {

std::int64_t case_load(store::Session& db, const rules::Pack& pack, AccountId account) {
    std::int64_t load = 0;
    db.each(queries::open_cases, {{"account", account}}, [&](const store::Row& row) {
        load += pack.asking.case_weight(row.text("priority_class")) * row.integer("cases");
    });
    return load;
}

std::int64_t case_weight(const NeedState& need, const rules::Pack& pack) {
    using enum NeedStep;
    bool waits = need.state == reported || need.state == assessing || need.state == assessed ||
                 need.state == meeting;
    bool kept = need.state == planned && need.assessed_at;
    return waits || kept ? pack.asking.case_weight(label_of(need.priority_class)) : 0;
}

bool takes_cases(store::Session& db, AccountId account) {
    return db.row(queries::social_work_roles, {{"account", account}})->integer("roles") > 0;
}

std::optional<Refusal> too_many_cases(journal::Turn& turn, const api::Caller& caller,
                                      const NeedState& need) {
    const auto* lead = turn.load<NeedLeadFigure>(need.id);
    bool social_worker = std::ranges::any_of(
        caller.roles, [](const api::RoleAt& held) { return held.role == "social_worker"; });
    if (!social_worker || (lead && lead->leader)) return std::nullopt;
    const rules::Pack& pack = *turn.pack()->pack;
    const rules::AskingRules& rules = pack.asking;
    bool heavy = std::ranges::find(rules.heavy_classes, label_of(need.priority_class)) !=
                 rules.heavy_classes.end();
    if (heavy) return std::nullopt;
    std::int64_t load = case_load(turn.db(), pack, caller.account) + case_weight(need, pack);
    if (load <= rules.case_load_max) return std::nullopt;
    return Refusal(refusals::case_load_full);
}

}  // namespace hezhi::needs
