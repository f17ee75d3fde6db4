// Orders for staff: lists, one order, 点单, 派单, 取消, the printed slip.
#include "domain/orders/load_order.h"
#include "domain/orders/order_pages.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

using api::Reading;
using api::Writing;

struct OrderQuery {
    std::optional<AreaId> area;
    std::optional<OrderStep> state;
    std::optional<api::ListSort> sort;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(OrderQuery, (), (area, state, sort, cursor, limit))

struct CancelOrder {
    Text<1, 200> reason;
    std::optional<bool> absent;  // nobody was there
};
BOOST_DESCRIBE_STRUCT(CancelOrder, (), (reason, absent))

// What is printed and handed to the requester.
struct PrintedSlip {
    std::string link;  // at the public address: "https://…/m/#/slip/…"
    std::string code;
    std::string qr_svg;
    std::string door_word;
    std::string check_in_qr_svg;  // for the volunteer's phone: opens her page with the code
    std::optional<std::string> desk_phone;
};
BOOST_DESCRIBE_STRUCT(PrintedSlip, (), (link, code, qr_svg, door_word, check_in_qr_svg, desk_phone))

Result<OrderList> list_orders(const Reading& reading, const OrderDesk& desk,
                              const OrderQuery& query) {
    areas::WorkQuery work{.area = query.area, .cursor = query.cursor};
    if (query.state) work.state = label_of(*query.state);
    work.sort = query.sort.value_or(api::ListSort::due);
    work.limit = api::limit_of(query.limit);
    auto params = areas::list_params(reading, desk.tree, work, "order.read");
    if (!params) return std::unexpected(params.error());
    bool due = work.sort == api::ListSort::due;
    struct Listed {
        Instant handle_until;
        OrderId id;
    };
    std::vector<Listed> rows;
    for (const auto& below : *params) {
        reading.db.each(due ? queries::due_first : queries::newest_first, below,
                        [&](const store::Row& row) {
                            rows.push_back({row.instant("handle_until"), row.id<OrderId>("id")});
                        });
    }
    areas::merge_lists(rows, work.limit + 1, [due](const Listed& a, const Listed& b) {
        if (!due) return a.id > b.id;
        return std::pair(a.handle_until, a.id) < std::pair(b.handle_until, b.id);
    });
    OrderList list;
    for (const auto& [handle_until, id] : rows) {
        if (std::ssize(list.items) == work.limit) {
            const Order& last = list.items.back();
            list.next_cursor = api::to_text({due ? last.handle_until.ms : 0, last.id.value});
            break;
        }
        list.items.push_back(show_order(reading, desk, *order_record(reading, desk, id)));
    }
    return list;
}

Result<PrintedSlip> printed_slip(const Reading& reading, const OrderDesk& desk, OrderId id) {
    auto order = id ? reading.load<OrderFigure>(id) : std::nullopt;
    if (!order || !reading.caller.may("order.slip", access_of(*order, false))) {
        return refuse(hezhi::refusals::not_found);
    }
    PrintedSlip slip;
    slip.link = desk.public_address + "/m/#/slip/" + slip_token(desk.suite, id);
    slip.code = service_code(desk.suite, id);
    slip.qr_svg = people::qr_svg(slip.link);
    slip.door_word = door_word(desk.suite, *reading.pack()->pack, id);
    slip.desk_phone = desk.tree.now()->desk_phone(order->area);
    // Not the requester's link: whoever scans this may neither confirm nor review.
    slip.check_in_qr_svg = people::qr_svg(desk.public_address + "/m/#/orders/" +
                                          std::to_string(id.value) + "?code=" + slip.code);
    return slip;
}

}  // namespace

