// What one action does to the journal.
#include "journal/turn.h"

#include "crypto/digest.h"
#include "journal/test_figures.h"

namespace hezhi::journal {
namespace {

constexpr RefusalRow no_box{"no_box", 409, "没有这个箱子。", "There is no such box."};

class Turns : public Boxes {};
HEZHI_ON_BOTH_ENGINES(Turns);

TEST_P(Turns, PositionsHaveNoGapAlsoAfterRefusalsAndFailures) {
    EXPECT_EQ(open_box("a"), 1);
    EXPECT_FALSE(act([](Turn&) -> Result<std::int64_t> { return refuse(no_box); }));
    EXPECT_EQ(open_box("b"), 2);
    EXPECT_THROW(act([&](Turn& turn) -> std::int64_t {
                     turn.append(opened("c"));
                     throw std::runtime_error("after the append");
                 }),
                 std::runtime_error);
    EXPECT_EQ(open_box("d"), 3);
    auto all = facts();
    ASSERT_EQ(all.size(), 3u);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(all[i].position, static_cast<std::int64_t>(i) + 1);
    }
    EXPECT_EQ(ledger->head().position, 3);
}

TEST_P(Turns, TheIdOfARecordIsThePositionOfTheFactThatMadeIt) {
    open_box("a");
    auto id = act([&](Turn& turn) {
        auto next = turn.next_position();
        auto made = turn.append(opened("b"));
        EXPECT_EQ(made, next);
        return made;
    });
    EXPECT_EQ(facts().back().subject("box"), id.value());
    EXPECT_EQ(box(*id)->label, "b");
}

TEST_P(Turns, RecordedAtNeverGoesBackWhenTheClockDoes) {
    auto first = clock.now();
    open_box("a");
    clock.advance(std::chrono::hours(-5));
    act([&](Turn& turn) {
        EXPECT_EQ(turn.now(), first);
        return turn.append(opened("b"));
    });
    EXPECT_EQ(facts().back().recorded_at, first);
    // Also for a ledger that has only read of the earlier time.
    auto other = open_ledger();
    act_on(*other, [&](Turn& turn) { return turn.append(opened("c")); });
    EXPECT_EQ(facts().back().recorded_at, first);
    clock.set(first + Millis(1));
    open_box("d");
    EXPECT_EQ(facts().back().recorded_at, first + Millis(1));
}

TEST_P(Turns, TheChainIsTheHashOfTheChainBeforeAndTheBytes) {
    open_box("a");
    open_box("乙");
    std::string chain = crypto::to_hex(crypto::sha256(""));
    auto db = database->connect();
    db->each({"test.chain", "SELECT body, chain FROM journal ORDER BY position"}, {},
             [&](const store::Row& row) {
                 std::string body(row.text("body"));
                 chain = crypto::to_hex(crypto::sha256(chain + "\n" + body));
                 EXPECT_EQ(row.text("chain"), chain);
             });
    EXPECT_EQ(ledger->head().chain, chain);
    EXPECT_EQ(db->row({"test.head", "SELECT chain FROM journal_head"})->text("chain"), chain);
}

TEST_P(Turns, ARefusalWritesNothing) {
    auto before = ledger->head();
    auto refused = act([](Turn&) -> Result<std::int64_t> { return refuse(no_box); });
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(no_box));
    EXPECT_EQ(ledger->head().position, before.position);
    EXPECT_EQ(ledger->head().chain, before.chain);
    EXPECT_EQ(count("journal"), 0);
}

TEST_P(Turns, ARefusalThatHasAppendedIsABrokenInvariantAndIsUndone) {
    EXPECT_THROW(act([&](Turn& turn) -> Result<std::int64_t> {
                     turn.append(opened("a"));
                     return refuse(no_box);
                 }),
                 BrokenInvariant);
    EXPECT_EQ(count("journal"), 0);
    EXPECT_EQ(count("fact_subjects"), 0);
    EXPECT_EQ(count("figure_boxes"), 0);
    EXPECT_EQ(open_box("b"), 1);
    EXPECT_TRUE(verified().differences.empty());
}

TEST_P(Turns, AThrowerDoesNotTakeItsNeighboursWithIt) {
    ledger = open_ledger({.inline_actions_per_turn = 10});
    auto a = act([this](Turn& turn) { return turn.append(opened("a")); });
    auto b = act([this, a = *a](Turn& turn) { return turn.append(filled(a, 5)); });
    EXPECT_EQ(count("journal"), 0) << "the turn is still open";
    EXPECT_THROW(act([this](Turn& turn) -> std::int64_t {
                     turn.append(opened("lost"));
                     throw std::runtime_error("a mistake");
                 }),
                 std::runtime_error);
    auto c = act([this](Turn& turn) { return turn.append(opened("c")); });
    ledger->finish_turn();
    EXPECT_EQ(a.value(), 1);
    EXPECT_EQ(b.value(), 2);
    EXPECT_EQ(c.value(), 3);
    auto all = facts();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[2].as<BoxOpened>().label, "c");
    EXPECT_EQ(box(1)->amount, 5);
    EXPECT_TRUE(verified().differences.empty());
}

TEST_P(Turns, AnActionSeesWhatItHasAppended) {
    act([&](Turn& turn) {
        EXPECT_EQ(turn.load<BoxFigure>(turn.next_position()), nullptr);
        auto id = turn.append(opened("a", 10));
        EXPECT_EQ(turn.load<BoxFigure>(id)->label, "a");
        turn.append(filled(id, 4));
        EXPECT_EQ(turn.load<BoxFigure>(id)->amount, 4);
        turn.append(closed(id));
        EXPECT_EQ(turn.load<BoxFigure>(id), nullptr);
        return id;
    });
    EXPECT_FALSE(box(1));
}

// A found bug: live, the row went on from its old state; folded, it began anew.
TEST_P(Turns, ARowThatWentAndCameBackInOneActionBeginsAnew) {
    auto id = open_box("a");
    fill_box(id, 7);
    act([&](Turn& turn) {
        turn.append(closed(id));
        return turn.append(filled(id, 1));
    });
    ASSERT_TRUE(box(id));
    EXPECT_EQ(box(id)->amount, 1);
    EXPECT_EQ(box(id)->label, "");
    EXPECT_TRUE(verified().differences.empty());
}

TEST_P(Turns, FactsAboutARecordAreItsOwnInOrder) {
    auto a = open_box("a");
    auto b = open_box("b");
    fill_box(a, 1);
    fill_box(b, 2);
    fill_box(a, 3);
    auto db = database->connect();
    auto about = facts_about(*db, "box", a);
    ASSERT_EQ(about.size(), 3u);
    EXPECT_EQ(about[0].kind, "box.opened");
    EXPECT_EQ(about[1].as<BoxFilled>().amount, 1);
    EXPECT_EQ(about[2].as<BoxFilled>().amount, 3);
    EXPECT_EQ(facts_about(*db, "shelf", a % 3).size(), 2u);
    EXPECT_TRUE(facts_about(*db, "box", 99).empty());
    EXPECT_TRUE(facts_about(*db, "nothing", a).empty());
}

TEST_P(Turns, ExportedLinesAreTheBytesOfTheFacts) {
    open_box("引号\" 和 \\ 反斜线");
    fill_box(1, -3);
    std::vector<std::string> lines;
    auto db = database->connect();
    each_fact_line(*db, [&](std::string_view line) { lines.emplace_back(line); });
    ASSERT_EQ(lines.size(), 2u);
    for (const auto& line : lines) EXPECT_EQ(canonical_bytes(read_fact(line)), line);
}

}  // namespace
}  // namespace hezhi::journal
