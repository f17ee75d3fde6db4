#include "domain/rule_packs/queries.h"
#include "domain/rule_packs/rule_packs.h"

namespace hezhi::rule_packs {
namespace {

Result<RulePackState> load_proposed(journal::Turn& turn, RulePackId id) {
    const RulePackState* pack = id ? turn.load<RulePackFigure>(id) : nullptr;
    if (!pack) return refuse(hezhi::refusals::not_found);
    if (pack->state != RulePackStep::proposed) return refuse(refusals::pack_decided);
    return *pack;
}

bool version_used(store::Session& db, std::string_view name, std::string_view version) {
    auto row = db.row(queries::published_versions, {{"name", name}, {"pack_version", version}});
    return row->integer("packs") > 0;
}

}  // namespace

Result<std::int64_t> propose_rule_pack(journal::Turn& turn, const Actor& actor,
                                       const RulePackDesk& desk, const rules::Pack& pack,
                                       Day effective_on, std::string_view why) {
    Instant effective_at = start_of(effective_on);
    if (effective_at <= turn.now()) return refuse(refusals::effective_day_passed);
    const auto* in_force = turn.pack();
    if (in_force && in_force->pack->canonical_text == pack.canonical_text) {
        return refuse(refusals::pack_unchanged);
    }
    if (version_used(turn.db(), pack.name, pack.version)) {
        return refuse(refusals::pack_version_used);
    }
    std::string hash = journal::keep_pack_text(turn, pack);
    std::int64_t id = turn.append(draft(PackProposed{pack.name, pack.version, hash, effective_at},
                                        actor, {}, {{"rule_pack", self}}, turn.now()));
    desk.people.write_text(turn.db(), id, text_why, why);
    return id;
}

Result<std::int64_t> publish_rule_pack(journal::Turn& turn, const api::Caller& caller,
                                       RulePackId id) {
    auto pack = load_proposed(turn, id);
    if (!pack) return std::unexpected(pack.error());
    if (pack->proposed_by == caller.account) return refuse(refusals::own_pack_proposal);
    if (pack->effective_at <= turn.now()) return refuse(refusals::effective_day_passed);
    if (version_used(turn.db(), pack->name, pack->pack_version)) {
        return refuse(refusals::pack_version_used);
    }
    journal::publish_kept_pack(turn, caller.actor("rule_pack.publish"),
                               {pack->name, pack->pack_version, pack->hash, pack->effective_at},
                               id.value);
    return id.value;
}

Result<std::int64_t> reject_rule_pack(journal::Turn& turn, const api::Caller& caller,
                                      const RulePackDesk& desk, RulePackId id,
                                      std::string_view reason) {
    auto pack = load_proposed(turn, id);
    if (!pack) return std::unexpected(pack.error());
    desk.people.write_text(turn.db(), id.value, text_reject_reason, reason);
    turn.append(draft(PackRejected{}, caller.actor("rule_pack.reject"), {},
                      {{"rule_pack", id.value}}, turn.now()));
    return id.value;
}

api::ActionRows actions() {
    return {
        {"propose_rule_pack", "rule_pack.propose", "rule_pack.proposed", "POST /rule-packs",
         "提出规则包", "propose a rule pack", "提出规则包", "a rule pack was proposed"},
        {"publish_rule_pack", "rule_pack.publish", "rule_pack.published",
         "POST /rule-packs/{id}/publication", "发布规则包", "publish the rule pack", "规则包发布",
         "a rule pack was published"},
        {"reject_rule_pack", "rule_pack.reject", "rule_pack.rejected",
         "POST /rule-packs/{id}/rejection", "退回规则包", "reject the rule pack", "规则包退回",
         "a rule pack was rejected"},
    };
}

api::StateRows states() {
    return {
        {"rule_pack", "proposed", "待发布", "waits for a second officer"},
        {"rule_pack", "published", "已发布", "published"},
        {"rule_pack", "rejected", "已退回", "rejected"},
    };
}

}  // namespace hezhi::rule_packs
