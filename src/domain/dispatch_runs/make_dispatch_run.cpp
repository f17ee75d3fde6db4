// 全部派单
#include <algorithm>

#include "crypto/digest.h"
#include "domain/dispatch_runs/queries.h"
#include "domain/dispatch_runs/run_of.h"

namespace hezhi::dispatch_runs {
namespace {

// Lots are drawn anew where the optimum is not proven unique, the same way everywhere.
constexpr int draws_max = 8;
constexpr std::uint64_t next_draw = 0x9e3779b97f4a7c15u;

template <class T>
std::string hash_of(const T& value) {
    std::string text;
    dispatch::append_text(text, value);
    return crypto::to_hex(crypto::sha256(text));
}

// Follows the changes since the last run of the area, or begins anew.
void follow(Batches::Batch& batch, const dispatch::MatchInput& input) {
    if (batch.matching && batch.matching->change_to(input)) return;
    batch.matching = std::make_unique<dispatch::Matching>(input);
    HEZHI_ASSERT(batch.matching->solve());
}

// What the run before proposed stays where scores are equal.
void prefer(const Proposals& before, dispatch::MatchInput& input) {
    for (auto& order : input.orders) {
        auto found = before.find(OrderId(order.id));
        if (found == before.end()) continue;
        for (PersonId person : found->second) order.proposed_before.push_back(person.value);
    }
}

}  // namespace

std::shared_ptr<Batches::Batch> Batches::of(const std::string& path) {
    std::scoped_lock lock(mutex_);
    auto found = std::ranges::find(held_, path, &Held::path);
    Held held = found == held_.end() ? Held{path, std::make_shared<Batch>()} : std::move(*found);
    if (found != held_.end()) held_.erase(found);
    held_.push_front(held);
    if (held_.size() > batches_max) held_.pop_back();
    return held.batch;
}

Result<DispatchRunMade> compute_run(const api::Reading& reading, const DispatchDesk& desk,
                                    const std::string& path, std::int64_t before_id) {
    reading.db.begin_snapshot();
    const auto* pack = reading.pack();
    DispatchRunMade made;
    made.position = reading.db.row(queries::journal_end)->integer("position");
    auto areas = desk.orders.tree.now();
    auto input =
        orders::open_orders(reading.db, reading.tables, path, *areas, *pack->pack, reading.now);
    prefer(proposals_before(reading.db, path, before_id), input);
    reading.db.rollback();  // what follows reads nothing
    made.places = dispatch::places_of(input);
    if (input.orders.empty()) return refuse(refusals::no_open_orders);
    if (input.orders.size() > run_orders_max || made.places > dispatch::match_places_max) {
        return refuse(refusals::run_too_large);
    }
    auto batch = desk.batches.of(path);
    std::scoped_lock lock(batch->mutex);
    dispatch::MatchResult result;
    for (int draw = 0; draw < draws_max; ++draw, input.tie_salt += next_draw) {
        follow(*batch, input);
        result = batch->matching->result();
        if (result.unique || draw + 1 == draws_max) break;
    }
    made.at = reading.now;
    made.pack = pack->hash;
    made.salt = static_cast<std::int64_t>(input.tie_salt);
    made.input_hash = hash_of(input);
    made.result_hash = hash_of(result);
    made.people = std::ssize(input.people);
    made.empty_places = result.empty_places;
    made.points = result.points;
    made.bound_points = result.bound_points;
    made.edges = result.certificate.edges;
    made.violations = result.certificate.violations;
    made.unique = result.unique;
    for (const auto& order : result.orders) {
        ProposedOrder proposed{OrderId(order.order), {}, order.missing, order.empty_points};
        for (const auto& one : order.people) {
            proposed.people.push_back({PersonId(one.person), one.points});
        }
        made.orders.push_back(std::move(proposed));
    }
    batch->input_hash = made.input_hash;
    return made;
}

Result<std::int64_t> make_dispatch_run(journal::Turn& turn, const api::Caller& caller,
                                       const Place& place, const DispatchRunMade& made) {
    return turn.append(draft(made, caller.actor("dispatch_run.make"), place,
                             {{"dispatch_run", self}}, turn.now()));
}

}  // namespace hezhi::dispatch_runs
