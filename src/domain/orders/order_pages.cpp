#include "domain/orders/order_pages.h"

#include <algorithm>

#include "domain/grading/grading.h"
#include "domain/orders/load_order.h"
#include "domain/orders/order_record.h"
#include "domain/orders/order_states.h"
#include "domain/orders/queries.h"
#include "domain/time_bank/time_bank.h"
#include "rules/working_calendar.h"

namespace hezhi::orders {
namespace {

std::optional<Instant> known(Instant at) {
    return at ? std::optional(at) : std::nullopt;
}

std::optional<std::int32_t> positive(std::int32_t n) {
    return n > 0 ? std::optional(n) : std::nullopt;
}

struct Shown {
    std::string category_zh, category_en, safety_zh, safety_en, area_name, area_parents;
    std::optional<std::string> risk_level, desk_phone;
};

// The words of the category and the area. A category that left the pack keeps its key as its name.
Shown words_of(const api::Reading& reading, const OrderDesk& desk, const OrderState& order) {
    Shown words{.category_zh = order.category, .category_en = order.category};
    const rules::Pack& pack = *reading.pack()->pack;
    if (const auto* category = pack.category(order.category)) {
        words.category_zh = category->name.zh;
        words.category_en = category->name.en;
        words.safety_zh = category->safety_notes.zh;
        words.safety_en = category->safety_notes.en;
        words.risk_level = label_of(category->risk_level);
    }
    auto areas = desk.tree.now();
    words.desk_phone = areas->desk_phone(order.area);
    if (const auto* area = areas->find(order.area)) {
        words.area_name = area->name;
        words.area_parents = areas->parents(*area, pack);
    }
    return words;
}

// "社区": the area kind in which people are looked for.
rules::Words reach_words(const api::Reading& reading, const OrderState& order) {
    const auto* kind = reading.pack()->pack->area_kind(order.reach);
    return kind ? kind->name : rules::Words{order.reach, order.reach};
}

// What the caller may do now: the table's permission, scope and state together.
std::vector<std::string> allowed_actions(const api::Reading& reading, const OrderState& order,
                                         const OfferState* own) {
    std::vector<std::string> actions;
    for (const auto& row : order_transitions()) {
        if (row.permission.empty() || !allows(row.action, order.state)) continue;
        if (row.permission == "member.attend") continue;  // on the page of a team's lead
        if (!reading.caller.may(row.permission, access_of(order, own != nullptr))) continue;
        if (row.action == "offer_order" && order.ends_at <= reading.now) continue;
        bool begun = row.action != "note_no_show" && row.action != "finish_order";
        if (!begun && reading.now < order.starts_at) continue;
        bool answers = row.action == "accept_order" || row.action == "decline_offer";
        if (answers && (!own || own->state != OfferStep::offered || own->until < reading.now)) {
            continue;
        }
        if (row.action == "raise_alarm") {
            bool goes =
                own && (own->state == OfferStep::accepted || own->state == OfferStep::in_service);
            bool its_day = reading.now >= start_of(day_of(order.starts_at));
            if (!goes || !its_day || order.alarm) continue;
        }
        if (row.action == "leave_order" &&
            (!own || own->state != OfferStep::accepted || reading.now >= order.starts_at)) {
            continue;
        }
        if (row.action == "check_in_order" && (!own || own->state != OfferStep::accepted)) continue;
        if (row.action == "check_out_order" && (!own || own->state != OfferStep::in_service)) {
            continue;
        }
        if (row.action == "note_review" &&
            took_part(reading.db, reading.caller, order, own, reading.now)) {
            continue;
        }
        if (row.action == "reply_to_review" &&
            (!own || own->state != OfferStep::delivered || own->reply > 0)) {
            continue;
        }
        actions.emplace_back(row.action);
    }
    return actions;
}

// Until somebody has called, the order is offered to nobody.
void add_phone_check(const api::Reading& reading, const OrderRecord& record, Order& shown) {
    if (!record.phone_check || !allows("offer_order", record.order.state)) return;
    const PhoneCheckState& check = *record.phone_check;
    shown.phone_check = {check.absences, check.days, check.calls};
    std::erase(shown.actions, "offer_order");
    if (reading.caller.may("phone_check.answer", access_of(record.order, false))) {
        shown.actions.emplace_back("answer_phone_check");
    }
}

MyOrder show_mine(const api::Reading& reading, const OrderDesk& desk, const OrderRecord& record,
                  const OfferState& offer) {
    const OrderState& order = record.order;
    Shown words = words_of(reading, desk, order);
    MyOrder shown;
    shown.order_id = order.id;
    shown.state = offer.state;
    shown.order_state = order.state;
    shown.category_zh = words.category_zh;
    shown.category_en = words.category_en;
    shown.area_name = words.area_name;
    shown.area_parents = words.area_parents;
    shown.starts_at = order.starts_at;
    shown.ends_at = order.ends_at;
    if (offer.state == OfferStep::offered) shown.until = offer.until;
    shown.safety_zh = words.safety_zh;
    shown.safety_en = words.safety_en;
    shown.leader_name = record.leader_name;
    shown.desk_phone = words.desk_phone;
    shown.people_needed = order.people_needed;
    shown.accepted = order.accepted;
    if (offer.state == OfferStep::delivered) shown.minutes = offer.minutes;
    shown.satisfaction = positive(order.satisfaction);
    // What was said of her service is for those who served, and so is the answer.
    if (offer.state == OfferStep::delivered) shown.review_words = record.review_words;
    if (offer.reply > 0) shown.reply = desk.people.read_text(reading.db, offer.reply, text_reply);
    const rules::Pack& pack = *reading.pack()->pack;
    Instant closes =
        rules::deadline(order.ends_at, pack.order_limits.brief_closes, pack.calendar).at;
    bool may_disclose = false;
    bool goes = offer.state == OfferStep::accepted || offer.state == OfferStep::in_service ||
                offer.state == OfferStep::delivered;
    shown.sealed = order.sealed;
    auto recipient = order.recipient ? reading.load<people::PersonFigure>(order.recipient)
                                     : std::optional<people::PersonState>();
    bool guarded = order.sealed || about_minor(order, pack, recipient ? &*recipient : nullptr);
    if (reading.now < closes) {
        if (!order.sealed || goes) shown.brief = record.brief;
        if (goes && guarded) {
            may_disclose = true;
        } else if (goes) {
            shown.contact =
                desk.people.read_text(reading.db, order.need.value, needs::text_contact);
        }
        if (goes) {
            shown.door_word = door_word(desk.suite, pack, order.id);
        }
    }
    shown.alarm = static_cast<bool>(order.alarm);
    shown.actions = allowed_actions(reading, order, &offer);
    if (may_disclose) shown.actions.emplace_back("disclose_contact");
    return shown;
}

// Why it is free or not. One clause says both what time may book and that an assessed need is free.
const rules::Clause& funding_clause(const api::Reading& reading, const OrderState& order) {
    const rules::TimeBankRules& bank = reading.pack()->pack->time_bank;
    if (order.funding == Funding::grant) {
        std::string group = time_bank::grant_group_of(reading, order.id);
        auto found = std::ranges::find(bank.grants, group, &rules::GrantGroup::key);
        if (found != bank.grants.end()) return found->clause;
    }
    return bank.redeem_clause;
}

}  // namespace

Order show_order(const api::Reading& reading, const OrderDesk& desk, const OrderRecord& record) {
    const OrderState& order = record.order;
    Shown words = words_of(reading, desk, order);
    Order shown;
    shown.id = order.id;
    shown.need_id = order.need;
    shown.category = order.category;
    shown.category_zh = words.category_zh;
    shown.category_en = words.category_en;
    shown.duty_boundary = order.duty_boundary;
    shown.risk_level = words.risk_level;
    shown.area_id = order.area;
    shown.area_name = words.area_name;
    shown.area_parents = words.area_parents;
    shown.state = order.state;
    shown.priority_class = order.priority_class;
    shown.starts_at = order.starts_at;
    shown.ends_at = order.ends_at;
    shown.opened_at = order.opened_at;
    shown.handle_until = order.handle_until;
    rules::Words reach = reach_words(reading, order);
    shown.reach_zh = reach.zh;
    shown.reach_en = reach.en;
    shown.widen_at = known(order.widen_at);
    shown.refill_until = known(order.refill_until);
    shown.minutes_planned = order.minutes_planned;
    shown.brief = record.brief;
    shown.leader_name = record.leader_name;
    shown.people_needed = order.people_needed;
    shown.accepted = order.accepted;
    bool may_separate = reading.caller.may("pair.separate", access_of(order, false));
    for (const auto& [offer, name, reasons, apart] : record.asked) {
        bool gone = offer.state == OfferStep::no_show || offer.state == OfferStep::cancelled;
        shown.offers.push_back({offer.person, name, offer.state, offer.offered_at, offer.until,
                                known(offer.checked_in_at), known(offer.checked_out_at), reasons,
                                may_separate && apart,
                                gone && grading::may_excuse(reading, order.id, offer.person)});
    }
    shown.accepted_at = known(order.accepted_at);
    shown.delivered_at = known(order.delivered_at);
    if (order.delivered_at) shown.minutes = order.minutes;
    shown.confirm_until = known(order.confirm_until);
    shown.confirmed_at = known(order.confirmed_at);
    shown.unconfirmed = order.unconfirmed;
    shown.resolution = order.resolution;
    shown.satisfaction = positive(order.satisfaction);
    shown.review_words = record.review_words;
    shown.cancel_reason = record.cancel_reason;
    shown.actions = allowed_actions(reading, order, record.offer_to(reading.caller.person));
    if (may_separate && order.recipient) shown.actions.emplace_back("separate_pair");
    add_phone_check(reading, record, shown);
    shown.sealed = order.sealed;
    if (order.alarm) shown.alarm_id = order.alarm;
    shown.funding = order.funding;
    const rules::Clause& why = funding_clause(reading, order);
    shown.funding_says_zh = why.says.zh;
    shown.funding_says_en = why.says.en;
    bool leads = order.leader && order.leader == reading.caller.account;
    if (order.sealed && !leads && !people::sees_sealed(reading.caller, order.keeper)) {
        shown.brief.reset();
        shown.review_words.reset();
        shown.cancel_reason.reset();
        for (OfferShown& offer : shown.offers) offer.time_reasons.clear();
    }
    return shown;
}

Result<Order> order_page(const api::Reading& reading, const OrderDesk& desk, OrderId id) {
    auto record = order_record(reading, desk, id);
    // A volunteer has a page of her own with less on it, so being assigned does not open this one.
    if (!record || !reading.caller.may("order.read", access_of(record->order, false))) {
        return refuse(hezhi::refusals::not_found);
    }
    return show_order(reading, desk, *record);
}

Result<MyOrder> my_order_page(const api::Reading& reading, const OrderDesk& desk, OrderId id,
                              bool disclosed) {
    auto record = order_record(reading, desk, id);
    const OfferState* offer = record ? record->offer_to(reading.caller.person) : nullptr;
    if (!offer) return refuse(hezhi::refusals::not_found);
    MyOrder shown = show_mine(reading, desk, *record, *offer);
    if (disclosed) {
        shown.contact =
            desk.people.read_text(reading.db, record->order.need.value, needs::text_contact);
    }
    return shown;
}

MyOrders my_orders_page(const api::Reading& reading, const OrderDesk& desk) {
    constexpr std::int64_t shown_max = 100;
    std::vector<OrderId> orders;
    reading.db.each(queries::offers_of_person,
                    {{"person", reading.caller.person}, {"limit", shown_max}},
                    [&](const store::Row& row) { orders.push_back(row.id<OrderId>("order_id")); });
    MyOrders page;
    for (OrderId id : orders) {
        auto record = order_record(reading, desk, id);
        page.items.push_back(
            show_mine(reading, desk, *record, *record->offer_to(reading.caller.person)));
    }
    return page;
}

Result<Slip> slip_page(const api::Reading& reading, const OrderDesk& desk, OrderId id) {
    auto record = order_record(reading, desk, id);
    if (!record) return refuse(hezhi::refusals::not_found);
    const OrderState& order = record->order;
    Shown words = words_of(reading, desk, order);
    Slip slip;
    slip.category_zh = words.category_zh;
    slip.category_en = words.category_en;
    slip.area_name = words.area_name;
    slip.desk_phone = words.desk_phone;
    // A slip lies about; what kind of help it is, nobody else is to read.
    if (order.sealed) slip.category_zh = "服务", slip.category_en = "service";
    slip.state = order.state;
    slip.starts_at = order.starts_at;
    slip.ends_at = order.ends_at;
    for (const Asked& asked : record->asked) {
        const OfferState& offer = asked.offer;
        if (offer.accepted_at && offer.state != OfferStep::cancelled &&
            offer.state != OfferStep::no_show) {
            slip.volunteer_names.push_back(desk.people.brief_name(reading.db, offer.person));
        }
        if (offer.reply > 0) {
            slip.replies.push_back(
                {desk.people.brief_name(reading.db, offer.person),
                 desk.people.read_text(reading.db, offer.reply, text_reply).value_or("")});
        }
    }
    if (order.delivered_at) slip.minutes = order.minutes;
    slip.code = service_code(desk.suite, id);
    slip.door_word = door_word(desk.suite, *reading.pack()->pack, id);
    if (order.state == OrderStep::open || order.state == OrderStep::offered) {
        rules::Words reach = reach_words(reading, order);
        slip.reach_zh = reach.zh;
        slip.reach_en = reach.en;
    }
    slip.another_comes = order.refill_until && order.state != OrderStep::cancelled;
    slip.resolution = order.resolution;
    slip.satisfaction = positive(order.satisfaction);
    for (std::string_view action : {"confirm_order", "review_order"}) {
        if (allows(action, order.state)) slip.actions.emplace_back(action);
    }
    if (order.recipient && allows("review_order", order.state)) {
        slip.actions.emplace_back("separate_pair");
    }
    auto need = reading.load<needs::NeedFigure>(order.need);
    if (need->state == needs::NeedStep::closed && need->order_id == id &&
        reading.now < need->reopen_until) {
        slip.ask_again_until = need->reopen_until;
        slip.actions.emplace_back("ask_again");
    }
    return slip;
}

}  // namespace hezhi::orders
