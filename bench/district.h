// A small district in which many clients live through the loop of an order at the same time, each
// action acknowledged by the real writer: report, open, offer, accept, check in, check out,
// confirm, review.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/installation.h"
#include "domain/orders/orders.h"

namespace hezhi::bench {

inline constexpr int clients_max = 64;
inline constexpr int actions_per_loop = 8;

// Makes a new database with the areas, the staff and one registered social worker a client. Nothing
// is connected to it afterwards.
void make_district(const app::Location& location);

class District {
  public:
    // `database` may be wrapped; the keys are those that make_district has made.
    District(store::Database& database, const app::Location& location,
             journal::LedgerOptions options);

    // Each of `clients` threads goes through `loops` orders of its own. Returns acknowledged
    // actions. Throws if one was refused.
    std::int64_t live(int clients, int loops);
    const store::WriterMetrics& metrics() const { return ledger_.writer_metrics(); }
    // Of the journal, before the first loop.
    std::int64_t first_position() const { return first_position_; }

  private:
    void go_through(int client, int loop);
    std::int64_t act(std::function<Result<std::int64_t>(journal::Turn&)> action);

    ManualClock clock_;
    std::unique_ptr<crypto::Suite> suite_;
    crypto::SystemRandom random_;
    journal::Ledger ledger_;
    areas::AreaTree tree_;
    people::Register people_;
    orders::OrderDesk desk_;
    std::int64_t first_position_;
    AreaId community_;
    api::CallerPtr grid_worker_, social_worker_, street_staff_;
    std::vector<api::CallerPtr> professionals_;
};

}  // namespace hezhi::bench
