#include "domain/dispatch_runs/dispatch_run_pages.h"

#include <algorithm>
#include <map>

#include "domain/dispatch_runs/queries.h"

namespace hezhi::dispatch_runs {
namespace {

constexpr std::int64_t proposals_a_page = 60;

// What adopt_dispatch_run notes as reasons.
constexpr const RefusalRow* stale_rows[] = {
    &refusals::places_asked,
    &orders::refusals::order_state_forbids,
    &orders::refusals::already_offered,
    &orders::refusals::window_over,
    &orders::refusals::person_may_not_take,
    &hezhi::refusals::not_found,
    &hezhi::refusals::not_permitted,
};

rules::Words stale_words(const StaleProposal& stale) {
    for (const auto& rule : dispatch::hard_rules()) {
        if (rule.code == stale.rule) return {std::string(rule.zh), std::string(rule.en)};
    }
    for (const auto* row : stale_rows) {
        if (row->code == stale.code) return {std::string(row->zh), std::string(row->en)};
    }
    return {stale.code, stale.code};
}

rules::Words category_words(const rules::Pack& pack, const std::string& key) {
    const auto* category = pack.category(key);
    return category ? category->name : rules::Words{key, key};
}

std::map<std::int64_t, std::int64_t> minutes_of(const api::Reading& reading,
                                                const std::string& path) {
    std::map<std::int64_t, std::int64_t> minutes;
    reading.db.each(
        queries::minutes_of_people,
        {{"path", path},
         {"path_end", areas::path_end(path)},
         {"since", reading.now - std::chrono::days(reading.pack()->pack->dispatch.load_days)}},
        [&](const store::Row& row) { minutes[row.integer("person")] = row.integer("minutes"); });
    return minutes;
}

ProposalStep step_of(const RunFacts& facts, const ProposedOrder& order,
                     const std::set<OrderId>& stale) {
    if (facts.adopted.contains(order.order)) return ProposalStep::adopted;
    if (stale.contains(order.order)) return ProposalStep::stale;
    return order.people.empty() ? ProposalStep::empty : ProposalStep::waiting;
}

struct Item {
    const ProposedOrder* proposed;
    orders::OrderState order;
};

}  // namespace

Result<DispatchRun> run_page(const api::Reading& reading, const DispatchDesk& desk,
                             DispatchRunId id, std::int64_t offset) {
    auto run = id ? reading.load<DispatchRunFigure>(id) : std::nullopt;
    if (!run || !reading.caller.may("dispatch_run.read", {.area_path = run->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    const rules::Pack& pack = *reading.pack()->pack;
    auto areas = desk.orders.tree.now();
    RunFacts facts = run_of(reading.db, id);
    DispatchRun page;
    page.id = id;
    page.state = run->state;
    page.area_id = run->area;
    if (const auto* area = areas->find(run->area)) {
        page.area_name = area->name;
        page.area_parents = areas->parents(*area, pack);
    }
    page.made_at = run->made_at;
    page.people = facts.made.people;
    page.orders = run->orders;
    page.places = run->places;
    page.empty_places = run->empty_places;
    page.points = facts.made.points;
    page.bound_points = facts.made.bound_points;
    page.proven = facts.made.violations == 0;
    page.unique = facts.made.unique;
    page.edges = facts.made.edges;
    page.input_hash = facts.made.input_hash;
    page.waiting = facts.waiting();
    page.adopted = run->adopted;
    page.stale = run->stale;
    if (page.waiting > 0 &&
        reading.caller.may("dispatch_run.adopt", {.area_path = run->area_path})) {
        page.actions.push_back("adopt_dispatch_run");
    }

    std::vector<Item> items;
    for (const auto& proposed : facts.made.orders) {
        auto order = reading.load<orders::OrderFigure>(proposed.order);
        if (order) items.push_back({&proposed, std::move(*order)});
    }
    std::ranges::sort(items, {}, [](const Item& item) {
        return std::tuple(item.proposed->missing == 0, item.order.handle_until, item.order.id);
    });
    // Whatever cursor somebody made up.
    offset = std::clamp<std::int64_t>(offset, 0, std::ssize(items));
    page.shortages = shortages_of(reading, desk, facts);
    auto minutes = minutes_of(reading, run->area_path);
    auto as_before = proposals_before(reading.db, run->area_path, id.value);
    std::set<OrderId> stale;
    for (const auto& one : facts.stale) stale.insert(one.order);
    for (auto at = offset; at < std::ssize(items) && at < offset + proposals_a_page; ++at) {
        const Item& item = items[static_cast<std::size_t>(at)];
        const auto& order = item.order;
        ProposalShown shown;
        shown.order_id = order.id;
        rules::Words words = category_words(pack, order.category);
        shown.category_zh = words.zh;
        shown.category_en = words.en;
        shown.priority_class = order.priority_class;
        if (const auto* area = areas->find(order.area)) shown.area_name = area->name;
        shown.starts_at = order.starts_at;
        shown.ends_at = order.ends_at;
        shown.minutes_planned = order.minutes_planned;
        shown.order_state = order.state;
        shown.missing = item.proposed->missing;
        shown.state = step_of(facts, *item.proposed, stale);
        for (const auto& one : item.proposed->people) {
            shown.people.push_back(
                {one.person, desk.orders.people.masked_name(reading.db, one.person), one.points,
                 minutes[one.person.value], as_before[order.id].contains(one.person)});
        }
        for (const auto& one : facts.stale) {
            if (one.order != order.id) continue;
            rules::Words why = stale_words(one);
            shown.stale_zh = why.zh;
            shown.stale_en = why.en;
        }
        page.items.push_back(std::move(shown));
    }
    if (offset + proposals_a_page < std::ssize(items)) {
        page.next_cursor = api::to_text({0, offset + proposals_a_page});
    }
    return page;
}

Result<WhyNotShown> why_not_page(const api::Reading& reading, const DispatchDesk& desk,
                                 DispatchRunId id, OrderId order_id, PersonId person) {
    auto run = id ? reading.load<DispatchRunFigure>(id) : std::nullopt;
    auto order = order_id ? reading.load<orders::OrderFigure>(order_id) : std::nullopt;
    if (!run || !order || !reading.caller.may("dispatch_run.read", {.area_path = run->area_path}) ||
        !reading.caller.may("order.offer", {.area_path = order->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    const rules::Pack& pack = *reading.pack()->pack;
    auto areas = desk.orders.tree.now();
    // The rules of now, for anybody, also outside the batch.
    auto verdict = orders::consider_person(reading.db, reading.tables, *order, person, *areas, pack,
                                           reading.now);
    if (!verdict) return refuse(hezhi::refusals::not_found);
    WhyNotShown shown;
    shown.order_id = order_id;
    shown.person_id = person;
    shown.name = desk.orders.people.masked_name(reading.db, person);
    auto forbid = [&](const dispatch::HardRule& rule, const std::string& needed,
                      const std::string& found) {
        shown.rule = rule.code;
        shown.zh = rule.zh;
        shown.en = rule.en;
        if (!needed.empty()) shown.needed = needed;
        if (!found.empty()) shown.found = found;
        return shown;
    };
    if (auto* forbidden = std::get_if<dispatch::Forbidden>(&*verdict)) {
        return forbid(*forbidden->rule, forbidden->needed, forbidden->found);
    }
    std::string input_hash = run_of(reading.db, id).made.input_hash;
    auto batch = desk.batches.of(run->area_path);
    std::optional<dispatch::MatchWhyNot> why;
    {
        std::unique_lock lock(batch->mutex);
        if (!batch->matching || batch->input_hash != input_hash) {
            lock.unlock();
            auto made = compute_run(reading, desk, run->area_path, id.value);
            if (!made) return std::unexpected(made.error());
            lock.lock();
        }
        why = batch->matching->why_not(order_id.value, person.value);
    }
    shown.points = std::get<dispatch::Score>(*verdict).total;
    if (!why) return shown;
    if (why->rule) return forbid(*why->rule, why->needed, why->found);
    shown.chosen = why->chosen;
    shown.loss_points = why->loss_points;
    for (const auto& swap : why->swaps) {
        auto other = reading.load<orders::OrderFigure>(OrderId(swap.order));
        rules::Words words = category_words(pack, other ? other->category : "");
        shown.swaps.push_back(
            {OrderId(swap.order), words.zh, words.en, static_cast<SwapTo>(swap.to)});
    }
    return shown;
}

}  // namespace hezhi::dispatch_runs
