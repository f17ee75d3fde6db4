// All open orders of a district and everybody who might take them, priced by the rules of one order
// (dispatch.h): who may not, may not here either, and a price is what a score lacks of its 100
// points. The result is the proven best for all together; among equals, what the run before
// proposed stays, and lots decide the rest.
//
// A batch of the product. Market and Batch (market.h, batch.h) price by coordinates; a district
// knows areas (docs/decisions/0005_one_rule_two_engines.md).
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dispatch/certificate.h"
#include "dispatch/dispatch.h"
#include "dispatch/teams.h"

namespace hezhi::dispatch {

// Places of one batch. Beyond it a run takes longer than anybody waits; it is split by area.
inline constexpr std::int64_t match_places_max = 20'000;

// Somebody whom a batch may send. What of `person` depends on the order (served before, own
// request, excluded, insured until when) is set for each order and is empty here.
struct MatchPerson {
    Person person;
    std::vector<Interval> insured;  // spans without a gap
    bool experienced = false;       // may lead a team
    std::vector<Interval> asked;    // open offers elsewhere: not asked twice for the same time

    bool operator==(const MatchPerson&) const = default;
};

struct MatchOrder {
    std::int64_t id = 0;
    Order order;
    std::int32_t places = 1;
    bool all_or_nothing = false;
    bool leader_needed = false;     // one of the places is for somebody experienced
    std::int32_t empty_points = 0;  // what a place that stays empty costs; above 100
    std::int64_t recipient = 0;     // a person's id; 0 if unknown
    // Ascending.
    std::vector<std::int64_t> known;            // who served this recipient before
    std::vector<std::int64_t> excluded;         // whom the recipient declined
    std::vector<std::int64_t> asked_before;     // asked for this order already, whatever they said
    std::vector<std::int64_t> proposed_before;  // by the run before: kept where scores are equal

    bool operator==(const MatchOrder&) const = default;
};

struct MatchInput {
    Weights weights;
    std::uint64_t tie_salt = 0;
    std::vector<MatchPerson> people;
    std::vector<MatchOrder> orders;
};

std::int64_t places_of(const MatchInput& input);

// Why a batch does not send somebody who may take the order by the rules. Codes never change.
std::span<const HardRule> batch_rules();

struct MatchedPerson {
    std::int64_t person = 0;
    std::int32_t points = 0;  // the score's total

    bool operator==(const MatchedPerson&) const = default;
};

struct MatchedOrder {
    std::int64_t order = 0;
    std::vector<MatchedPerson> people;  // the leader first where one is needed, then by id
    std::int32_t missing = 0;
    std::int32_t empty_points = 0;  // of each missing place: its price in the optimum
    bool left_for_team = false;     // empty although single people could be had

    bool operator==(const MatchedOrder&) const = default;
};

struct MatchResult {
    std::vector<MatchedOrder> orders;  // by id
    std::int64_t points = 0;           // what the whole costs, empty places included
    std::int64_t bound_points = 0;     // no assignment costs less
    std::int64_t empty_places = 0;
    Certificate certificate;
    bool unique = false;
};

// Why not this person on this order.
struct MatchWhyNot {
    const HardRule* rule = nullptr;  // of dispatch.h or of this file; null: may take it
    std::string needed, found;
    std::int32_t points = 0;       // the score, where no rule forbids
    bool chosen = false;           // the batch sends this person there
    std::int64_t loss_points = 0;  // exactly what everybody together would lose
    struct Swap {
        std::int64_t order = 0;
        enum class To { person_asked, other_person, nobody } to = To::nobody;
    };
    std::vector<Swap> swaps;  // who would have to move, by order and never by person
};

// How the bits below a point are shared out: a change of what was proposed before outweighs the
// lots of all places together (up to 2,048 places; beyond that, of 128 places and more), and all
// changes and lots together stay below half a point.
struct TieScale {
    int noise_bits = 0;
    Cost change = 0;

    bool operator==(const TieScale&) const = default;
};
TieScale tie_scale(std::int64_t places);

// One thread at a time.
class Matching final : private EdgeSource {
  public:
    // Ids are different from each other, orders have at least one place.
    explicit Matching(MatchInput input);
    Matching(const Matching&) = delete;
    Matching& operator=(const Matching&) = delete;

    // False if it was cancelled; then it is of no more use.
    bool solve(const std::atomic<bool>* cancelled = nullptr);
    // Settles the teams, reports, and takes the settling back.
    MatchResult result();
    // nullopt if the batch has no such order or person.
    std::optional<MatchWhyNot> why_not(std::int64_t order, std::int64_t person);

    // Becomes the optimum of `next` by the changes alone, byte by byte what a new Matching would
    // be. False, and nothing was changed, if weights, salt or the scale of ties are others.
    bool change_to(MatchInput next);

    std::size_t people() const { return people_.size() - gone_; }
    const Effort& effort() const { return assignment_.effort(); }

  private:
    struct Somebody {
        MatchPerson its;
        std::uint32_t tie = 0;
        bool gone = false;
    };
    struct Places {
        MatchOrder its;
        std::uint32_t member_list = 0, leader_list = 0;
        std::vector<std::uint32_t> rows;  // the leader's first
        bool there = true;
    };
    struct ListOwner {
        std::uint32_t order;
        bool leader;
    };

    Cost more(std::uint32_t list, std::span<const Edge> listed, std::vector<Edge>& next) override;
    Cost cheapest(const Places& places, bool leader, std::size_t k, const Edge* after,
                  std::vector<Edge>& out);
    // Null if the person may be sent; what forbids it in words if `values` is given.
    const HardRule* rule_against(const Places& places, Somebody& person, bool leader,
                                 Forbidden* values = nullptr);
    std::int32_t points_of(const Places& places, Somebody& person) const;
    void set_towards(const MatchOrder& order, Somebody& person) const;
    std::optional<Cost> price(const Places& places, std::uint32_t column, bool leader);
    template <class Use>
    void each_within_reach(const Order& order, Use use) const;
    void add_order(MatchOrder order, bool place_now);
    void add_person(MatchPerson person);
    void remove_order(std::uint32_t number);
    void remove_person(std::uint32_t column);
    std::vector<Team> teams() const;

    Weights weights_;
    std::uint64_t salt_;
    TieScale ties_;
    // By area path and then id, as far as they were there from the start; columns are their
    // positions. Who joined later stands behind `sorted_`.
    std::vector<Somebody> people_;
    std::uint32_t sorted_ = 0;
    std::size_t gone_ = 0;
    std::map<std::int64_t, std::uint32_t> column_of_;
    std::vector<Places> places_;
    std::map<std::int64_t, std::uint32_t> number_of_;
    std::vector<ListOwner> list_owner_;
    std::vector<std::uint32_t> row_order_;
    Assignment assignment_;
};

// Takes back what concerns one order (MatchPerson).
void forget_order(Person& person);

// The input as text, one line each, ascending by id: what a hash of it is taken over.
void append_text(std::string& out, const MatchInput& input);
void append_text(std::string& out, const MatchResult& result);

}  // namespace hezhi::dispatch
