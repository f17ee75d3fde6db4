// The table of queues: complaints and whatever else is led stand here with a row each.
#include "domain/activities/activities.h"
#include "domain/orders/order_figure.h"
#include "domain/queues/queries.h"
#include "domain/queues/queues.h"

namespace hezhi::queues {
namespace {

void name_category(const api::Reading& reading, const std::string& key, ItemShown& shown) {
    const rules::Category* category = reading.pack()->pack->category(key);
    shown.title_zh = category ? category->name.zh : key;
    shown.title_en = category ? category->name.en : key;
}

void describe_order(const api::Reading& reading, const orders::OrderDesk&, const Item& item,
                    ItemShown& shown) {
    auto order = reading.load<orders::OrderFigure>(OrderId(item.id));
    name_category(reading, order->category, shown);
    shown.state = label_of(order->state);
}

void describe_need(const api::Reading& reading, const orders::OrderDesk& desk, const Item& item,
                   ItemShown& shown) {
    auto need = reading.load<needs::NeedFigure>(NeedId(item.id));
    shown.state = label_of(need->state);
    if (need->sealed && !people::sees_sealed(reading.caller, need->keeper)) {
        shown.title_zh = "地址保密的需求";
        shown.title_en = "a need whose address is secret";
        return;
    }
    shown.title_zh = desk.people.read_text(reading.db, item.id, needs::text_what).value_or("");
    shown.title_en = shown.title_zh;
}

void describe_plan(const api::Reading& reading, const orders::OrderDesk& desk, const Item& item,
                   ItemShown& shown) {
    auto plan = reading.load<cases::PlanFigure>(PlanId(item.id));
    name_category(reading, plan->category, shown);
    std::string recipient = desk.people.masked_name(reading.db, plan->recipient);
    shown.title_zh += " · " + recipient;
    shown.title_en += " · " + recipient;
    shown.state = label_of(plan->state);
}

void describe_activity(const api::Reading& reading, const orders::OrderDesk& desk, const Item& item,
                       ItemShown& shown) {
    auto activity = reading.load<activities::ActivityFigure>(ActivityId(item.id));
    shown.title_zh =
        desk.people.read_text(reading.db, item.id, activities::text_title).value_or("");
    shown.title_en = shown.title_zh;
    shown.state = label_of(activity->state);
}

}  // namespace

std::span<const QueueRow> queue_rows() {
    static const QueueRow rows[] = {
        {"need", "主责需求", "needs", queries::need_item, queries::needs_led, queries::need_leaders,
         queries::needs_left, describe_need},
        {"order", "主责订单", "orders", queries::order_item, queries::orders_led,
         queries::order_leaders, queries::orders_left, describe_order},
        {"plan", "服务计划", "plans", queries::plan_item, queries::plans_led, queries::plan_leaders,
         queries::plans_left, describe_plan},
        {"activity", "活动", "activities", queries::activity_item, queries::activities_led,
         queries::activity_leaders, queries::activities_left, describe_activity},
    };
    return rows;
}

const QueueRow* find_queue(std::string_view key) {
    for (const QueueRow& row : queue_rows()) {
        if (row.key == key) return &row;
    }
    return nullptr;
}

}  // namespace hezhi::queues
