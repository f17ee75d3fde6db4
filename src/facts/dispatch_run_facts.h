// Facts about dispatch runs (全部派单): what was proposed for all open orders at once, with the
// proof, and what a person then took of it.
#pragma once

#include <optional>

#include "facts/fact.h"

namespace hezhi {

using DispatchRunId = Id<struct DispatchRunTag>;

struct ProposedPerson {
    PersonId person;
    std::int32_t points = 0;  // of 100, as for one order
};
BOOST_DESCRIBE_STRUCT(ProposedPerson, (), (person, points))

struct ProposedOrder {
    OrderId order;
    std::vector<ProposedPerson> people;  // the one with experience first where a team needs one
    std::int32_t missing = 0;            // places for which nobody was found
    std::int32_t empty_points = 0;       // what each of them costs: its price in the optimum
};
BOOST_DESCRIBE_STRUCT(ProposedOrder, (), (order, people, missing, empty_points))

inline constexpr std::size_t run_orders_max = 5000;

// A list that may be longer than what people bring.
struct ProposedOrders : std::vector<ProposedOrder> {};
namespace shapes {
template <>
struct Make<ProposedOrders> {
    static Shape make() {
        Shape s = Make<std::vector<ProposedOrder>>::make();
        s.max = run_orders_max;
        return s;
    }
};
}  // namespace shapes

// All that a run depended on stands in the journal before `position`, in the pack and in `at` and
// `salt`: computed again from there it gives the same bytes.
struct DispatchRunMade {
    static constexpr std::string_view kind = "dispatch_run.made";
    static constexpr int version = 1;
    std::int64_t position = 0;  // the journal's end that was read
    Instant at;                 // what counted as now
    std::string pack;
    std::int64_t salt = 0;    // of the lots between equals
    std::string input_hash;   // SHA-256 of all people and orders as the engine read them
    std::string result_hash;  // SHA-256 of what it proposed
    std::int64_t people = 0;  // who were considered
    std::int64_t places = 0;
    std::int64_t empty_places = 0;
    std::int64_t points = 0;        // what the whole costs
    std::int64_t bound_points = 0;  // no other assignment costs less
    std::int64_t edges = 0;         // pairs that the proof reads
    std::int64_t violations = 0;    // of the proof; none
    bool unique = false;            // proven: no other assignment is as good
    ProposedOrders orders;
};
BOOST_DESCRIBE_STRUCT(DispatchRunMade, (),
                      (position, at, pack, salt, input_hash, result_hash, people, places,
                       empty_places, points, bound_points, edges, violations, unique, orders))

// One order of a run that could not be offered any more, with the refusal's code and, if a hard
// rule forbade it, that rule's.
struct StaleProposal {
    OrderId order;
    std::string code;
    std::optional<std::string> rule;
};
BOOST_DESCRIBE_STRUCT(StaleProposal, (), (order, code, rule))

// Each of `adopted` was offered to whom the run proposed. Both lists empty: nothing of it is taken.
struct DispatchRunAdopted {
    static constexpr std::string_view kind = "dispatch_run.adopted";
    static constexpr int version = 1;
    std::vector<OrderId> adopted;
    std::vector<StaleProposal> stale;
};
BOOST_DESCRIBE_STRUCT(DispatchRunAdopted, (), (adopted, stale))

}  // namespace hezhi
