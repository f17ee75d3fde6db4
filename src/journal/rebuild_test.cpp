#include "journal/rebuild.h"

#include <gmock/gmock.h>

#include "journal/test_figures.h"

namespace hezhi::journal {
namespace {

class Rebuilds : public Boxes {
  protected:
    // What the next release's program would have: the boxes with one more index.
    Rebuilds() : changed(figure<BoxFigure>()) {
        changed.indexes.push_back("label");
        next = std::make_unique<journal::FigureTables>(Figures{&changed, &figure<ShelfFigure>()});
        auto a = open_box("a", 10);
        fill_box(a, 4);
        close_box(open_box("b"));
    }

    FigureDef changed;
    std::unique_ptr<journal::FigureTables> next;
};
HEZHI_ON_BOTH_ENGINES(Rebuilds);

TEST_P(Rebuilds, OnlyTheChangedLayoutIsNamed) {
    auto db = database->connect();
    EXPECT_TRUE(changed_layouts(*db, tables).empty());
    auto found = changed_layouts(*db, *next);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0]->def().name, "boxes");
}

TEST_P(Rebuilds, AChangedLayoutIsRefusedWithWhatToDo) {
    auto db = database->connect();
    EXPECT_NO_THROW(require_layouts(*db, tables));
    try {
        Ledger refused(*database, {&changed, &figure<ShelfFigure>()}, clock);
        FAIL() << "the ledger opened";
    } catch (const store::StoreError& error) {
        EXPECT_EQ(error.kind, store::StoreError::Kind::newer_schema);
        EXPECT_THAT(error.what(), ::testing::HasSubstr("boxes"));
        EXPECT_THAT(error.what(), ::testing::HasSubstr("hezhi migrate"));
    }
}

TEST_P(Rebuilds, ARebuiltFigureIsTheFoldOfTheJournal) {
    damage("UPDATE figure_boxes SET amount = 99; DELETE FROM figure_shelves");
    auto db = database->connect();
    rebuild(*db, changed_layouts(*db, *next), *ledger->packs());
    EXPECT_TRUE(changed_layouts(*db, *next).empty());
    EXPECT_EQ(box(1)->amount, 4);
    EXPECT_EQ(count("figure_boxes"), 1);
    EXPECT_EQ(count("figure_shelves"), 0) << "a figure that was not named is left alone";
}

TEST_P(Rebuilds, AFigureThatIsNewIsMadeFromTheWholeJournal) {
    damage("DROP TABLE figure_boxes; DELETE FROM figure_layouts WHERE name = 'boxes'");
    auto db = database->connect();
    auto missing = changed_layouts(*db, tables);
    ASSERT_EQ(missing.size(), 1u);
    rebuild(*db, missing, *ledger->packs());
    EXPECT_TRUE(verified().differences.empty());
}

TEST_P(Rebuilds, AFailureLeavesTheOldTablesAndLayouts) {
    damage("UPDATE journal SET body = 'x' WHERE position = 3");
    auto db = database->connect();
    EXPECT_THROW(rebuild(*db, changed_layouts(*db, *next), *ledger->packs()), BrokenInvariant);
    EXPECT_FALSE(db->in_transaction());
    EXPECT_EQ(box(1)->amount, 4);
    EXPECT_EQ(changed_layouts(*db, *next).size(), 1u);
    EXPECT_TRUE(changed_layouts(*db, tables).empty());
}

TEST_P(Rebuilds, AFailureAfterTheFirstNewTableLeavesAllOldOnes) {
    // The second figure cannot be made: its table would have one column twice.
    Shape broken_shape = *figure<ShelfFigure>().state;
    broken_shape.fields.push_back(broken_shape.fields.back());
    FigureDef broken = figure<ShelfFigure>();
    broken.state = &broken_shape;
    journal::FigureTables half({&changed, &broken});
    auto db = database->connect();
    EXPECT_THROW(rebuild(*db, changed_layouts(*db, half), *ledger->packs()), store::StoreError);
    EXPECT_TRUE(changed_layouts(*db, tables).empty());
    EXPECT_TRUE(verified().differences.empty());
    EXPECT_EQ(open_box("after"), 5);
}

}  // namespace
}  // namespace hezhi::journal
