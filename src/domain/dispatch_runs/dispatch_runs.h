// Dispatch runs (全部派单): all open orders of an area assigned at once, the proven best for all of
// them together, and a person's decision on it.
//
// A run is computed beside the writer, on one state of the journal. Nobody is asked by it: what the
// dispatcher takes of it becomes ordinary offers, each judged again.
#pragma once

#include <deque>
#include <memory>
#include <mutex>

#include "api/action.h"
#include "api/route.h"
#include "dispatch/matching.h"
#include "domain/dispatch_runs/dispatch_run_figure.h"
#include "domain/orders/orders.h"

namespace hezhi::dispatch_runs {

namespace refusals {
inline constexpr RefusalRow no_open_orders{"no_open_orders", 409, "该区域目前没有待派的订单。",
                                           "No order of this area looks for people now."};
inline constexpr RefusalRow run_too_large{
    "run_too_large", 422, "待派订单过多，请按下级区域分别派单。",
    "Too many open orders for one run; choose a smaller area."};
inline constexpr RefusalRow proposal_missing{"proposal_missing", 422,
                                             "该批次没有为所选订单提出人选。",
                                             "The run proposes nobody for this order."};
inline constexpr RefusalRow places_asked{"places_asked", 409, "名额已另行派出或已有人接单。",
                                         "Its places were offered or taken since."};
}  // namespace refusals

struct MakeDispatchRun {
    std::optional<AreaId> area;  // none: where the caller dispatches
};
BOOST_DESCRIBE_STRUCT(MakeDispatchRun, (), (area))

// Orders that one action of the writer offers.
inline constexpr std::size_t adopt_at_a_time = 20;

struct AdoptDispatchRun {
    // None: the next ones that nothing was decided about yet. An empty list puts the run aside.
    std::optional<std::vector<OrderId>> order_ids;
};
BOOST_DESCRIBE_STRUCT(AdoptDispatchRun, (), (order_ids))

// The last batch of each area, in memory: the next run follows the changes since, and "why not"
// needs no second computation. No result depends on it. Thread-safe.
class Batches {
  public:
    struct Batch {
        std::mutex mutex;  // whoever uses the batch holds it
        std::unique_ptr<dispatch::Matching> matching;
        std::string input_hash;
        std::uint64_t salt = 0;
    };
    std::shared_ptr<Batch> of(const std::string& path);

  private:
    struct Held {
        std::string path;
        std::shared_ptr<Batch> batch;
    };
    std::mutex mutex_;
    std::deque<Held> held_;  // the latest first
};

// Some tens of megabytes each for a district of 100,000 people.
inline constexpr std::size_t batches_max = 4;

struct DispatchDesk {
    const orders::OrderDesk& orders;
    Batches& batches;
};

// Computes on `reading`, whose session gets a snapshot of its own. Where scores are equal, what the
// area's last run before `before_id` proposed stays.
Result<DispatchRunMade> compute_run(const api::Reading& reading, const DispatchDesk& desk,
                                    const std::string& path, std::int64_t before_id = INT64_MAX);

// 全部派单: keeps what was computed as a fact. Returns the run's id.
Result<std::int64_t> make_dispatch_run(journal::Turn&, const api::Caller&, const Place& place,
                                       const DispatchRunMade& made);
// 采纳派单建议: offers each order to whom the run proposed, one by one; what cannot be offered any
// more is noted with the reason. Returns the run's id.
Result<std::int64_t> adopt_dispatch_run(journal::Turn&, const api::Caller&, const DispatchDesk&,
                                        DispatchRunId, const AdoptDispatchRun& input);

api::Routes routes(const DispatchDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::dispatch_runs