api::Routes routes(const OrderDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return order_page(r, desk, OrderId(id));
    };
    api::Routes all{
        api::writes<OpenOrder, Order>(
            {Method::post, "/needs/{id}/order", "open_order", "order.open"},
            [&desk](const Writing& w, const OpenOrder& input) {
                return open_order(w.turn, w.caller, desk, NeedId(w.id()), input);
            },
            render),
        api::writes<needs::TakeCall, Order>(
            {Method::post, "/calls/order", "open_called_order", "call.order"},
            [&desk](const Writing& w, const needs::TakeCall& input) {
                return open_called_order(w.turn, w.caller, desk, input);
            },
            render),
        api::reads<OrderQuery, OrderList>(
            {Method::get, "/orders", "list_orders", "order.read"},
            [&desk](const Reading& r, const OrderQuery& q) { return list_orders(r, desk, q); }),
        api::reads<api::Nothing, Order>({Method::get, "/orders/{id}", "show_order", "order.read"},
                                        [&desk](const Reading& r, const api::Nothing&) {
                                            return order_page(r, desk, OrderId(r.id()));
                                        }),
        api::writes<OfferOrder, Order>(
            {Method::post, "/orders/{id}/offers", "offer_order", "order.offer"},
            [&desk](const Writing& w, const OfferOrder& input) {
                return offer_order(w.turn, w.caller, desk, OrderId(w.id()), input);
            },
            render),
        api::writes<CancelOrder, Order>(
            {Method::post, "/orders/{id}/cancellation", "cancel_order", "order.cancel"},
            [&desk](const Writing& w, const CancelOrder& input) {
                return cancel_order(w.turn, w.caller, desk, OrderId(w.id()), input.reason,
                                    input.absent.value_or(false));
            },
            render),
        api::writes<NoteAttendance, Order>(
            {Method::post, "/orders/{id}/attendance", "note_attendance", "order.attend"},
            [&desk](const Writing& w, const NoteAttendance& input) {
                return note_attendance(w.turn, w.caller, desk, OrderId(w.id()), input);
            },
            render),
        api::writes<NoteNoShow, Order>(
            {Method::post, "/orders/{id}/no-show", "note_no_show", "order.attend"},
            [](const Writing& w, const NoteNoShow& input) {
                return note_no_show(w.turn, w.caller, OrderId(w.id()), input.person_id);
            },
            render),
        api::writes<FinishOrder, Order>(
            {Method::post, "/orders/{id}/phone-confirmation", "finish_order", "order.finish"},
            [&desk](const Writing& w, const FinishOrder& input) {
                return finish_order(w.turn, w.caller, desk, OrderId(w.id()), input);
            },
            render),
        api::reads<api::Nothing, PrintedSlip>(
            {Method::get, "/orders/{id}/slip", "print_slip", "order.slip"},
            [&desk](const Reading& r, const api::Nothing&) {
                return printed_slip(r, desk, OrderId(r.id()));
            }),
    };
    for (auto part :
         {slip_routes, my_order_routes, own_need_routes, booking_routes, pair_routes,
          candidate_routes, review_routes, phone_check_routes, led_order_routes, my_day_routes}) {
        for (auto& route : part(desk)) all.push_back(std::move(route));
    }
    return all;
}

