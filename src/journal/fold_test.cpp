// The stored figures are the fold of the facts, whatever the facts are.
#include "journal/fold.h"

#include <random>

#include "journal/test_figures.h"

namespace hezhi::journal {
namespace {

class Folds : public Boxes {};
HEZHI_ON_BOTH_ENGINES(Folds);

// What the boxes must hold, kept by a second, plainer bookkeeping.
struct Books {
    std::map<std::int64_t, std::int64_t> amounts;  // by box; closed ones are absent
    std::map<std::string, std::int64_t> shelves;
    std::int64_t facts = 0;
};

TEST_P(Folds, FiguresAreTheFoldAfterThousandsOfRandomFacts) {
    auto seed = std::random_device{}();
    if (auto* given = std::getenv("HEZHI_SEED")) seed = static_cast<unsigned>(std::stoul(given));
    SCOPED_TRACE("HEZHI_SEED=" + std::to_string(seed));
    std::mt19937 random(seed);
    auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    ledger = open_ledger({.inline_actions_per_turn = 7});
    Books books;
    auto some_box = [&] {
        return std::next(books.amounts.begin(), below(static_cast<int>(books.amounts.size())))
            ->first;
    };
    auto one_fact = [&](Turn& turn) {
        ++books.facts;
        int dice = books.amounts.size() < 3 ? 0 : below(10);
        if (dice == 0) {
            auto id = turn.append(opened(below(2) ? "箱" : "", below(2) ? 50 : 0));
            books.amounts[id] = 0;
            return;
        }
        auto id = some_box();
        if (dice == 1) {
            books.amounts.erase(id);
            turn.append(closed(id));
            return;
        }
        auto colour = below(2) ? Colour::red : Colour::green;
        int amount = below(100) - 20;
        books.amounts[id] += amount;
        books.shelves[std::to_string(id % 3) + " " + std::string(label_of(colour))] += amount;
        turn.append(filled(id, amount, colour));
    };
    for (int action = 0; action < 1500; ++action) {
        clock.advance(Millis(below(5000) - 1000));
        int facts = 1 + below(4);
        act([one_fact, facts](Turn& turn) {
            for (int i = 0; i < facts; ++i) one_fact(turn);
            return turn.next_position();
        });
    }
    ledger->finish_turn();
    auto result = verified();
    EXPECT_EQ(result.facts, books.facts);
    for (const auto& difference : result.differences) {
        ADD_FAILURE() << difference.place << ": " << difference.expected << ", found "
                      << difference.found;
    }
    EXPECT_EQ(count("figure_boxes"), static_cast<std::int64_t>(books.amounts.size()));
    for (auto [id, amount] : books.amounts) EXPECT_EQ(box(id)->amount, amount) << "box " << id;
    auto db = ledger->read();
    for (const auto& [key, amount] : books.shelves) {
        auto state = tables.of(figure<ShelfFigure>()).load(*db, Key(key));
        EXPECT_EQ(static_cast<ShelfState*>(state.get())->amount, amount) << "shelf " << key;
    }
}

}  // namespace
}  // namespace hezhi::journal
