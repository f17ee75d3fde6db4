#include <set>

#include "domain/queues/queries.h"
#include "domain/queues/queues.h"

namespace hezhi::queues {
namespace {

using api::Reading;
using api::Writing;

// More than anybody leads at once; the rest is handed on with the next press.
constexpr std::int64_t shown_max = 200;
constexpr std::int64_t successors_max = 100;

// Why a queue is shown to somebody.
enum class QueueOf { mine, deputy, area, nobody };
BOOST_DESCRIBE_ENUM(QueueOf, mine, deputy, area, nobody)

struct Queue {
    QueueOf whose = QueueOf::mine;
    std::optional<AccountId> account_id;  // absent: nobody leads these
    std::optional<std::string> name;
    std::optional<std::string> deputy_name;  // who works it now in that person's place
    std::optional<Instant> until;            // so long
    std::vector<ItemShown> items;
};
BOOST_DESCRIBE_STRUCT(Queue, (), (whose, account_id, name, deputy_name, until, items))

struct Queues {
    std::vector<Queue> items;
};
BOOST_DESCRIBE_STRUCT(Queues, (), (items))

struct SuccessorQuery {
    std::optional<std::string> queue;  // of one item, or of all that `account` leads
    std::optional<std::int64_t> id;
    std::optional<AccountId> account;
};
BOOST_DESCRIBE_STRUCT(SuccessorQuery, (), (queue, id, account))

struct Successors {
    std::vector<deputies::Colleague> items;
};
BOOST_DESCRIBE_STRUCT(Successors, (), (items))

// An item alone, after it was handed on.
struct HandedOn {
    std::string to;
    std::int64_t left = 0;  // of a whole queue: what is still there
};
BOOST_DESCRIBE_STRUCT(HandedOn, (), (to, left))

Queue queue_of(const Reading& reading, const orders::OrderDesk& desk, QueueOf whose,
               AccountId leader, std::string_view path) {
    Queue queue;
    queue.whose = whose;
    queue.items = items_of(reading, desk, leader, path);
    if (!leader) return queue;
    queue.account_id = leader;
    queue.name = deputies::staff_name(reading, desk.people, leader);
    if (auto deputy = deputies::deputy_now(reading.db, reading.tables, leader, reading.now)) {
        queue.deputy_name = deputies::staff_name(reading, desk.people, deputy->deputy);
        queue.until = deputy->until_at;
    }
    return queue;
}

Queues list_queues(const Reading& reading, const orders::OrderDesk& desk) {
    const api::Caller& caller = reading.caller;
    Queues all;
    std::set<AccountId> shown{caller.account};
    all.items.push_back(queue_of(reading, desk, QueueOf::mine, caller.account, "/"));
    for (const auto& away :
         deputies::away_now(reading.db, reading.tables, caller.account, reading.now)) {
        if (!shown.insert(away.account).second) continue;
        all.items.push_back(queue_of(reading, desk, QueueOf::deputy, away.account, "/"));
    }
    auto paths = areas::list_paths(reading, desk.tree, std::nullopt, "item.hand_on");
    if (!paths) return all;  // held for one's own queue only
    for (const auto& path : *paths) {
        std::set<AccountId> leaders;
        for (const QueueRow& queue : queue_rows()) {
            reading.db.each(
                queue.leaders, {{"path", path}, {"path_end", areas::path_end(path)}},
                [&](const store::Row& row) { leaders.insert(row.id<AccountId>("leader")); });
        }
        for (AccountId leader : leaders) {
            if (leader && !shown.insert(leader).second) continue;
            all.items.push_back(
                queue_of(reading, desk, leader ? QueueOf::area : QueueOf::nobody, leader, path));
        }
    }
    return all;
}

// Whoever may lead an item, other than who does.
std::map<AccountId, deputies::Colleague> successors_of(const Reading& reading,
                                                       const orders::OrderDesk& desk,
                                                       const Item& item) {
    std::string roles = ",";
    for (const auto& row : accounts::permissions()) {
        if (row.permission == "item.lead") roles += std::string(row.role) + ",";
    }
    std::map<AccountId, deputies::Colleague> found;
    auto areas = desk.tree.now();
    for (const auto& row : reading.db.rows(queries::holders_above, {{"roles", roles},
                                                                    {"path", item.area_path},
                                                                    {"except", item.leader},
                                                                    {"limit", successors_max}})) {
        auto account = row.id<AccountId>("account");
        const areas::AreaState* area = areas->find(row.id<AreaId>("area"));
        std::string name = desk.people.name(reading.db, row.id<PersonId>("person"));
        deputies::Colleague colleague{account, std::move(name), std::string(row.text("role")),
                                      area ? area->name : ""};
        if (colleague.role == "social_worker") {
            colleague.case_load = needs::case_load(reading.db, *reading.pack()->pack, account);
        }
        found.try_emplace(account, std::move(colleague));
    }
    return found;
}

bool may_see(const Reading& reading, const Item& item) {
    return reading.caller.may("item.hand_on",
                              {.area_path = item.area_path, .leader = item.leader}) ||
           deputies::stands_in(reading.db, reading.caller, item.leader, reading.now);
}

Result<Successors> list_successors(const Reading& reading, const orders::OrderDesk& desk,
                                   const SuccessorQuery& query) {
    std::vector<Item> items;
    if (query.queue) {
        const QueueRow* queue = find_queue(*query.queue);
        if (!queue) return refuse(refusals::queue_unknown);
        items = read_items(reading.db, queue->item, {{"id", query.id.value_or(0)}});
    } else {
        AccountId leader = query.account.value_or(reading.caller.account);
        for (const QueueRow& queue : queue_rows()) {
            auto led = read_items(reading.db, queue.led,
                                  {{"leader", leader},
                                   {"path", "/"},
                                   {"path_end", areas::path_end("/")},
                                   {"limit", handed_on_max}});
            std::ranges::move(led, std::back_inserter(items));
        }
    }
    std::erase_if(items, [&](const Item& item) { return !may_see(reading, item); });
    if (items.empty()) return refuse(hezhi::refusals::not_found);
    // Items of one area have the same successors; each area is asked once.
    std::map<std::string, std::map<AccountId, deputies::Colleague>> by_area;
    for (const Item& item : items) {
        if (!by_area.contains(item.area_path)) {
            by_area[item.area_path] = successors_of(reading, desk, item);
        }
    }
    Successors list;
    for (const auto& [account, colleague] : by_area.begin()->second) {
        bool everywhere = std::ranges::all_of(
            by_area, [&](const auto& area) { return area.second.contains(account); });
        if (everywhere) list.items.push_back(colleague);
    }
    return list;
}

Result<const QueueRow*> queue_named(std::string_view key) {
    const QueueRow* queue = find_queue(key);
    if (!queue) return refuse(refusals::queue_unknown);
    return queue;
}

}  // namespace

ItemShown show_item(const Reading& reading, const orders::OrderDesk& desk, const QueueRow& queue,
                    const Item& item) {
    auto areas = desk.tree.now();
    const areas::AreaState* area = areas->find(item.area);
    ItemShown shown;
    shown.queue = queue.key;
    shown.id = item.id;
    shown.area_name = area ? area->name : "";
    shown.due_at = item.due_at;
    queue.describe(reading, desk, item, shown);
    auto handover = reading.load<HandoverFigure>(handover_key(queue.key, item.id));
    if (!handover) return shown;
    if (handover->leader_before) {
        shown.handed_from = deputies::staff_name(reading, desk.people, handover->leader_before);
    }
    shown.handed_at = handover->handed_at;
    shown.passed_on = handover->passed_on;
    shown.why = desk.people.read_text(reading.db, handover->reason, people::text_reason);
    return shown;
}

std::vector<ItemShown> items_of(const Reading& reading, const orders::OrderDesk& desk,
                                AccountId leader, std::string_view path) {
    std::vector<ItemShown> shown;
    for (const QueueRow& queue : queue_rows()) {
        for (const Item& item : read_items(reading.db, queue.led,
                                           {{"leader", leader},
                                            {"path", path},
                                            {"path_end", areas::path_end(path)},
                                            {"limit", shown_max}})) {
            shown.push_back(show_item(reading, desk, queue, item));
        }
    }
    std::ranges::stable_sort(shown, {}, &ItemShown::due_at);
    return shown;
}

api::Routes routes(const orders::OrderDesk& desk) {
    using http::Method;
    return {
        api::reads<api::Nothing, Queues>({Method::get, "/queues", "list_queues", "item.hand_on"},
                                         [&desk](const Reading& r, const api::Nothing&)
                                             -> Result<Queues> { return list_queues(r, desk); }),
        api::reads<SuccessorQuery, Successors>(
            {Method::get, "/successors", "list_successors", "item.hand_on"},
            [&desk](const Reading& r, const SuccessorQuery& q) {
                return list_successors(r, desk, q);
            }),
        api::writes<HandOn, HandedOn>(
            {Method::post, "/queues/{queue}/{id}/handover", "hand_on_item", "item.hand_on"},
            [&desk](const Writing& w, const HandOn& input) -> Result<std::int64_t> {
                auto queue = queue_named(w.capture(0));
                if (!queue) return std::unexpected(queue.error());
                return hand_on_item(w.turn, w.caller, desk.people, **queue, w.id(1), input);
            },
            [&desk](const Reading& r, std::int64_t id) -> Result<HandedOn> {
                auto handover = r.load<HandoverFigure>(handover_key(r.capture(0), id));
                return HandedOn{deputies::staff_name(r, desk.people, handover->leader_after), 0};
            }),
        api::writes<HandOnQueue, HandedOn>(
            {Method::post, "/queues/handover", "hand_on_queue", "item.hand_on"},
            [&desk](const Writing& w, const HandOnQueue& input) {
                return hand_on_queue(w.turn, w.caller, desk.people, input);
            },
            [&desk](const Reading& r, std::int64_t leader) -> Result<HandedOn> {
                HandedOn handed;
                handed.left = std::ssize(items_of(r, desk, AccountId(leader), "/"));
                return handed;
            }),
    };
}

api::ActionRows actions() {
    return {
        {"hand_on_item", "item.hand_on", "item.handed_on", "POST /queues/{queue}/{id}/handover",
         "移交", "hand on", "移交他人主责", "somebody else leads it now"},
        {"hand_on_queue", "item.hand_on", "item.handed_on", "POST /queues/handover", "整体移交",
         "hand on the whole queue", "移交他人主责", "somebody else leads it now"},
        {"pass_on_item", "", "item.passed_on", "", "转上级主责", "pass on to the superior",
         "主责人离岗，转上级", "its leader left; the superior leads it now"},
    };
}

}  // namespace hezhi::queues
