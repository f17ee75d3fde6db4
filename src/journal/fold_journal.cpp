#include "journal/fold_journal.h"

#include <algorithm>
#include <set>

#include "facts/all_facts.h"
#include "facts/stored_fact.h"
#include "journal/queries.h"

namespace hezhi::journal {
namespace {

constexpr std::int64_t facts_at_a_time = 20000;

std::vector<Fact> parsed(const std::vector<std::string>& bodies, int threads) {
    std::vector<Fact> facts(bodies.size());
    auto count = static_cast<std::size_t>(threads);
    on_threads(count, [&](std::size_t t) {
        for (std::size_t i = bodies.size() * t / count; i < bodies.size() * (t + 1) / count; ++i) {
            facts[i] = read_stored_fact(bodies[i]);
            if (const FactKind* kind = fact_kind(facts[i].kind)) kind->parse(facts[i]);
        }
    });
    return facts;
}

}  // namespace

std::optional<std::int64_t> fold_journal(store::Session& db, const JournalPart& part,
                                         std::span<PackFold* const> folds, int threads,
                                         const FoldProgress& progress) {
    std::set<std::string, std::less<>> kinds;
    for (const PackFold* fold : folds) {
        for (const FigureDef* def : fold->figures()) {
            for (auto kind : def->kinds) kinds.emplace(kind);
        }
    }
    std::int64_t done = 0;
    bool over = false;
    while (!over && done < part.until_position) {
        std::int64_t until = std::min(done + facts_at_a_time, part.until_position);
        std::vector<std::string> bodies;
        db.each(queries::facts_after, {{"after", done}, {"until", until}},
                [&](const store::Row& row) {
                    over = over || row.integer("recorded_at") >= part.recorded_before.ms;
                    if (over) return;
                    done = row.integer("position");
                    if (kinds.contains(row.text("kind"))) bodies.emplace_back(row.text("body"));
                });
        over = over || done < until;
        auto facts = parsed(bodies, threads);
        for (PackFold* fold : folds) fold->add(facts);
        if (!progress(done, part.until_position)) return std::nullopt;
    }
    return done;
}

}  // namespace hezhi::journal
