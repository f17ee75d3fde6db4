#include "domain/spot_checks/spot_check_pages.h"

#include <algorithm>

#include "domain/spot_checks/queries.h"
#include "domain/spot_checks/record_signs.h"

namespace hezhi::spot_checks {
namespace {

using api::Reading;

void show_actions(const Reading& reading, const SpotCheckState& check,
                  const records::RecordState& record, SpotCheck& shown) {
    api::Access there{.area_path = check.area_path};
    auto matter = matter_of_check(reading, check);
    if (!matter || !is_third_person(reading.db, reading.caller, *matter, record)) return;
    if (check.state == SpotCheckStep::open && reading.caller.may("spot_check.call", there)) {
        shown.actions.emplace_back("answer_spot_check");
    }
    bool waits = check.state == SpotCheckStep::differs || check.state == SpotCheckStep::not_reached;
    if (waits && !called(check, reading.caller.account) &&
        reading.caller.may("spot_check.settle", there)) {
        shown.actions.emplace_back("settle_spot_check");
    }
}

// What is asked about: a late entry counts nothing yet, and what was proven false nothing any more.
void show_time(const Reading& reading, const SpotCheckState& check,
               const records::RecordState& record, const rules::TrueHoursRules& rules,
               SpotCheck& shown) {
    shown.starts_at = record.starts_at;
    shown.ends_at = record.ends_at;
    shown.minutes = shown.minutes_counted = record.minutes;
    if (!check.record) return;
    shown.waits = record.state == records::RecordStep::waiting;
    auto looked_at = reading.rows<records::RecordVersionFigure>(
        queries::version_looked_at, {{"record", check.record}, {"check", check.id}});
    if (!looked_at.empty()) {
        shown.starts_at = looked_at.front().starts_at;
        shown.ends_at = looked_at.front().ends_at;
        shown.minutes = looked_at.front().minutes;
    }
    if (record.order_id || record.shift_id) return;
    shown.entered_at = record.entered_at;
    auto first = reading.load<records::RecordVersionFigure>(check.record.value);
    if (!first || std::ranges::count(check.reasons, "bulk_entry") == 0) return;
    EnteredTogether together = entered_together(reading.db, *first, rules, check.id);
    shown.bulk = {together.records, together.first_at, together.last_at};
}

}  // namespace

SpotCheck show_check(const api::Reading& reading, const SpotCheckDesk& desk,
                     const SpotCheckState& check) {
    auto record = checked_record(reading, check);
    const rules::Pack& pack = *reading.pack()->pack;
    const auto& rules = reading.packs->in_force(check.opened_at)->pack->true_hours;
    SpotCheck shown;
    shown.id = check.id;
    shown.state = check.state;
    for (const auto& key : check.reasons) {
        const auto* clause = rules.clause_of(key);
        if (clause) shown.reasons.push_back({key, clause->says.zh, clause->says.en});
    }
    shown.sampled = check.sampled;
    if (check.sampled) {
        shown.reasons.push_back(
            {"sample", rules.sample_clause.says.zh, rules.sample_clause.says.en});
    }
    shown.held = check.held;
    if (check.record) shown.record_id = check.record;
    std::string category = record.category;
    if (check.order_id) {
        shown.order_id = check.order_id;
        auto order = reading.load<orders::OrderFigure>(check.order_id);
        if (order) shown.need_id = order->need;
        if (order) category = order->category;
    }
    if (const auto* known = pack.category(category)) {
        shown.category_zh = known->name.zh;
        shown.category_en = known->name.en;
    }
    shown.person_name = desk.people.masked_name(reading.db, check.person);
    auto areas = desk.tree.now();
    if (const auto* area = areas->find(check.area)) shown.area_name = area->name;
    show_time(reading, check, record, rules, shown);
    shown.opened_at = check.opened_at;
    shown.attempts = check.attempts;
    shown.attempts_max = rules.attempts_max;
    shown.said = desk.people.read_text(reading.db, check.id.value, text_said);
    shown.settled = desk.people.read_text(reading.db, check.id.value, text_settled);
    show_actions(reading, check, record, shown);
    return shown;
}

Result<SpotCheck> check_page(const api::Reading& reading, const SpotCheckDesk& desk,
                             SpotCheckId id) {
    auto check = id ? reading.load<SpotCheckFigure>(id) : std::nullopt;
    if (!check || !reading.caller.may("spot_check.read", {.area_path = check->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return show_check(reading, desk, *check);
}

}  // namespace hezhi::spot_checks
