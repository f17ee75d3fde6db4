#include <algorithm>

#include "domain/accounts/account_figure.h"
#include "domain/rule_packs/rule_packs.h"
#include "journal/published_packs.h"

namespace hezhi::rule_packs {
namespace {

// Officers act under their name.
std::optional<std::string> officer(const api::Reading& reading, const RulePackDesk& desk,
                                   AccountId id) {
    auto account = id ? reading.load<accounts::AccountFigure>(id) : std::nullopt;
    if (!account) return std::nullopt;
    return desk.people.name(reading.db, account->person);
}

std::optional<Instant> known_instant(Instant at) {
    return at ? std::optional(at) : std::nullopt;
}

// The pack that this one follows, or would follow; null if it was the first.
const rules::PublishedPack* followed(const rules::PackHistory& packs, const RulePackState& pack) {
    const rules::PublishedPack* before = nullptr;
    for (const auto& published : packs.all()) {
        if (published.effective_at > pack.effective_at || published.hash == pack.hash) break;
        before = &published;
    }
    return before;
}

std::vector<RulePackChange> changes_between(const rules::Pack& before, const rules::Pack& after) {
    std::vector<RulePackChange> shown;
    for (auto& change : rules::pack_changes(before, after)) {
        shown.push_back(
            {change.file, change.key, change.before, change.after, change.says.zh, change.says.en});
    }
    return shown;
}

std::vector<RulePackFile> files_of(const rules::PackSource& layer) {
    std::vector<RulePackFile> files;
    for (const auto& file : layer.files) files.push_back({Text<1, 64>(file.name), file.text});
    return files;
}

std::vector<std::string> allowed_actions(const api::Caller& caller, const RulePackState& pack) {
    std::vector<std::string> allowed;
    if (pack.state != RulePackStep::proposed) return allowed;
    bool own = pack.proposed_by && pack.proposed_by == caller.account;
    if (!own && caller.may_somewhere("rule_pack.publish")) {
        allowed.emplace_back("publish_rule_pack");
    }
    if (caller.may_somewhere("rule_pack.reject")) allowed.emplace_back("reject_rule_pack");
    return allowed;
}

}  // namespace

RulePackCheck check(const rules::PackResult& draft, const rules::Pack& in_force) {
    RulePackCheck found;
    if (draft) {
        found.changes = changes_between(in_force, *draft);
        return found;
    }
    for (const auto& error : draft.error()) {
        found.mistakes.push_back(
            {error.file, error.line, error.key, error.expected_zh, error.expected_en});
    }
    return found;
}

RulePack show(const api::Reading& reading, const RulePackDesk& desk, const RulePackState& pack) {
    RulePack shown;
    auto read = journal::load_pack(reading.db, pack.hash);
    shown.id = pack.id;
    shown.name = pack.name;
    shown.pack_version = pack.pack_version;
    shown.title_zh = read->title.zh;
    shown.title_en = read->title.en;
    shown.extends = read->extends.value_or("");
    shown.hash = pack.hash;
    shown.state = pack.state;
    shown.effective_at = pack.effective_at;
    const auto* in_force = reading.pack();
    shown.in_force = in_force && pack.state == RulePackStep::published &&
                     in_force->hash == pack.hash && in_force->effective_at == pack.effective_at;
    shown.proposed_at = known_instant(pack.proposed_at);
    shown.proposed_by_name = officer(reading, desk, pack.proposed_by);
    shown.decided_at = known_instant(pack.decided_at);
    shown.decided_by_name = officer(reading, desk, pack.decided_by);
    shown.why = desk.people.read_text(reading.db, pack.id.value, text_why);
    shown.reject_reason = desk.people.read_text(reading.db, pack.id.value, text_reject_reason);
    if (const auto* before = followed(*reading.packs, pack)) {
        shown.compared_with = before->pack->name + " " + before->pack->version;
        shown.changes = changes_between(*before->pack, *read);
    }
    auto layers = rules::pack_layers(*read);
    shown.files = files_of(layers.back());
    for (auto layer = std::next(layers.rbegin()); layer != layers.rend(); ++layer) {
        shown.inherited.push_back({layer->name, files_of(*layer)});
    }
    shown.actions = allowed_actions(reading.caller, pack);
    return shown;
}

}  // namespace hezhi::rule_packs
