// A resident's own page: what was asked for her, who comes and when; and her word afterwards, which
// is otherwise given through the link on the slip.
#include "domain/orders/load_order.h"
#include "domain/orders/order_pages.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

using api::Reading;
using api::Writing;

constexpr std::int64_t shown_max = 50;

OwnNeed show_own(const Reading& reading, const OrderDesk& desk, const needs::NeedState& need) {
    OwnNeed shown;
    shown.need_id = need.id;
    shown.reported_at = need.reported_at;
    shown.state = need.state;
    auto areas = desk.tree.now();
    if (const auto* area = areas->find(need.area)) shown.area_name = area->name;
    auto text = [&](NeedId id, std::string_view field) {
        return desk.people.read_text(reading.db, id.value, field);
    };
    // What others wrote about her was written for the staff.
    bool asked = need.reporter == reading.caller.account || need.asked_by == reading.caller.person;
    if (asked) shown.what = text(need.id, needs::text_what);
    // Of a merged one the result is that of the need that stays.
    auto kept = need.merged_into ? reading.load<needs::NeedFigure>(need.merged_into) : std::nullopt;
    const needs::NeedState& told = kept ? *kept : need;
    shown.told_with_another = kept.has_value();
    shown.order_state = told.order_step;
    shown.resolution = told.resolution;
    if (asked && told.state == needs::NeedStep::closed && !told.served) {
        shown.close_reason = text(told.id, needs::text_close_reason);
    }
    if (told.referred_at) {
        shown.referred_to = text(told.id, needs::text_referred_to);
        shown.receipt = text(told.id, needs::text_receipt);
    }
    // The slip, with what is said at the door, is for whom the service is for.
    bool hers = need.recipient == reading.caller.person || need.reporter == reading.caller.account;
    if (!need.order_id || !hers) return shown;
    if (auto slip = slip_page(reading, desk, need.order_id)) {
        shown.order_id = need.order_id;
        shown.slip = std::move(*slip);
        auto order = reading.load<OrderFigure>(need.order_id);
        bool cancels =
            order && may_cancel_booking(*order, reading.caller, *reading.pack()->pack, reading.now);
        if (cancels) shown.slip->actions.emplace_back("cancel_booking");
    }
    return shown;
}

}  // namespace

Result<OwnNeedList> list_own_needs(const Reading& reading, const OrderDesk& desk) {
    std::vector<needs::NeedState> rows;
    if (reading.caller.person) {
        reading.db.each(
            queries::needs_for, {{"person", reading.caller.person}, {"limit", shown_max}},
            [&](const store::Row& row) {
                rows.push_back(journal::read_state<needs::NeedFigure>(reading.tables, row));
            });
    }
    OwnNeedList list;
    for (const auto& need : rows) list.items.push_back(show_own(reading, desk, need));
    return list;
}

api::Routes own_need_routes(const OrderDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return slip_page(r, desk, OrderId(id));
    };
    return {
        api::reads<api::Nothing, OwnNeedList>(
            {Method::get, "/needs/own", "list_own_needs", "order.receive", everyone},
            [&desk](const Reading& r, const api::Nothing&) { return list_own_needs(r, desk); }),
        api::writes<api::Nothing, Slip>(
            {Method::post, "/orders/{id}/confirmation", "confirm_own_order", "order.receive",
             everyone},
            [](const Writing& w, const api::Nothing&) {
                return confirm_order(w.turn, w.caller, OrderId(w.id()));
            },
            render),
        api::writes<ReviewOrder, Slip>(
            {Method::post, "/orders/{id}/review", "review_own_order", "order.receive", everyone},
            [&desk](const Writing& w, const ReviewOrder& input) {
                return review_order(w.turn, w.caller, desk, OrderId(w.id()), input);
            },
            render),
    };
}

}  // namespace hezhi::orders
