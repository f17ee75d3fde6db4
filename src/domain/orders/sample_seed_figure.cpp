#include "domain/orders/sample_seed_figure.h"

#include "base/sample_draw.h"
#include "crypto/promised_seed.h"
#include "domain/orders/queries.h"
#include "domain/people/people.h"

namespace hezhi::orders {

journal::Keys SampleSeedFigure::keys(const Fact& fact) {
    if (fact.is<SampleSeeded>()) return {fact.as<SampleSeeded>().month.ms};
    if (fact.is<SampleRevealed>()) return {fact.as<SampleRevealed>().month.ms};
    return {fact.as<SampleLost>().month.ms};
}

void SampleSeedFigure::step(State& month, const Fact& fact, const rules::Pack&) {
    if (fact.is<SampleSeeded>()) {
        const auto& seeded = fact.as<SampleSeeded>();
        month.begun = fact.position;
        month.seed = seeded.seed.value_or(0);
        month.commitment = seeded.commitment.value_or("");
    } else if (fact.is<SampleRevealed>()) {
        month.revealed = fact.as<SampleRevealed>().seed;
    } else {
        month.lost = true;
        month.commitment.clear();
    }
}

std::int32_t draw_of(const SampleSeed& seed, std::int64_t id) {
    if (const auto* number = std::get_if<std::int64_t>(&seed)) return hezhi::draw_of(id, *number);
    return crypto::draw_of(id, std::get<std::string>(seed));
}

std::optional<SampleSeed> seed_of(store::Session& db, const people::Register& people,
                                  const SampleSeedState& month) {
    if (!month.revealed.empty()) return month.revealed;
    if (month.commitment.empty()) {
        return month.lost ? std::nullopt : std::optional<SampleSeed>(month.seed);
    }
    try {
        auto sealed = people.read_text(db, month.begun, text_sample_seed);
        if (sealed && crypto::commitment_of(*sealed) == month.commitment) return *sealed;
    } catch (const BrokenInvariant&) {
        // It does not open any more.
    }
    return std::nullopt;
}

std::map<std::int64_t, SampleSeed> sample_seeds(store::Session& db,
                                                const people::Register& people) {
    std::vector<SampleSeedState> months;
    db.each(queries::sample_seeds, {}, [&](const store::Row& row) {
        months.push_back({row.integer("id"), row.integer("begun"), row.integer("seed"),
                          std::string(row.text_or_empty("commitment")),
                          std::string(row.text_or_empty("revealed")), row.integer("lost") != 0});
    });
    std::map<std::int64_t, SampleSeed> seeds;
    for (const auto& month : months) {
        if (auto seed = seed_of(db, people, month)) seeds.emplace(month.id, std::move(*seed));
    }
    return seeds;
}

}  // namespace hezhi::orders
