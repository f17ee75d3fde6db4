// Rule packs (规则包) as the district keeps them: proposed by one officer, looked at clause by
// clause, published by another from a day on, never edited after.
#pragma once

#include "api/action.h"
#include "api/route.h"
#include "domain/people/people.h"
#include "domain/rule_packs/rule_pack_figure.h"
#include "journal/ledger.h"
#include "rules/pack_changes.h"
#include "rules/pack_reader.h"

namespace hezhi::rule_packs {

namespace refusals {
inline constexpr RefusalRow pack_wrong{
    "pack_wrong", 422, "规则包有误，请按所列的文件和行修改。",
    "The rule pack is not right; see the files and lines named."};
inline constexpr RefusalRow pack_unchanged{
    "pack_unchanged", 422, "与现行规则包完全相同，没有可以发布的改动。",
    "This says the same as the pack in force; there is nothing to publish."};
inline constexpr RefusalRow pack_version_used{
    "pack_version_used", 409, "同名规则包已发布过这个版本号，请另取版本号。",
    "A pack of this name was published with this version; give it another."};
inline constexpr RefusalRow effective_day_passed{
    "effective_day_passed", 422, "生效日期须在今天以后；以前的事仍按当时的规则计算。",
    "The effective day must lie after today; what happened before keeps its rules."};
inline constexpr RefusalRow pack_decided{"pack_decided", 409, "该规则包已发布或已退回。",
                                         "This pack was published or rejected already."};
inline constexpr RefusalRow own_pack_proposal{
    "own_pack_proposal", 409, "自己提出的规则包须由另一位干部发布。",
    "A pack that you proposed is published by another officer."};
}  // namespace refusals

// Register text under the pack's id: why it was proposed, and why it was rejected.
inline constexpr std::string_view text_why = "why";
inline constexpr std::string_view text_reject_reason = "reject_reason";

// What the actions have in their hands. Both must outlive it.
struct RulePackDesk {
    const people::Register& people;
    journal::Ledger& ledger;
};

// --- actions

// 提出规则包. `pack` was read and checked before the turn. Returns the record's id.
Result<std::int64_t> propose_rule_pack(journal::Turn& turn, const Actor& actor,
                                       const RulePackDesk& desk, const rules::Pack& pack,
                                       Day effective_on, std::string_view why);
// 发布规则包, by somebody else than who proposed it. Holds from its instant, which must lie ahead.
Result<std::int64_t> publish_rule_pack(journal::Turn& turn, const api::Caller& caller,
                                       RulePackId id);
// 退回规则包, with a reason; whoever proposed it may take it back so.
Result<std::int64_t> reject_rule_pack(journal::Turn& turn, const api::Caller& caller,
                                      const RulePackDesk& desk, RulePackId id,
                                      std::string_view reason);

// --- pages

struct RulePackFile {
    Text<1, 64> name;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(RulePackFile, (), (name, text))

// The files of one pack that another extends.
struct RulePackLayer {
    std::string name;
    std::vector<RulePackFile> files;
};
BOOST_DESCRIBE_STRUCT(RulePackLayer, (), (name, files))

// A value that differs, with the sentence of its clause.
struct RulePackChange {
    std::string file;
    std::string key;
    std::string before;
    std::string after;
    std::string says_zh;
    std::string says_en;
};
BOOST_DESCRIBE_STRUCT(RulePackChange, (), (file, key, before, after, says_zh, says_en))

// A place in the files that is wrong, and what was expected there.
struct RulePackMistake {
    std::string file;
    std::int32_t line = 0;
    std::string key;
    std::string expected_zh;
    std::string expected_en;
};
BOOST_DESCRIBE_STRUCT(RulePackMistake, (), (file, line, key, expected_zh, expected_en))

// What a draft would change, or what is wrong with it.
struct RulePackCheck {
    std::vector<RulePackMistake> mistakes;  // if there are any, nothing else is said
    std::vector<RulePackChange> changes;
};
BOOST_DESCRIBE_STRUCT(RulePackCheck, (), (mistakes, changes))

struct DraftRulePack {
    std::vector<RulePackFile> files;  // of the pack alone, without those that it extends
};
BOOST_DESCRIBE_STRUCT(DraftRulePack, (), (files))

struct ProposeRulePack {
    std::vector<RulePackFile> files;
    Text<10, 10> effective_on;  // "2026-03-05": holds from the beginning of that day
    Text<1, 200> why;
};
BOOST_DESCRIBE_STRUCT(ProposeRulePack, (), (files, effective_on, why))

struct RejectRulePack {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(RejectRulePack, (), (reason))

// A pack in the list.
struct RulePackRow {
    RulePackId id;
    std::string name;
    std::string pack_version;
    RulePackStep state = RulePackStep::proposed;
    Instant effective_at;
    bool in_force = false;
};
BOOST_DESCRIBE_STRUCT(RulePackRow, (), (id, name, pack_version, state, effective_at, in_force))

struct RulePackList {
    std::vector<RulePackRow> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(RulePackList, (), (items, next_cursor))

// One pack with what it changes, its own files, from which the next draft is made, and those of
// the packs that it extends: together every clause that it says.
struct RulePack {
    RulePackId id;
    std::string name;
    std::string pack_version;
    std::string title_zh;
    std::string title_en;
    std::string extends;  // empty: none
    std::string hash;
    RulePackStep state = RulePackStep::proposed;
    Instant effective_at;
    bool in_force = false;
    std::optional<Instant> proposed_at;
    std::optional<std::string> proposed_by_name;
    std::optional<Instant> decided_at;
    std::optional<std::string> decided_by_name;
    std::optional<std::string> why;
    std::optional<std::string> reject_reason;
    std::string compared_with;  // name and version of the pack that it follows; empty: the first
    std::vector<RulePackChange> changes;
    std::vector<RulePackFile> files;
    std::vector<RulePackLayer> inherited;  // the nearest first, the base last
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(RulePack, (),
                      (id, name, pack_version, title_zh, title_en, extends, hash, state,
                       effective_at, in_force, proposed_at, proposed_by_name, decided_at,
                       decided_by_name, why, reject_reason, compared_with, changes, files,
                       inherited, actions))

RulePackCheck check(const rules::PackResult& draft, const rules::Pack& in_force);

// A draft's files as a pack; what it extends is found in the pack in force. Refuses with every
// mistake.
Result<std::shared_ptr<const rules::Pack>> read_draft(const RulePackDesk& desk,
                                                      std::vector<RulePackFile> files);

// `pack` must be a pack of this reading.
RulePack show(const api::Reading& reading, const RulePackDesk& desk, const RulePackState& pack);

api::Routes routes(const RulePackDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::rule_packs
