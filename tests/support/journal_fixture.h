// Tests of the journal on both engines: a fresh database, migrated, with tables for the given
// figures, and a clock that stands still. Knows no domain; ledger_fixture.h does.
#pragma once

#include <memory>

#include "journal/facts_about.h"
#include "journal/ledger.h"
#include "journal/rebuild.h"
#include "journal/verify.h"
#include "store/migrations_list.h"
#include "support/engines.h"

namespace hezhi::testing {

class JournalFixture : public OnBothEngines {
  protected:
    explicit JournalFixture(journal::Figures made)
        : figures(std::move(made)), tables(figures), clock(Instant{1772672400000}) {
        auto db = database->connect();
        store::migrate(*db, store::all_migrations);
        std::vector<const journal::FigureTable*> all;
        for (const auto& table : tables.all()) all.push_back(table.get());
        journal::rebuild(*db, all, {});
        ledger = open_ledger();
    }

    // Another process's ledger, as far as the database can tell.
    std::unique_ptr<journal::Ledger> open_ledger(journal::LedgerOptions options = {
                                                     .inline_actions_per_turn = 1}) {
        return std::make_unique<journal::Ledger>(*database, figures, clock, options);
    }

    template <class Action>
    Result<std::int64_t> act(Action action) {
        return act_on(*ledger, std::move(action));
    }
    template <class Action>
    static Result<std::int64_t> act_on(journal::Ledger& ledger, Action action) {
        return ledger.act<std::int64_t>(
            [action](journal::Turn& turn) -> Result<std::int64_t> { return action(turn); });
    }

    journal::Verified verified() {
        auto db = database->connect(store::Access::read_only);
        return journal::verify(*db, tables, *journal::published_packs(*db));
    }

    // Changes the database behind the ledger's back.
    void damage(const std::string& sql) { database->connect()->script(sql); }

    std::int64_t count(const std::string& from) {
        std::string sql = "SELECT count(*) AS n FROM " + from;
        return database->connect()->row({"test.count", sql})->integer("n");
    }

    std::vector<Fact> facts() {
        std::vector<Fact> all;
        auto db = database->connect();
        journal::each_fact_line(*db,
                                [&](std::string_view line) { all.push_back(read_fact(line)); });
        return all;
    }

    const Actor actor{.via = Via::command};
    const journal::Figures figures;
    const journal::FigureTables tables;
    ManualClock clock;
    std::unique_ptr<journal::Ledger> ledger;
};

}  // namespace hezhi::testing
