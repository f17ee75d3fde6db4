#include <algorithm>

#include "domain/accounts/account_figure.h"
#include "domain/back_tests/back_tests.h"
#include "domain/back_tests/band_moves.h"
#include "domain/back_tests/hide_small.h"
#include "journal/facts_about.h"
#include "journal/published_packs.h"

namespace hezhi::back_tests {
namespace {

struct GroupWords {
    std::string_view group, zh, en;
};

constexpr GroupWords group_words[] = {
    {"minor", "未成年人", "minors"},       {"social_worker", "专业社工", "social workers"},
    {"volunteer", "志愿者", "volunteers"}, {"resident", "其他居民", "other residents"},
    {"unknown", "不详", "not known"},
};

// "18-29" → "18 至 29 岁"; "70-" → "70 岁及以上". Without a unit for plain numbers.
rules::Words number_words(const std::string& band, const char* unit_zh = "",
                          const char* unit_en = "") {
    auto dash = band.find('-');
    if (dash == std::string::npos) return {band + unit_zh, band + unit_en};
    std::string from = band.substr(0, dash), to = band.substr(dash + 1);
    if (to.empty()) return {from + unit_zh + "及以上", from + unit_en + " and more"};
    return {from + " 至 " + to + unit_zh, from + " to " + to + unit_en};
}

rules::Words words_of_band(const std::string& band) {
    auto rows = band_words();
    auto found = std::ranges::find(rows, std::string_view(band), &BandWords::band);
    if (found != rows.end()) return {std::string(found->zh), std::string(found->en)};
    return number_words(band);
}

rules::Words words_of_group(const BackTestGroup& group,
                            const std::function<std::string(AreaId)>& area_name) {
    auto found = std::ranges::find(group_words, std::string_view(group.group), &GroupWords::group);
    if (found != std::end(group_words)) return {std::string(found->zh), std::string(found->en)};
    if (group.by == GroupedBy::age) {
        return number_words(group.group, " 岁", " years");
    }
    if (group.group.empty()) return {"不详", "not known"};
    std::string name = area_name(AreaId(std::stoll(group.group)));
    return {name, name};
}

std::vector<std::string> allowed_on(const api::Caller& caller, const BackTestState& run) {
    std::vector<std::string> allowed;
    if (run.state == BackTestStep::running && caller.may_somewhere("back_test.cancel")) {
        allowed.emplace_back("cancel_back_test");
    }
    if (run.state == BackTestStep::finished && caller.may_somewhere("rule_pack.propose")) {
        allowed.emplace_back("propose_rule_pack");
    }
    return allowed;
}

}  // namespace

ShownPart show_part(const BackTestPart& part, const std::function<std::string(AreaId)>& area_name) {
    ShownPart shown;
    shown.mechanism = part.mechanism;
    if (const Mechanism* known = find_mechanism(part.mechanism)) {
        shown.zh = known->zh;
        shown.en = known->en;
        shown.subject_zh = known->subject_zh;
        shown.subject_en = known->subject_en;
        shown.has_total = known->by_value;
    }
    shown.subjects = part.subjects;
    shown.better = part.better;
    shown.worse = part.worse;
    shown.total_before = part.total_before;
    shown.total_after = part.total_after;
    for (const auto& band : part.bands) {
        auto words = words_of_band(band.band);
        shown.bands.push_back({words.zh, words.en, band.before, band.after});
    }
    for (const auto& group : part.groups) {
        auto words = words_of_group(group, area_name);
        shown.groups.push_back({group.by, words.zh, words.en, group.hidden, group.subjects,
                                group.better, group.worse});
    }
    return shown;
}

BackTest show(const api::Reading& reading, const BackTestDesk& desk, const BackTestState& run) {
    BackTest shown;
    shown.id = run.id;
    shown.state = run.state;
    shown.old_pack = run.old_pack;
    shown.new_pack = run.new_pack;
    shown.new_hash = run.new_hash;
    shown.from_at = run.from_at;
    shown.until_at = run.until_at;
    shown.whole_history = day_of(run.from_at) <= whole_history_from;
    shown.started_at = run.started_at;
    auto account =
        run.started_by ? reading.load<accounts::AccountFigure>(run.started_by) : std::nullopt;
    if (account) shown.started_by_name = desk.rule_packs.people.name(reading.db, account->person);
    if (run.ended_at) shown.ended_at = run.ended_at;
    shown.facts_all = run.position;
    if (auto progress = desk.runner.progress(run.id)) shown.facts_done = progress->done;
    auto pack = journal::load_pack(reading.db, run.new_hash);
    Question question{journal::load_pack(reading.db, run.old_hash), pack, {}};
    shown.small_group = small_group_limit(question, reading.pack()->pack.get());
    auto areas = desk.tree.now();
    auto area_name = [&](AreaId id) {
        const auto* area = areas->find(id);
        return area ? area->name : std::to_string(id.value);
    };
    for (const Fact& fact : journal::facts_about(reading.db, "back_test", run.id.value)) {
        if (!fact.is<BackTestFinished>()) continue;
        const auto& found = fact.as<BackTestFinished>();
        shown.facts = found.facts;
        const std::int64_t limit = shown.small_group;
        shown.small_group = found.small_group.value_or(limit);
        for (BackTestPart part : found.parts) {
            // Runs were kept before all of it was hidden.
            if (found.small_group) {
                hide_band_moves(part, *found.small_group);
            } else {
                hide_small(part, limit);
            }
            shown.parts.push_back(show_part(part, area_name));
        }
    }
    auto layers = rules::pack_layers(*pack);
    for (auto& file : layers.back().files) {
        shown.files.push_back({Text<1, 64>(std::move(file.name)), std::move(file.text)});
    }
    shown.actions = allowed_on(reading.caller, run);
    return shown;
}

}  // namespace hezhi::back_tests
