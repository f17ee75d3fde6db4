// 移交, 整体移交, and what happens when somebody has left.
#include <algorithm>
#include <set>

#include "domain/queues/queries.h"
#include "domain/queues/queues.h"

namespace hezhi::queues {
namespace {

// ",social_worker,street_staff,": the roles that hold `permission` at an area.
std::string roles_with(std::string_view permission) {
    std::string roles = ",";
    for (const auto& row : accounts::permissions()) {
        if (row.permission == permission && row.scope == api::Scope::area) {
            roles += std::string(row.role) + ",";
        }
    }
    return roles;
}

std::optional<Item> load_item(store::Session& db, const QueueRow& queue, std::int64_t id) {
    auto items = read_items(db, queue.item, {{"id", id}});
    return items.empty() ? std::nullopt : std::optional(items.front());
}

// Whoever leads it hands it on, or who stands in, or a superior of the area.
bool may_hand_on(journal::Turn& turn, const api::Caller& caller, const Item& item) {
    return caller.may("item.hand_on", {.area_path = item.area_path, .leader = item.leader}) ||
           deputies::stands_in(turn.db(), caller, item.leader, turn.now());
}

bool may_lead(store::Session& db, const Item& item, AccountId to) {
    bool found = false;
    db.each(queries::holders_above,
            {{"roles", roles_with("item.lead")},
             {"path", item.area_path},
             {"except", item.leader},
             {"limit", INT64_MAX}},
            [&](const store::Row& row) { found = found || row.id<AccountId>("account") == to; });
    return found;
}

Subjects subjects_of(const QueueRow& queue, const Item& item) {
    Subjects subjects{{std::string(queue.key), item.id}};
    if (item.need) subjects["need"] = item.need.value;
    return subjects;
}

void append_handover(journal::Turn& turn, const Actor& actor, const people::Register& people,
                     const QueueRow& queue, const Item& item, AccountId to, std::string_view why) {
    people.write_text(turn.db(), turn.next_position(), people::text_reason, why);
    Subjects subjects = deputies::in_place(turn, actor, item.leader, subjects_of(queue, item));
    turn.append(draft(ItemHandedOn{std::string(queue.key), item.leader, to}, actor,
                      Place{item.area, item.area_path}, std::move(subjects), turn.now()));
}

// What these items count among the cases of whoever leads them; an order's need counts once.
std::int64_t cases_among(journal::Turn& turn, const std::vector<NeedId>& needs) {
    std::int64_t weight = 0;
    for (NeedId id : std::set<NeedId>(needs.begin(), needs.end())) {
        const auto* need = id ? turn.load<needs::NeedFigure>(id) : nullptr;
        if (need) weight += needs::case_weight(*need, *turn.pack()->pack);
    }
    return weight;
}

// successor_full, if a social worker would have more open cases than the pack lets one have.
std::optional<Refusal> too_full(journal::Turn& turn, AccountId to,
                                const std::vector<NeedId>& needs) {
    std::int64_t more = cases_among(turn, needs);
    if (more == 0 || !needs::takes_cases(turn.db(), to)) return std::nullopt;
    const rules::Pack& pack = *turn.pack()->pack;
    if (needs::case_load(turn.db(), pack, to) + more <= pack.asking.case_load_max) {
        return std::nullopt;
    }
    return Refusal(refusals::successor_full);
}

// Whoever keeps the address of what changes hands secret hands that on as well; else nobody who
// works on it could read it.
void hand_on_its_secret(journal::Turn& turn, const Actor& actor, const people::Register* people,
                        const Item& item, AccountId to, std::string_view why) {
    if (!to) return;
    if (auto secret = needs::kept_of_need(turn, item.need, item.leader)) {
        needs::hand_on_secret(turn, actor, people, *secret, to, why);
    }
}

// What somebody keeps secret and the caller may hand on.
std::vector<needs::KeptSecret> secrets_of(journal::Turn& turn, const api::Caller& caller,
                                          AccountId leader) {
    auto secrets = needs::kept_by(turn.db(), leader, handed_on_max);
    bool stands_in = deputies::stands_in(turn.db(), caller, leader, turn.now());
    std::erase_if(secrets, [&](const needs::KeptSecret& secret) {
        api::Access access{.area_path = secret.area_path, .leader = leader};
        return !stands_in && !caller.may("item.hand_on", access);
    });
    return secrets;
}

}  // namespace

std::vector<Item> read_items(store::Session& db, const store::Query& query, store::Params params) {
    std::vector<Item> items;
    db.each(query, params, [&](const store::Row& row) {
        items.push_back({row.integer("id"), row.id<AccountId>("leader"), row.id<AreaId>("area"),
                         std::string(row.text("area_path")), row.instant("due_at"),
                         row.id<NeedId>("need")});
    });
    return items;
}

Result<std::int64_t> hand_on_item(journal::Turn& turn, const api::Caller& caller,
                                  const people::Register& people, const QueueRow& queue,
                                  std::int64_t id, const HandOn& input) {
    auto item = load_item(turn.db(), queue, id);
    if (!item || !may_hand_on(turn, caller, *item)) return refuse(hezhi::refusals::not_found);
    if (!may_lead(turn.db(), *item, input.to)) {
        return refuse(refusals::successor_unfit,
                      {"/to", "该区域可以主责的同事", "a colleague who may lead it there"});
    }
    if (auto full = too_full(turn, input.to, {item->need})) return std::unexpected(*full);
    Actor actor = caller.actor("item.hand_on");
    append_handover(turn, actor, people, queue, *item, input.to, input.why);
    hand_on_its_secret(turn, actor, &people, *item, input.to, input.why);
    return id;
}

Result<std::int64_t> hand_on_queue(journal::Turn& turn, const api::Caller& caller,
                                   const people::Register& people, const HandOnQueue& input) {
    AccountId leader = input.account_id.value_or(caller.account);
    std::vector<std::pair<const QueueRow*, Item>> moving;
    for (const QueueRow& queue : queue_rows()) {
        for (auto& item : read_items(turn.db(), queue.led,
                                     {{"leader", leader},
                                      {"path", "/"},
                                      {"path_end", areas::path_end("/")},
                                      {"limit", handed_on_max}})) {
            if (std::ssize(moving) == handed_on_max) break;
            if (may_hand_on(turn, caller, item)) moving.emplace_back(&queue, std::move(item));
        }
    }
    auto secrets = secrets_of(turn, caller, leader);
    if (moving.empty() && secrets.empty()) return refuse(refusals::queue_empty);
    bool fit = std::ranges::all_of(
        moving, [&](const auto& one) { return may_lead(turn.db(), one.second, input.to); });
    fit = fit && std::ranges::all_of(secrets, [&](const needs::KeptSecret& secret) {
              Item place{.leader = leader, .area_path = secret.area_path};
              return may_lead(turn.db(), place, input.to);
          });
    if (!fit) {
        return refuse(refusals::successor_unfit, {"/to", "各事项所在区域都可以主责的同事",
                                                  "a colleague who may lead every one of them"});
    }
    std::vector<NeedId> moved_needs;
    for (const auto& one : moving) moved_needs.push_back(one.second.need);
    if (auto full = too_full(turn, input.to, moved_needs)) return std::unexpected(*full);
    for (const auto& [queue, item] : moving) {
        append_handover(turn, caller.actor("item.hand_on"), people, *queue, item, input.to,
                        input.why);
    }
    for (const auto& secret : secrets) {
        needs::hand_on_secret(turn, caller.actor("item.hand_on"), &people, secret, input.to,
                              input.why);
    }
    return leader.value;
}

Result<std::int64_t> pass_on_item(journal::Turn& turn, const QueueRow& queue, std::int64_t id) {
    auto item = load_item(turn.db(), queue, id);
    // It may have ended, been handed on, or the role be held again since.
    if (!item || !item->leader ||
        may_lead(turn.db(), {.area_path = item->area_path}, item->leader)) {
        return refuse(hezhi::refusals::not_found);
    }
    AccountId superior;
    auto nearest = turn.db().row(queries::holders_above, {{"roles", roles_with("item.receive")},
                                                          {"path", item->area_path},
                                                          {"except", item->leader},
                                                          {"limit", 1}});
    if (nearest) superior = nearest->id<AccountId>("account");
    turn.append(draft(ItemPassedOn{std::string(queue.key), item->leader, superior}, {},
                      Place{item->area, item->area_path}, subjects_of(queue, *item), turn.now()));
    hand_on_its_secret(turn, {}, nullptr, *item, superior, {});
    return id;
}

std::vector<jobs::Timer> timers() {
    return {{"pass_on_item",
             [](store::Session& db, Instant now, std::int64_t limit) {
                 std::vector<jobs::Due> due;
                 std::string roles = roles_with("item.lead");
                 std::int64_t number = 0;
                 for (const QueueRow& queue : queue_rows()) {
                     db.each(queue.left, {{"roles", roles}, {"limit", limit}},
                             [&](const store::Row& row) {
                                 due.push_back({row.integer("id"), number, now});
                             });
                     ++number;
                 }
                 if (std::ssize(due) > limit) due.resize(static_cast<std::size_t>(limit));
                 return due;
             },
             [](journal::Turn& turn, const jobs::Due& due) {
                 return pass_on_item(turn, queue_rows()[static_cast<std::size_t>(due.other)],
                                     due.id);
             }}};
}

}  // namespace hezhi::queues
