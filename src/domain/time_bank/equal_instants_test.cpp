// Facts of the same instant about different people and records may stand in any order: every row of
// every figure comes out the same.
#include <random>

#include "domain/time_bank/test_bank.h"
#include "journal/facts_about.h"
#include "journal/fold.h"

namespace hezhi::time_bank {
namespace {

class EqualInstants : public TimeBankWorld {
  protected:
    std::vector<Fact> journal_facts() {
        std::vector<Fact> all;
        auto db = ledger->read();
        journal::each_fact_line(*db,
                                [&](std::string_view line) { all.push_back(read_fact(line)); });
        return all;
    }
    // One may stand before the other: nothing that it is about is the other's, or made by it.
    static bool apart(const Fact& a, const Fact& b) {
        if (a.occurred_at != b.occurred_at || a.kind.view().starts_with("rule_pack.") ||
            b.kind.view().starts_with("rule_pack.")) {
            return false;
        }
        for (const auto& [noun, id] : b.subjects) {
            if (id == a.position || a.subject(noun) == id) return false;
        }
        return true;
    }
    std::string rows_of(const std::vector<Fact>& facts) {
        journal::Figures figures;
        for (const auto& each : ledger->tables().all()) figures.push_back(&each->def());
        journal::Fold fold(figures, *ledger->packs());
        for (const Fact& fact : facts) fold.add(fact);
        std::string out;
        for (const auto* def : figures) {
            for (const auto& [key, state] : fold.take_sorted_rows(*def)) {
                JsonWriter row;
                row.value(*def->state, state.get());
                out += std::string(def->name) + " " + row.str() + "\n";
            }
        }
        return out;
    }
    void live_a_while() {
        for (int day = 0; day < 3; ++day) {
            delivered_order();  // by two, who come and go at the same instants
            for (const auto& who : {zhang, liu, zhao}) {
                records::EnterRecord input;
                input.person_id = who.person;
                input.category.value = "errands";
                input.starts_at = clock.now() - std::chrono::minutes(240);
                input.ends_at = clock.now() - std::chrono::minutes(180);
                input.unpaid = true;
                (void)act([&](journal::Turn& turn) {
                    return records::enter_record(turn, *social_worker, record_desk, input);
                });
            }
            for (const auto& who : {zhang, liu, zhao}) (void)donate(who, 10);
            clock.advance(std::chrono::hours(30));
        }
    }
};
HEZHI_ON_BOTH_ENGINES(EqualInstants);

TEST_P(EqualInstants, MayStandInAnyOrderWhereTheyAreAboutDifferentThings) {
    live_a_while();
    const std::vector<Fact> written = journal_facts();
    const std::string as_written = rows_of(written);
    for (std::uint64_t seed : {20261129U, 20261130U, 20261201U}) {
        std::vector<Fact> facts = written;
        std::mt19937_64 chance(seed);
        std::size_t swapped = 0;
        for (std::size_t round = 0; round < 20 * facts.size(); ++round) {
            std::size_t at = chance() % (facts.size() - 1);
            if (!apart(facts[at], facts[at + 1])) continue;
            std::swap(facts[at], facts[at + 1]);
            ++swapped;
        }
        EXPECT_GT(swapped, 100U) << "else nothing was tried";
        EXPECT_EQ(rows_of(facts), as_written) << "seed " << seed;
    }
}

}  // namespace
}  // namespace hezhi::time_bank
