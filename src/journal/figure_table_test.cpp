// A state goes into its table and comes back as it was.
#include "journal/figure_table.h"

#include "journal/test_figures.h"

namespace hezhi::journal {
namespace {

class FigureColumns : public Boxes {
  protected:
    std::string column(const std::string& name) {
        auto db = database->connect();
        std::string sql = "SELECT " + name + " AS it FROM figure_boxes";
        auto row = db->row({"test.column", sql});
        if (row->is_null("it")) return "NULL";
        auto value = row->value("it");
        if (auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
        return std::get<std::string>(value);
    }
};
HEZHI_ON_BOTH_ENGINES(FigureColumns);

TEST_P(FigureColumns, EveryFormOfFieldComesBack) {
    auto id = open_box("大箱\n\"甲\"", 10);
    act([&](Turn& turn) { return turn.append(filled(id, 4, Colour::red, "湿")); });
    fill_box(id, 8);
    auto found = box(id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, BoxId(id));
    EXPECT_EQ(found->label, "大箱\n\"甲\"");
    EXPECT_EQ(found->room, 10);
    EXPECT_FALSE(found->note);
    EXPECT_EQ(found->colour, Colour::green);
    EXPECT_TRUE(found->filled_up);
    EXPECT_EQ(found->filled_at, clock.now());
    EXPECT_EQ(found->amount, 12);
    ASSERT_EQ(found->last.size(), 2u);
    EXPECT_EQ(found->last[1].amount, 8);
    EXPECT_EQ(found->largest.position, 3);
}

TEST_P(FigureColumns, LeavesAreColumnsAndTheRestIsCanonicalJson) {
    auto id = open_box("a", 10);
    act([&](Turn& turn) { return turn.append(filled(id, 4, Colour::red, "湿")); });
    EXPECT_EQ(column("colour"), "red");
    EXPECT_EQ(column("note"), "湿");
    EXPECT_EQ(column("room"), "10");
    EXPECT_EQ(column("last"), R"([{"amount":4,"position":2}])");
    EXPECT_EQ(column("largest"), R"({"amount":4,"position":2})");
}

TEST_P(FigureColumns, AnEmptyTextAndAnAbsentValueAreNull) {
    auto id = open_box("");
    EXPECT_EQ(column("label"), "NULL");
    EXPECT_EQ(column("room"), "NULL");
    EXPECT_EQ(column("last"), "[]");
    EXPECT_EQ(box(id)->label, "");
    EXPECT_TRUE(verified().differences.empty());
}

TEST_P(FigureColumns, ATextKeyIsARowOfItsOwn) {
    fill_box(7, 2, Colour::red);
    fill_box(10, 3, Colour::red);  // the same shelf
    fill_box(7, 5, Colour::green);
    auto db = ledger->read();
    auto load = [&](const char* key) {
        auto state = tables.of(figure<ShelfFigure>()).load(*db, Key(std::string(key)));
        return state ? static_cast<ShelfState*>(state.get())->amount : -1;
    };
    EXPECT_EQ(load("1 red"), 5);
    EXPECT_EQ(load("1 green"), 5);
    EXPECT_EQ(load("2 red"), -1);
}

TEST_P(FigureColumns, RowsThatAreGoneAreRemoved) {
    auto a = open_box("a");
    open_box("b");
    close_box(a);
    EXPECT_EQ(count("figure_boxes"), 1);
    EXPECT_FALSE(box(a));
    act([&](Turn& turn) {
        auto c = turn.append(opened("c"));
        return turn.append(closed(c));  // never stored
    });
    EXPECT_EQ(count("figure_boxes"), 1);
    EXPECT_TRUE(verified().differences.empty());
}

TEST_P(FigureColumns, ARowIsReadFromAnyOrderOfColumns) {
    auto id = open_box("a", 3);
    fill_box(id, 2);
    auto db = database->connect();
    auto row = db->row({"test.mixed",
                        "SELECT 5 AS other, largest, last, closed, amount, filled_at, colour, "
                        "note, room, label, filled_up, id FROM figure_boxes"});
    auto state = read_state<BoxFigure>(tables, *row);
    EXPECT_EQ(state.id, BoxId(id));
    EXPECT_EQ(state.label, "a");
    EXPECT_EQ(state.amount, 2);
    EXPECT_EQ(state.last.size(), 1u);
}

TEST(FigureLayout, ChangesWithColumnsIndexesAndRevision) {
    FigureDef def = figure<BoxFigure>();
    auto hash = FigureTable(def).layout_hash();
    EXPECT_EQ(FigureTable(def).layout_hash(), hash);
    FigureDef revised = def;
    revised.revision = 2;
    EXPECT_NE(FigureTable(revised).layout_hash(), hash);
    FigureDef indexed = def;
    indexed.indexes.push_back("label");
    EXPECT_NE(FigureTable(indexed).layout_hash(), hash);
    Shape wider = *def.state;
    wider.fields.push_back({"extra", 0, &shape_of<std::int64_t>()});
    FigureDef widened = def;
    widened.state = &wider;
    EXPECT_NE(FigureTable(widened).layout_hash(), hash);
}

}  // namespace
}  // namespace hezhi::journal
