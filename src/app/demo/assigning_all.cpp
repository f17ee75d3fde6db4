// The dispatcher's morning: all open orders of the subdistrict at once, and every proposal taken.
// What comes up during the day is offered by hand (dispatching.cpp).
#include <algorithm>

#include "app/demo/part.h"
#include "domain/dispatch_runs/dispatch_runs.h"

namespace hezhi::app {
namespace {

using std::chrono::minutes;

constexpr minutes after_waking = minutes(90);  // half past eight

class AssigningAll final : public Part {
  public:
    explicit AssigningAll(Life& life) : Part(life), desk_{life.orders(), batches_} {}

    void morning(Day) override {
        for (const DemoStreet& street : life_.people().streets) {
            life_.plan(life_.now() + after_waking, [this, &street] { assign_all(street); });
        }
    }

  private:
    void assign_all(const DemoStreet& street) {
        auto caller = life_.staff(street.street_staff);
        auto areas = life_.installation().tree().now();
        Place place{street.subdistrict, areas->find(street.subdistrict)->path};
        auto made = compute(*caller, place.path);
        if (!made) return;  // nothing is open
        std::int64_t id = 0;
        life_.act(
            [&](journal::Turn& turn) {
                return dispatch_runs::make_dispatch_run(turn, *caller, place, *made);
            },
            &id);
        auto all = std::ranges::count_if(
            made->orders, [](const ProposedOrder& order) { return !order.people.empty(); });
        auto some = static_cast<std::ptrdiff_t>(dispatch_runs::adopt_at_a_time);
        for (std::ptrdiff_t done = 0; done < all; done += some) {
            life_.act([&](journal::Turn& turn) {
                return dispatch_runs::adopt_dispatch_run(turn, *caller, desk_, DispatchRunId(id),
                                                         {});
            });
        }
    }

    Result<DispatchRunMade> compute(const api::Caller& caller, const std::string& path) {
        static const std::vector<std::string> no_captures;
        auto db = life_.ledger().read();
        return dispatch_runs::compute_run({*db, caller, life_.ledger().tables(),
                                           life_.ledger().packs(), life_.now(), no_captures},
                                          desk_, path);
    }

    dispatch_runs::Batches batches_;
    dispatch_runs::DispatchDesk desk_;
};

}  // namespace

std::unique_ptr<Part> assigning_all(Life& life) {
    return std::make_unique<AssigningAll>(life);
}

}  // namespace hezhi::app
