// Queues (待办): what somebody leads and has not finished, whatever it is; and how it changes
// hands.
//
// A new queue is one row of queue_rows(), its four statements in queries.sql, and its figure's
// folding of item.handed_on and item.passed_on.
#pragma once

#include "domain/cases/cases.h"
#include "domain/deputies/deputies.h"
#include "domain/queues/handover_figure.h"

namespace hezhi::queues {

namespace refusals {
inline constexpr RefusalRow queue_unknown{"queue_unknown", 404, "没有这类待办。",
                                          "There is no such queue."};
inline constexpr RefusalRow successor_unfit{
    "successor_unfit", 422, "接手人须在该事项所在区域担任可以主责的岗位，且不是现在的主责人。",
    "Whoever takes it over holds a role at its area that may lead it, and does not lead it yet."};
inline constexpr RefusalRow successor_full{
    "successor_full", 409, "接手人在办的个案将超过上限，请另选他人或只移交一部分。",
    "Whoever is to take it over would have more open cases than one may have; choose another or "
    "hand on less."};
inline constexpr RefusalRow queue_empty{"queue_empty", 409, "没有可以移交的待办。",
                                        "Nothing of this queue is left to hand on."};
}  // namespace refusals

// One item of a queue, as its statements give it.
struct Item {
    std::int64_t id = 0;
    AccountId leader;  // none: nobody
    AreaId area;
    std::string area_path;
    Instant due_at;
    NeedId need;  // of an order
};

struct ItemShown;

struct QueueRow {
    std::string_view key;  // the noun among the subjects of facts
    std::string_view zh;
    std::string_view en;
    const store::Query& item;
    const store::Query& led;
    const store::Query& leaders;
    const store::Query& left;
    // What the item is: its words and its state.
    void (*describe)(const api::Reading&, const orders::OrderDesk&, const Item&, ItemShown&);
};
std::span<const QueueRow> queue_rows();
const QueueRow* find_queue(std::string_view key);

// One turn of the writer hands on so many; the rest with the next press.
inline constexpr std::int64_t handed_on_max = 200;

// --- actions ---

struct HandOn {
    AccountId to;
    Text<1, 200> why;
};
BOOST_DESCRIBE_STRUCT(HandOn, (), (to, why))

struct HandOnQueue {
    std::optional<AccountId> account_id;  // whose; absent: one's own
    AccountId to;
    Text<1, 200> why;
};
BOOST_DESCRIBE_STRUCT(HandOnQueue, (), (account_id, to, why))

// 移交: somebody else leads it from now on. Returns the item's id.
Result<std::int64_t> hand_on_item(journal::Turn&, const api::Caller&, const people::Register&,
                                  const QueueRow&, std::int64_t id, const HandOn& input);
// 整体移交: everything that somebody leads; refused as a whole if one item does not fit. Returns
// whose queue it was.
Result<std::int64_t> hand_on_queue(journal::Turn&, const api::Caller&, const people::Register&,
                                   const HandOnQueue& input);
// Timer: whoever led it holds no role for it any more, so it goes to the area's superior.
Result<std::int64_t> pass_on_item(journal::Turn&, const QueueRow&, std::int64_t id);

// --- pages ---

struct ItemShown {
    std::string queue;
    std::int64_t id = 0;
    std::string title_zh;
    std::string title_en;
    std::string state;  // label of the noun's states
    std::string area_name;
    Instant due_at;
    std::optional<std::string> handed_from;  // the name of who led it before
    std::optional<Instant> handed_at;
    std::optional<std::string> why;
    bool passed_on = false;  // because who led it had left
};
BOOST_DESCRIBE_STRUCT(ItemShown, (),
                      (queue, id, title_zh, title_en, state, area_name, due_at, handed_from,
                       handed_at, why, passed_on))

// Everything that `leader` leads below `path`, by due time.
std::vector<ItemShown> items_of(const api::Reading&, const orders::OrderDesk&, AccountId leader,
                                std::string_view path);
ItemShown show_item(const api::Reading&, const orders::OrderDesk&, const QueueRow&, const Item&);
// The items that one of a queue's statements finds.
std::vector<Item> read_items(store::Session&, const store::Query&, store::Params);

std::vector<jobs::Timer> timers();
api::Routes routes(const orders::OrderDesk& desk);
api::ActionRows actions();

}  // namespace hezhi::queues
