// Tests of actions on both engines, with the real ledger: a fresh database, migrated, all given
// figures made, the base pack published, a clock that stands still, random bytes from a seed.
//
//   class NeedActions : public testing::LedgerFixture {
//     protected:
//       NeedActions() : LedgerFixture({&journal::figure<NeedFigure>(), …}) {}
//   };
//   HEZHI_ON_BOTH_ENGINES(NeedActions);
#pragma once

#include "crypto/suite.h"
#include "domain/areas/areas.h"
#include "journal/ledger.h"
#include "journal/rebuild.h"
#include "journal/verify.h"
#include "rules/pack_reader.h"
#include "store/migrations_list.h"
#include "support/engines.h"

namespace hezhi::testing {

// 09:00 in China on a Thursday.
inline constexpr Instant morning{1772672400000};  // 2026-03-05T09:00:00+08:00

// The code of what was refused; empty if nothing was.
template <class T>
std::string_view code_of(const Result<T>& result) {
    return result ? std::string_view() : result.error().row->code;
}

// The tables of the program and of these figures, in a database that is empty.
void lay_tables(store::Database& database, const journal::Figures& figures);

// packs/base, read once by the whole program.
const rules::Pack& base_pack();

// Until the program ends, so that each test's ledger finds them read.
void hold_packs(journal::SharedPacks packs);

class LedgerFixture : public OnBothEngines {
  protected:
    // `options` with a writer thread (the default of LedgerOptions) is for tests whose answers come
    // from other threads; else actions run on the test's own.
    explicit LedgerFixture(journal::Figures figures,
                           journal::LedgerOptions options = {.inline_actions_per_turn = 1},
                           crypto::SuiteName suite_name = crypto::SuiteName::gm)
        : clock(morning),
          random(1),
          keys(crypto::MasterKeys::generate(random)),
          suite(suite_name, keys) {
        lay_tables(*database, figures);
        ledger = std::make_unique<journal::Ledger>(*database, std::move(figures), clock, options);
        tree = std::make_unique<areas::AreaTree>(*ledger);
    }

    // After everything that follows the ledger has been made.
    void publish_base_pack() {
        auto published = act([&](journal::Turn& turn) {
            return journal::publish_pack(turn, command, base_pack(), Instant{1});
        });
        ASSERT_TRUE(published.has_value());
        hold_packs(ledger->packs());
    }

    // 黄岛区 with 薛家岛街道, which has two communities; and another subdistrict beside it.
    void add_areas() {
        district = add_area({}, "district", "黄岛区");
        subdistrict = add_area(district, "subdistrict", "薛家岛街道");
        community = add_area(subdistrict, "community", "顾家岛社区居委会");
        other_community = add_area(subdistrict, "community", "南屯社区居委会");
        other_subdistrict = add_area(district, "subdistrict", "长江路街道");
    }

    template <class Action>
    Result<std::int64_t> act(Action action) {
        return ledger->act<std::int64_t>(
            [&](journal::Turn& turn) -> Result<std::int64_t> { return action(turn); });
    }

    AreaId add_area(AreaId parent, std::string_view kind, std::string_view name) {
        auto id = act([&](journal::Turn& turn) {
            return areas::add_area(turn, command, parent, kind, name, std::nullopt);
        });
        return AreaId(id.value());
    }

    std::string path_of(AreaId id) const { return tree->now()->find(id)->path; }

    // The figures say what the journal says.
    std::vector<journal::Difference> differences() {
        auto db = ledger->read();
        return journal::verify(*db, ledger->tables(), *ledger->packs()).differences;
    }

    // The facts of a kind so far, in order.
    std::vector<Fact> facts(std::string_view kind) {
        std::vector<Fact> found;
        auto db = ledger->read();
        static constexpr store::Query query{"test.facts",
                                            "SELECT body FROM journal WHERE kind = :kind "
                                            "ORDER BY position"};
        db->each(query, {{"kind", kind}},
                 [&](const store::Row& row) { found.push_back(read_fact(row.text("body"))); });
        return found;
    }

    const Actor command{.via = Via::command};
    ManualClock clock;
    crypto::SeededRandom random;
    crypto::MasterKeys keys;
    crypto::Suite suite;
    std::unique_ptr<journal::Ledger> ledger;
    std::unique_ptr<areas::AreaTree> tree;
    AreaId district, subdistrict, community, other_community, other_subdistrict;
};

}  // namespace hezhi::testing
