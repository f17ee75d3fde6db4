// Reviewing by phone, the volunteer's reply, and asking for it again through the slip.
#include <map>

#include "domain/orders/order_pages.h"

#include "domain/orders/order_record.h"
#include "domain/orders/queries.h"
#include "domain/orders/revisit_rules.h"

namespace hezhi::orders {
namespace {

using api::Reading;
using api::Writing;

// More wait nowhere; beyond it those that wait longest are shown.
constexpr std::int64_t waiting_max = 100000;

struct UnreviewedQuery {
    std::optional<AreaId> area;
    std::optional<bool> drawn;  // only those that the pack asks to call about
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(UnreviewedQuery, (), (area, drawn, cursor, limit))

struct ReplyToReview {
    Text<1, 300> words;
};
BOOST_DESCRIBE_STRUCT(ReplyToReview, (), (words))

struct AskAgain {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(AskAgain, (), (reason))

std::optional<SampleSeed> seed_for(const std::map<std::int64_t, SampleSeed>& seeds,
                                   Instant confirmed_at) {
    std::string month = to_string(day_of(confirmed_at)).substr(0, 7);
    auto found = seeds.find(start_of(*parse_day(month + "-01")).ms);
    return found == seeds.end() ? std::nullopt : std::optional(found->second);
}

// Who waits longest for the call comes first; without the orders that the caller had a part in.
Result<OrderList> list_unreviewed(const Reading& reading, const OrderDesk& desk,
                                  const UnreviewedQuery& query) {
    bool drawn = query.drawn.value_or(false);
    std::int64_t limit = api::limit_of(query.limit);
    areas::WorkQuery work{.area = query.area, .cursor = query.cursor};
    // Who is drawn is not known to the database.
    work.limit = drawn ? waiting_max : limit;
    auto seeds = sample_seeds(reading.db, desk.people);
    const rules::AskingRules& asking = reading.pack()->pack->asking;
    auto params = areas::list_params(reading, desk.tree, work, "review.note");
    if (!params) return std::unexpected(params.error());
    struct Waiting {
        Instant confirmed_at;
        OrderId id;
    };
    std::vector<Waiting> rows;
    for (auto below : *params) {
        below.emplace_back("account", reading.caller.account.value);
        below.emplace_back("person", reading.caller.person.value);
        below.emplace_back("now", reading.now);
        reading.db.each(queries::unreviewed, below, [&](const store::Row& row) {
            Waiting waits{row.instant("confirmed_at"), row.id<OrderId>("id")};
            auto priority_class = *from_label<PriorityClass>(row.text("priority_class"));
            auto seed = seed_for(seeds, waits.confirmed_at);
            if (drawn && !revisit_due(asking, priority_class, waits.id, seed)) return;
            rows.push_back(waits);
        });
    }
    areas::merge_lists(rows, limit + 1, [](const Waiting& a, const Waiting& b) {
        return std::pair(a.confirmed_at, a.id) < std::pair(b.confirmed_at, b.id);
    });
    OrderList list;
    for (const auto& [confirmed_at, id] : rows) {
        if (std::ssize(list.items) == limit) {
            const Order& last = list.items.back();
            list.next_cursor = api::to_text({last.confirmed_at->ms, last.id.value});
            break;
        }
        list.items.push_back(show_order(reading, desk, *order_record(reading, desk, id)));
    }
    return list;
}

Result<std::int64_t> ask_again_by_slip(const Writing& w, const OrderDesk& desk,
                                       const AskAgain& input) {
    OrderId id = order_of_token(desk.suite, w.capture());
    const OrderState* order = id ? w.turn.load<OrderFigure>(id) : nullptr;
    if (!order) return refuse(hezhi::refusals::not_found);
    auto need = needs::ask_again(w.turn, desk.people, order->need, id, input.reason);
    if (!need) return std::unexpected(need.error());
    return id.value;
}

}  // namespace

api::Routes review_routes(const OrderDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    return {
        api::reads<UnreviewedQuery, OrderList>(
            {Method::get, "/orders/unreviewed", "list_unreviewed", "review.note"},
            [&desk](const Reading& r, const UnreviewedQuery& q) {
                return list_unreviewed(r, desk, q);
            }),
        api::writes<NoteReview, Order>(
            {Method::post, "/orders/{id}/review-call", "note_review", "review.note"},
            [&desk](const Writing& w, const NoteReview& input) {
                return note_review(w.turn, w.caller, desk, OrderId(w.id()), input);
            },
            [&desk](const Reading& r, std::int64_t id) {
                return order_page(r, desk, OrderId(id));
            }),
        api::writes<ReplyToReview, MyOrder>(
            {Method::post, "/orders/{id}/review-answer", "reply_to_review", "review.reply",
             everyone},
            [&desk](const Writing& w, const ReplyToReview& input) {
                return reply_to_review(w.turn, w.caller, desk, OrderId(w.id()), input.words);
            },
            [&desk](const Reading& r, std::int64_t id) {
                return my_order_page(r, desk, OrderId(id));
            }),
        api::writes<AskAgain, Slip>(
            {Method::post, "/slips/{token}/reopening", "ask_again", api::nobody_signed_in,
             everyone},
            [&desk](const Writing& w, const AskAgain& input) {
                return ask_again_by_slip(w, desk, input);
            },
            [&desk](const Reading& r, std::int64_t id) { return slip_page(r, desk, OrderId(id)); }),
    };
}

}  // namespace hezhi::orders
