#include "domain/orders/orders.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

std::vector<jobs::Due> find_due(store::Session& db, const store::Query& query,
                                std::string_view id_column, std::string_view due_column,
                                Instant now, std::int64_t limit) {
    std::vector<jobs::Due> due;
    db.each(query, {{"now", now}, {"limit", limit}}, [&](const store::Row& row) {
        due.push_back({row.integer(id_column), 0, row.instant(due_column)});
    });
    return due;
}

}  // namespace

std::vector<jobs::Timer> timers() {
    return {
        {"lapse_offer",
         [](store::Session& db, Instant now, std::int64_t limit) {
             std::vector<jobs::Due> due;
             db.each(
                 queries::due_offers, {{"now", now}, {"limit", limit}}, [&](const store::Row& row) {
                     due.push_back(
                         {row.integer("order_id"), row.integer("person"), row.instant("until")});
                 });
             return due;
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return lapse_offer(turn, OrderId(due.id), PersonId(due.other), due.due_at);
         }},
        {"reassign_order",
         [](store::Session& db, Instant now, std::int64_t limit) {
             std::vector<jobs::Due> due;
             db.each(queries::due_reassignments, {{"now", now}, {"limit", limit}},
                     [&](const store::Row& row) {
                         due.push_back({row.integer("order_id"), row.integer("person"),
                                        row.instant("reassign_from")});
                     });
             return due;
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return reassign_order(turn, OrderId(due.id), PersonId(due.other));
         }},
        {"recheck_acceptances",
         [](store::Session& db, Instant now, std::int64_t limit) {
             return find_due(db, queries::due_rechecks, "id", "recheck_from", now, limit);
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return recheck_acceptances(turn, PersonId(due.id));
         }},
        {"widen_order",
         [](store::Session& db, Instant now, std::int64_t limit) {
             return find_due(db, queries::due_widenings, "id", "widen_at", now, limit);
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return widen_order(turn, OrderId(due.id), due.due_at);
         }},
        {"escalate_order",
         [](store::Session& db, Instant now, std::int64_t limit) {
             return find_due(db, queries::due_escalations, "id", "escalate_until", now, limit);
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return escalate_order(turn, OrderId(due.id), due.due_at);
         }},
        {"confirm_order",
         [](store::Session& db, Instant now, std::int64_t limit) {
             return find_due(db, queries::due_confirmations, "id", "confirm_until", now, limit);
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return confirm_order(turn, api::system_caller(), OrderId(due.id), due.due_at);
         }},
    };
}

}  // namespace hezhi::orders
