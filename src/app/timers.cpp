#include "app/timers.h"

#include "api/idempotency.h"
#include "app/queries.h"
#include "domain/accounts/accounts.h"
#include "domain/cases/cases.h"
#include "domain/certification/certification.h"
#include "domain/complaints/complaints.h"
#include "domain/grading/grading.h"
#include "domain/insurance/insurance.h"
#include "domain/orders/orders.h"
#include "domain/queues/queues.h"
#include "domain/spot_checks/spot_checks.h"
#include "domain/time_bank/time_bank.h"

namespace hezhi::app {
namespace {

// What may be forgotten is deleted in one action a round: the find says only whether there is any.
jobs::Timer forgetting(std::string_view name, const store::Query& oldest,
                       std::function<Millis(Instant now)> kept,
                       std::function<Result<std::int64_t>(journal::Turn&)> forget) {
    return {name,
            [&oldest, kept = std::move(kept)](store::Session& db, Instant now, std::int64_t) {
                std::vector<jobs::Due> due;
                auto row = db.row(oldest, {{"before", now - kept(now)}});
                if (row->integer("rows_due") > 0) due.push_back({0, 0, now});
                return due;
            },
            [forget = std::move(forget)](journal::Turn& turn, const jobs::Due&) {
                return forget(turn);
            }};
}

}  // namespace

std::vector<jobs::Timer> all_timers(const orders::OrderDesk& orders, const journal::Ledger& ledger,
                                    crypto::Random& random) {
    std::vector<jobs::Timer> timers = hezhi::orders::timers();
    for (auto& timer : cases::timers(orders)) timers.push_back(std::move(timer));
    for (auto& timer : people::timers(orders.people)) timers.push_back(std::move(timer));
    for (auto& timer : needs::timers()) timers.push_back(std::move(timer));
    for (auto& timer : queues::timers()) timers.push_back(std::move(timer));
    for (auto& timer : certification::timers()) timers.push_back(std::move(timer));
    for (auto& timer : insurance::timers()) timers.push_back(std::move(timer));
    for (auto& timer : grading::timers(ledger)) timers.push_back(std::move(timer));
    for (auto& timer : time_bank::timers()) timers.push_back(std::move(timer));
    for (auto& timer : incidents::timers()) timers.push_back(std::move(timer));
    for (auto& timer : complaints::timers()) timers.push_back(std::move(timer));
    for (auto& timer : spot_checks::timers(orders.people, random)) {
        timers.push_back(std::move(timer));
    }
    timers.push_back(forgetting(
        "forget_idempotency_keys", queries::old_idempotency_keys,
        [](Instant) { return api::idempotency_keys_kept; }, api::forget_keys));
    auto log_kept = [&ledger](Instant now) {
        return accounts::security_log_kept(*ledger.packs()->in_force(now)->pack);
    };
    timers.push_back(forgetting("purge_security_log", queries::old_security_log, log_kept,
                                accounts::purge_security_log));
    return timers;
}

}  // namespace hezhi::app
