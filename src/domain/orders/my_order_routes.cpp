// The volunteer's own orders: 接单, 婉拒, 退出, 报告无人应答, 签到, 签退.
#include "domain/orders/order_pages.h"

namespace hezhi::orders {
namespace {

using api::Reading;
using api::Writing;

struct ServiceCode {
    Text<1, 20> code;
    std::optional<Text<0, 200>> reason;  // where it lies apart from the planned time
};
BOOST_DESCRIBE_STRUCT(ServiceCode, (), (code, reason))

struct DisclosureReason {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(DisclosureReason, (), (reason))

}  // namespace

api::Routes my_order_routes(const OrderDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return my_order_page(r, desk, OrderId(id));
    };
    return {
        api::writes<DisclosureReason, MyOrder>(
            {Method::post, "/orders/{id}/contact-reading", "disclose_contact", "order.check_in",
             everyone},
            [&desk](const Writing& w, const DisclosureReason& input) {
                return disclose_contact(w.turn, w.caller, desk, OrderId(w.id()), input.reason);
            },
            [&desk](const Reading& r, std::int64_t id) {
                return my_order_page(r, desk, OrderId(id), true);
            }),
        api::reads<api::Nothing, MyOrders>(
            {Method::get, "/orders/mine", "list_my_orders", "order.accept", everyone},
            [&desk](const Reading& r, const api::Nothing&) -> Result<MyOrders> {
                return my_orders_page(r, desk);
            }),
        api::writes<api::Nothing, MyOrder>(
            {Method::post, "/orders/{id}/acceptance", "accept_order", "order.accept", everyone},
            [](const Writing& w, const api::Nothing&) {
                return accept_order(w.turn, w.caller, OrderId(w.id()));
            },
            render),
        api::writes<api::Nothing, MyOrder>(
            {Method::post, "/orders/{id}/refusal", "decline_offer", "order.decline", everyone},
            [](const Writing& w, const api::Nothing&) {
                return decline_offer(w.turn, w.caller, OrderId(w.id()));
            },
            render),
        api::writes<api::Nothing, MyOrder>(
            {Method::post, "/orders/{id}/withdrawal", "leave_order", "order.leave", everyone},
            [](const Writing& w, const api::Nothing&) {
                return leave_order(w.turn, w.caller, OrderId(w.id()));
            },
            render),
        api::writes<api::Nothing, MyOrder>(
            {Method::post, "/orders/{id}/alarm", "raise_alarm", "alarm.raise", everyone},
            [&desk](const Writing& w, const api::Nothing&) {
                return raise_alarm(w.turn, w.caller, desk, OrderId(w.id()));
            },
            render),
        api::writes<ServiceCode, MyOrder>(
            {Method::post, "/orders/{id}/check-in", "check_in_order", "order.check_in", everyone},
            [&desk](const Writing& w, const ServiceCode& input) {
                return check_in_order(w.turn, w.caller, desk, OrderId(w.id()), input.code,
                                      people::text_of(input.reason));
            },
            render),
        api::writes<ServiceCode, MyOrder>(
            {Method::post, "/orders/{id}/check-out", "check_out_order", "order.check_out",
             everyone},
            [&desk](const Writing& w, const ServiceCode& input) {
                return check_out_order(w.turn, w.caller, desk, OrderId(w.id()), input.code,
                                       people::text_of(input.reason));
            },
            render),
    };
}

}  // namespace hezhi::orders
