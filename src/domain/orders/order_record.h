// An order with everything that its pages show of it, as the database has it: what does not depend
// on who asks, or when. Internal.
#pragma once

#include "domain/orders/orders.h"
#include "journal/kept_records.h"

namespace hezhi::orders {

struct Asked {
    OfferState offer;
    std::string name;  // masked
    std::vector<std::string> time_reasons;
    bool apart;  // not sent to this recipient any more
};

struct OrderRecord {
    OrderState order;
    std::vector<Asked> asked;  // in the order in which they were
    std::optional<std::string> leader_name;
    std::optional<std::string> brief;
    std::optional<std::string> review_words;
    std::optional<std::string> cancel_reason;
    std::optional<PhoneCheckState> phone_check;  // while somebody has to call first

    // The offer to `person`; null if they were not asked.
    const OfferState* offer_to(PersonId person) const;
};

// The kept one or a fresh one; null if there is no such order.
std::shared_ptr<const OrderRecord> order_record(const api::Reading&, const OrderDesk&, OrderId);

}  // namespace hezhi::orders
