// Orders and people as the pure rules of dispatch see them: the one translation, for one order and
// for all at once. Internal.
#pragma once

#include <map>

#include "dispatch/dispatch.h"
#include "domain/orders/orders.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::orders {

// The path of the area of `kind` above (or at) the order's own; the order's own if there is none.
std::string path_at_kind(const OrderState& order, const areas::Areas& areas, std::string_view kind);

dispatch::Weights weights_of(const rules::DispatchRules& rules);

// `adult_present`: one of those who have accepted is of age.
dispatch::Order describe_order(const OrderState& order, bool adult_present,
                               const areas::Areas& areas, const rules::Pack& pack, Instant now);
dispatch::Order describe_order(store::Session& db, const OrderState& order,
                               const areas::Areas& areas, const rules::Pack& pack, Instant now);

// What is asked about people beside their standing, of all below one path.
struct Background {
    std::map<std::int64_t, std::vector<dispatch::Interval>> busy;
    std::map<std::int64_t, std::int64_t> minutes;
    std::map<std::int64_t, Instant> insured;  // until when, of whoever is covered at the beginning
};
// Whether anybody's insurance matters. To ask for everybody's is half of a ranking's work.
enum class Cover { asked, not_asked };
// `load_since`: the beginning of the days of [load].
Background gather_background(store::Session& db, const std::string& path, Instant from, Instant to,
                             Instant load_since, Cover cover);
// The same of one person: what an offer asks inside the writer.
Background background_of(store::Session& db, PersonId person, Instant from, Instant to,
                         Instant load_since, Cover cover);
Instant load_since(const rules::DispatchRules& rules, Instant now);
std::vector<std::int64_t> served_recipient_before(store::Session& db, const OrderState& order);

bool may_be_asked(const standing::StandingState& standing);
dispatch::Person describe_person(const standing::StandingState& standing, const rules::Pack& pack,
                                 const Background& about);
// How the person stands to this order.
void set_towards(dispatch::Person& person, const OrderState& order,
                 const std::vector<std::int64_t>& known, const std::vector<std::int64_t>& apart);

}  // namespace hezhi::orders
