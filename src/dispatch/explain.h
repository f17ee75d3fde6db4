// Why this one, why not her: what the rules say, and what everybody together would lose.
//
// Nothing here names anybody but the person asked about. Who would have to swap is told by order
// and place, never by person.
#pragma once

#include <cstdint>
#include <vector>

#include "dispatch/batch.h"

namespace hezhi::dispatch {

struct FunnelLine {
    const ObstacleRow* rule;  // into obstacles()
    std::int64_t remaining;
};

struct OrderFunnel {
    std::int64_t considered = 0;
    std::vector<FunnelLine> lines;  // one a rule, in their order
};

// How many people are left for the order's places of this kind after each rule.
OrderFunnel funnel_of(const PersonIndex& index, const MarketOrder& order, bool leader);

struct BestPerson {
    std::int64_t person = 0;
    std::int32_t units = 0;  // the total of price_of

    bool operator==(const BestPerson&) const = default;
};

// The k cheapest people for one order at once, best first; the score sheet of each is price_of.
std::vector<BestPerson> best_people(const PersonIndex& index, const MarketOrder& order, bool leader,
                                    std::size_t k);

// What one unit of the person's time is worth to the batch: to be added to a price when somebody is
// picked by hand while a batch is open, so that scarce people are not taken by whoever asks first.
std::int64_t scarcity_units(Batch& batch, std::int64_t person);

struct WhyNot {
    Obstacle obstacle = Obstacle::none;
    bool chosen = false;          // the batch sends this person to the order
    std::int32_t units = 0;       // the price on the order
    std::int64_t loss_units = 0;  // exactly what everybody together would lose, rounded down
    bool loses = false;           // even if only by a tie-break
    struct Swap {
        std::int64_t order = 0;
        bool leader = false;
        enum class To { person_asked, other_person, nobody } to = To::nobody;
    };
    std::vector<Swap> swaps;  // who would have to move
};

// The person as they stand in the batch's index.
Result<WhyNot> why_not(Batch& batch, std::int64_t order, const MarketPerson& person);

// Where people are missing: the orders with empty places and what one more fitting person would be
// worth there, dearest first. The list for recruiting and training.
struct Shortage {
    std::int64_t order = 0;
    bool leader = false;
    std::int32_t places = 0;
    std::int64_t worth_units = 0;
};
std::vector<Shortage> shortages(const Batch& batch);

}  // namespace hezhi::dispatch
