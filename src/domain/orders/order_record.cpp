#include "domain/orders/order_record.h"

#include <algorithm>

#include "domain/accounts/account_figure.h"
#include "domain/orders/load_order.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

// Reads the record and names all whose facts can change it.
journal::KeptRecords::Made read_record(const api::Reading& reading, const OrderDesk& desk,
                                       OrderId id) {
    auto order = reading.load<OrderFigure>(id);
    if (!order) return {};
    auto record = std::make_shared<OrderRecord>();
    std::vector<journal::Subject> subjects{{"order", id.value}};
    if (order->leader) {
        subjects.emplace_back("account", order->leader.value);
        if (auto account = reading.load<accounts::AccountFigure>(order->leader)) {
            subjects.emplace_back("person", account->person.value);
            record->leader_name = desk.people.name(reading.db, account->person);
        }
    }
    if (order->recipient) subjects.emplace_back("recipient", order->recipient.value);
    auto apart = apart_from(reading.db, order->recipient);
    for (auto& offer : offers_of(reading.db, reading.tables, id)) {
        subjects.emplace_back("person", offer.person.value);
        std::string name = desk.people.masked_name(reading.db, offer.person);
        bool is_apart = std::ranges::count(apart, offer.person.value) > 0;
        Asked asked{std::move(offer), std::move(name), {}, is_apart};
        for (std::int64_t fact : {asked.offer.arrival_apart, asked.offer.leaving_apart}) {
            if (fact == 0) continue;
            auto why = desk.people.read_text(reading.db, fact, people::text_reason);
            if (why) asked.time_reasons.push_back(std::move(*why));
        }
        record->asked.push_back(std::move(asked));
    }
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, id.value, field);
    };
    record->brief = text(text_brief);
    if (order->state == OrderStep::reviewed) record->review_words = text(text_words);
    if (order->state == OrderStep::cancelled) record->cancel_reason = text(text_cancel_reason);
    // Only of whoever is registered is it known that they were absent.
    if (order->recipient) record->phone_check = reading.load<PhoneCheckFigure>(id);
    bool due = record->phone_check && record->phone_check->state == PhoneCheckStep::due;
    if (!due) record->phone_check.reset();
    record->order = std::move(*order);
    return {std::move(record), std::move(subjects)};
}

}  // namespace

const OfferState* OrderRecord::offer_to(PersonId person) const {
    if (!person) return nullptr;
    for (const Asked& one : asked) {
        if (one.offer.person == person) return &one.offer;
    }
    return nullptr;
}

std::shared_ptr<const OrderRecord> order_record(const api::Reading& reading, const OrderDesk& desk,
                                                OrderId id) {
    if (!id) return nullptr;
    auto make = [&] { return read_record(reading, desk, id); };
    auto record = desk.kept ? desk.kept->find(reading.db, id.value, make) : make().record;
    return std::static_pointer_cast<const OrderRecord>(std::move(record));
}

std::vector<OfferState> offers_of(store::Session& db, const journal::FigureTables& tables,
                                  OrderId id) {
    return journal::states_of<OfferFigure>(db, tables, queries::offers_of_order,
                                           {{"order_id", id}});
}

}  // namespace hezhi::orders
