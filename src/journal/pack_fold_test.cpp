// Folding under one pack is the fold of the journal where that pack always held, on any number of
// threads.
#include "journal/pack_fold.h"

#include "journal/test_figures.h"

namespace hezhi::journal {
namespace {

class PackFolds : public Boxes {
  protected:
    std::vector<Fact> parsed_facts() {
        auto all = facts();
        for (const Fact& fact : all) {
            if (fact.is<BoxOpened>()) fact.as<BoxOpened>();
            if (fact.is<BoxFilled>()) fact.as<BoxFilled>();
            if (fact.is<BoxClosed>()) fact.as<BoxClosed>();
        }
        return all;
    }

    std::string rows_on(int threads, std::size_t at_a_time, std::shared_ptr<rules::Pack> pack) {
        auto all = parsed_facts();
        PackFold fold(figures, std::move(pack), threads);
        for (std::size_t from = 0; from < all.size(); from += at_a_time) {
            fold.add(std::span(all).subspan(from, std::min(at_a_time, all.size() - from)));
        }
        return rows_of(fold.take());
    }

    std::string rows_of_loaded(int threads, std::shared_ptr<rules::Pack> pack) {
        LoadedFacts loaded(figures);
        loaded.add(parsed_facts());
        loaded.lay();
        return rows_of(fold_loaded(loaded, figures, std::move(pack), threads));
    }

    std::string rows_of(const Folded& folded) {
        std::string out;
        for (const FigureDef* def : figures) {
            for (const auto& [key, state] : folded.rows(*def)) {
                JsonWriter row;
                row.value(*def->state, state.get());
                out += row.str() + "\n";
            }
        }
        return out;
    }

    void live_a_while() {
        for (int box = 0; box < 40; ++box) {
            std::int64_t id = open_box("箱", 50);
            for (int i = 0; i < box % 7; ++i) {
                fill_box(id, box + i, i % 2 ? Colour::red : Colour::green);
            }
            if (box % 5 == 0) close_box(id);
        }
    }
};
HEZHI_ON_BOTH_ENGINES(PackFolds);

TEST_P(PackFolds, AreTheSameOnAnyNumberOfThreads) {
    live_a_while();
    auto pack = std::make_shared<rules::Pack>();
    pack->version = "9";
    auto alone = rows_on(1, 1000, pack);
    EXPECT_NE(alone.find(R"("pack_version":"9")"), std::string::npos);
    EXPECT_EQ(rows_on(2, 1000, pack), alone);
    EXPECT_EQ(rows_on(7, 13, pack), alone);
}

TEST_P(PackFolds, OfALoadedHistoryAreThoseOfTheFactsOneAfterTheOther) {
    live_a_while();
    auto pack = std::make_shared<rules::Pack>();
    pack->version = "9";
    auto read = rows_on(1, 1000, pack);
    for (int threads : {1, 2, 7, 64}) EXPECT_EQ(rows_of_loaded(threads, pack), read) << threads;
}

TEST_P(PackFolds, HoldWhatTheJournalHolds) {
    live_a_while();
    auto folded = rows_on(3, 50, std::make_shared<rules::Pack>());
    std::string stored;
    auto db = ledger->read();
    for (const auto& table : tables.all()) {
        std::map<Key, std::string> rows;
        table->each(*db, [&](const store::Row& row) {
            auto state = table->def().make_alone();
            table->read_row(row, state.get());
            JsonWriter json;
            json.value(*table->def().state, state.get());
            rows[table->read_key(row)] = json.str() + "\n";
        });
        for (const auto& [key, row] : rows) stored += row;
    }
    EXPECT_EQ(folded, stored);
}

TEST(OnThreads, ThrowsWhatTheFirstThrewAfterAllHaveEnded) {
    std::atomic<int> ended = 0;
    auto work = [&](std::size_t i) {
        ++ended;
        if (i % 2 == 1) throw BrokenInvariant("piece " + std::to_string(i));
    };
    try {
        on_threads(5, work);
        FAIL();
    } catch (const BrokenInvariant& error) {
        EXPECT_STREQ(error.what(), "piece 1");
    }
    EXPECT_EQ(ended, 5);
}

}  // namespace
}  // namespace hezhi::journal