api::ActionRows actions() {
    return {
        {"open_order", "order.open", "order.opened", "POST /needs/{id}/order", "转为订单",
         "make an order", "生成订单", "the order was made"},
        {"open_called_order", "call.order", "order.opened", "POST /calls/order", "当场生成订单",
         "make the order at once", "生成订单", "the order was made"},
        {"book_order", "order.book", "order.opened", "POST /bookings", "预约服务",
         "book a service with time", "生成订单", "the order was made"},
        {"cancel_booking", "order.book", "order.cancelled", "POST /bookings/{id}/cancellation",
         "取消预约", "cancel the booking", "订单取消", "the order was cancelled"},
        {"offer_order", "order.offer", "order.offered", "POST /orders/{id}/offers", "派单", "offer",
         "派单", "the order was offered"},
        {"accept_order", "order.accept", "order.accepted", "POST /orders/{id}/acceptance", "接单",
         "accept", "志愿者接单", "the order was accepted"},
        {"decline_offer", "order.decline", "order.declined", "POST /orders/{id}/refusal", "婉拒",
         "decline", "婉拒", "the offer was declined"},
        {"separate_pair", "pair.separate", "pair.separated", "POST /orders/{id}/separations",
         "不再匹配", "do not match again", "双方不再匹配", "these two are not matched any more"},
        {"rejoin_pair", "pair.separate", "pair.rejoined", "POST /orders/{id}/reunions", "恢复匹配",
         "match again", "双方恢复匹配", "these two may be matched again"},
        {"raise_alarm", "alarm.raise", "order.unanswered", "POST /orders/{id}/alarm",
         "报告无人应答", "nobody answers", "无人应答，已按紧急需求上报",
         "nobody answered; an urgent need was made"},
        {"leave_order", "order.leave", "order.left", "POST /orders/{id}/withdrawal", "退出订单",
         "give up the order", "退出订单", "gave up the order"},
        {"lapse_offer", "", "offer.lapsed", "", "派单到期", "let the offer lapse", "派单到期未答复",
         "the offer lapsed"},
        {"reassign_order", "", "order.reassigned", "", "改派订单", "look for somebody else",
         "原接单人不能再承接，改派他人",
         "who had accepted may not any more; another is looked for"},
        {"recheck_acceptances", "", "acceptances.rechecked", "", "复查已接任务",
         "look through what was accepted", "认证降低或暂停后，复查了已接任务",
         "what was accepted was looked through after a lowering"},
        {"widen_order", "", "order.widened", "", "扩大派单范围", "look further", "派单范围扩大",
         "people are looked for in a wider area"},
        {"note_attendance", "order.attend", "order.checked_in", "POST /orders/{id}/attendance",
         "名单签到", "check in by list", "签到", "checked in"},
        {"check_in_members", "member.attend", "order.checked_in",
         "POST /orders/{id}/member-arrivals", "队员签到", "check in the members", "签到",
         "checked in"},
        {"check_out_members", "member.attend", "order.checked_out",
         "POST /orders/{id}/member-departures", "队员签退", "check out the members", "签退",
         "checked out"},
        {"note_no_show", "order.attend", "order.no_show", "POST /orders/{id}/no-show", "标记未到",
         "note who did not come", "未到", "did not come"},
        {"finish_order", "order.finish", "order.confirmed", "POST /orders/{id}/phone-confirmation",
         "电话确认完成", "done, confirmed by phone", "服务确认", "the service was confirmed"},
        {"escalate_order", "", "order.escalated", "", "转社工处理", "back to the social worker",
         "无人接单，转社工处理", "nobody took it; back to the social worker"},
        {"disclose_contact", "order.check_in", "contact.read", "POST /orders/{id}/contact-reading",
         "查看保密联系方式", "see the secret contact", "查看了联系方式",
         "the contact was read in clear"},
        {"check_in_order", "order.check_in", "order.checked_in", "POST /orders/{id}/check-in",
         "签到", "check in", "签到", "checked in"},
        {"check_out_order", "order.check_out", "order.checked_out", "POST /orders/{id}/check-out",
         "签退", "check out", "签退", "checked out"},
        {"confirm_order", "", "order.confirmed", "POST /slips/{token}/confirmation", "确认服务",
         "confirm the service", "服务确认", "the service was confirmed"},
        {"review_order", "", "order.reviewed", "POST /slips/{token}/review", "评单", "review",
         "评单", "the order was reviewed"},
        {"note_review", "review.note", "order.reviewed", "POST /orders/{id}/review-call",
         "电话回访", "call about it", "评单", "the order was reviewed"},
        {"note_absence", "", "absence.noted", "", "记下无人在场", "note that nobody was there",
         "服务对象不在场", "whoever was to be served was not there"},
        {"ask_phone_check", "", "phone_check.asked", "", "须先电话核实",
         "somebody has to call first", "须先电话核实再派单",
         "somebody has to call before it is offered"},
        {"answer_phone_check", "phone_check.answer", "phone_check.answered",
         "POST /orders/{id}/phone-check", "电话核实", "call before offering", "电话核实结果",
         "what was said on the phone"},
        {"reply_to_review", "review.reply", "review.replied", "POST /orders/{id}/review-answer",
         "回复评价", "reply", "志愿者回复评价", "the volunteer replied to the review"},
        {"cancel_order", "order.cancel", "order.cancelled", "POST /orders/{id}/cancellation",
         "取消订单", "cancel the order", "订单取消", "the order was cancelled"},
    };
}

api::StateRows states() {
    return {
        {"order", "open", "待派单", "to be offered"},
        {"order", "offered", "派单中", "offered"},
        {"order", "accepted", "已接单", "accepted"},
        {"order", "in_service", "服务中", "in service"},
        {"order", "delivered", "待确认", "to be confirmed"},
        {"order", "confirmed", "已确认", "confirmed"},
        {"order", "reviewed", "已评单", "reviewed"},
        {"order", "escalated", "转社工处理", "back to the social worker"},
        {"order", "cancelled", "已取消", "cancelled"},
        {"phone_check", "due", "待电话核实", "to be called"},
        {"phone_check", "wanted", "仍需要", "still wanted"},
        {"phone_check", "not_wanted", "不再需要", "not wanted any more"},
        {"offer", "offered", "待答复", "waiting for an answer"},
        {"offer", "accepted", "已接单", "accepted"},
        {"offer", "declined", "已婉拒", "declined"},
        {"offer", "lapsed", "已到期", "lapsed"},
        {"offer", "in_service", "服务中", "in service"},
        {"offer", "delivered", "已完成", "done"},
        {"offer", "cancelled", "已取消", "cancelled"},
        {"offer", "no_show", "未到", "did not come"},
    };
}

}  // namespace hezhi::orders
