// Everything that is open, assigned at once: the proven best for all together.
//
// Each place to fill is a row of an Assignment, each person a column; people become columns when
// they are somebody's candidate. Changes are incremental and lead to the same assignment, byte by
// byte, as a run from scratch.
//
// Teams are settled after the flow (teams.h): an order that wants all or nothing, or a leader,
// and did not get it is left empty by a fixed rule, and its people go where they help next. What
// the proof covers is therefore the flow; `bound` says how far the settled result is from it at
// most.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "dispatch/certificate.h"
#include "dispatch/person_index.h"
#include "dispatch/teams.h"

namespace hezhi::dispatch {

struct BatchSettings {
    std::size_t first_candidates = 8;  // a list's length before it grows; no result depends on it
    int threads = 1;                   // for finding candidates; no result depends on it
    const std::atomic<bool>* cancelled = nullptr;
    // assign_market also holds the prices against every pair of place and person, one by one and
    // without the index, if there are at most so many pairs.
    std::int64_t check_pairs_max = 0;
};

namespace refusals {
inline constexpr RefusalRow batch_cancelled{"batch_cancelled", 409, "本次派单计算已取消。",
                                            "This run was cancelled."};
inline constexpr RefusalRow batch_order_unknown{"batch_order_unknown", 404, "本批次没有该订单。",
                                                "The order is not part of this batch."};
}  // namespace refusals

struct OrderProposal {
    std::int64_t order = 0;
    std::vector<std::int64_t> people;  // the leader first where one is required, then by id
    std::int32_t missing = 0;
    bool left_for_team = false;  // empty although single people could be had

    bool operator==(const OrderProposal&) const = default;
};

struct BatchResult {
    std::vector<OrderProposal> proposals;  // by order id
    std::int64_t units = 0;                // of the whole, empty places included
    std::int64_t bound_units = 0;          // no assignment costs less
    std::int64_t empty_places = 0;
    Certificate certificate;
    bool unique = false;                          // proven: no other assignment is as good
    std::int64_t pairs = 0, pair_violations = 0;  // see check_pairs_max

    bool operator==(const BatchResult& other) const { return proposals == other.proposals; }
};

class Batch final : private EdgeSource {
  public:
    // The index outlives the batch and is changed through it only.
    Batch(PersonIndex& index, BatchSettings settings);

    // Takes the orders in and finds the optimum. They satisfy check_market together with the
    // people. If it was cancelled, the batch holds nothing that could be used and is thrown away.
    Result<void> assign(std::vector<MarketOrder> orders);

    // One change; the optimum is restored before each returns.
    Result<void> add_order(MarketOrder order);
    Result<void> remove_order(std::int64_t order);
    Result<void> decline(std::int64_t order, std::int64_t person);
    void person_leaves(std::int64_t person);
    void person_changes(const MarketPerson& person);  // joins, or has new values

    // Settles the teams, reports, and takes the settling back.
    BatchResult result();

    // For explanations (explain.h) and for whoever ranks while a batch is open.
    struct Places {
        MarketOrder order;
        std::uint32_t member_list = 0;  // the one list of an order without a leader's place
        std::uint32_t leader_list = 0;
        std::vector<std::uint32_t> rows;  // the leader's first
        bool has_leader = false;
        bool there = true;
    };
    const Places* places(std::int64_t order) const;
    const Places& places_of_row(std::uint32_t row) const;
    bool is_leader_row(std::uint32_t row) const;
    std::uint32_t column_for(std::uint32_t person);  // made if there is none yet
    std::uint32_t person_at(std::uint32_t column) const { return person_of_column_[column]; }
    Assignment& assignment() { return assignment_; }
    const Assignment& assignment() const { return assignment_; }
    PersonIndex& index() { return index_; }
    const PersonIndex& index() const { return index_; }

  private:
    struct ListOwner {
        std::uint32_t order;
        bool leader;
    };
    Cost more(std::uint32_t list, std::span<const Edge> listed, std::vector<Edge>& next) override;
    bool is_cancelled() const { return settings_.cancelled && settings_.cancelled->load(); }
    std::vector<ListOwner> lists_in_order_of_place(std::size_t from) const;
    Result<void> find_candidates(std::span<const ListOwner> owners);
    void add_rows(std::uint32_t order);
    void number_columns(std::vector<Edge>& edges);

    // batch_teams.cpp
    std::vector<Team> teams() const;
    void take_out(std::span<const std::uint32_t> orders);

    PersonIndex& index_;
    BatchSettings settings_;
    Assignment assignment_;
    std::vector<Places> places_;
    std::unordered_map<std::int64_t, std::uint32_t> order_number_;  // only looked up, never walked
    std::vector<ListOwner> list_owner_;
    std::vector<std::uint32_t> row_order_;
    std::vector<std::uint32_t> column_of_person_;
    std::vector<std::uint32_t> person_of_column_;
    std::vector<Edge> found_;
    std::size_t growths_ = 0;  // of lists, so far
};

// The whole in one call: checks, index, batch, result. Draws the tie-breaks anew where the optimum
// is not proven unique, so that equal choices are decided the same way everywhere.
Result<BatchResult> assign_market(Market market, const BatchSettings& settings);

}  // namespace hezhi::dispatch
