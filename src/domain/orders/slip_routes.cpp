// The requester's pages through the link on the slip: 确认, 评单. No account.
#include "domain/orders/order_pages.h"

namespace hezhi::orders {

api::Routes slip_routes(const OrderDesk& desk) {
    using api::Reading;
    using api::Writing;
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto order_id = [&desk](std::string_view token) { return order_of_token(desk.suite, token); };
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return slip_page(r, desk, OrderId(id));
    };
    // Whoever comes through the link acts as its holder, even if signed in for something else.
    return {
        api::reads<api::Nothing, Slip>(
            {Method::get, "/slips/{token}", "show_slip", api::nobody_signed_in, everyone},
            [&desk, order_id](const Reading& r, const api::Nothing&) {
                return slip_page(r, desk, order_id(r.capture()));
            }),
        api::writes<api::Nothing, Slip>(
            {Method::post, "/slips/{token}/confirmation", "confirm_order", api::nobody_signed_in,
             everyone},
            [order_id](const Writing& w, const api::Nothing&) {
                return confirm_order(w.turn, *api::link_caller(), order_id(w.capture()));
            },
            render),
        api::writes<ReviewOrder, Slip>(
            {Method::post, "/slips/{token}/review", "review_order", api::nobody_signed_in,
             everyone},
            [&desk, order_id](const Writing& w, const ReviewOrder& input) {
                return review_order(w.turn, *api::link_caller(), desk, order_id(w.capture()),
                                    input);
            },
            render),
    };
}

}  // namespace hezhi::orders
