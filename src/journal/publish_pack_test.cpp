// Rule packs: their texts, and which one judges which fact.
#include <gmock/gmock.h>

#include "facts/pack_facts.h"
#include "journal/test_figures.h"
#include "rules/pack_reader.h"

namespace hezhi::journal {
namespace {

// packs/base under another version: a text of its own, and so a pack of its own.
rules::Pack base(std::string_view version) {
    auto pack = rules::read_pack_folder("packs/base");
    HEZHI_ASSERT(pack.has_value());
    std::string text = pack->canonical_text;
    auto line = text.find("version = \"") + 11;
    text.replace(line, text.find('"', line) - line, version);
    // The lengths in the text must fit: the new version is as long as the old.
    auto changed = rules::read_pack_text(text);
    if (!changed) throw BrokenInvariant(rules::to_string(changed.error().front()));
    return std::move(*changed);
}

class Packs : public Boxes {
  protected:
    std::int64_t publish(const rules::Pack& pack, Instant effective_at) {
        return act([&](Turn& turn) { return publish_pack(turn, actor, pack, effective_at); })
            .value();
    }
    std::string judged_by(const char* shelf) {
        auto db = ledger->read();
        auto state = tables.of(figure<ShelfFigure>()).load(*db, Key(std::string(shelf)));
        return static_cast<ShelfState*>(state.get())->pack_version;
    }
    const rules::Pack first = base("2026.7"), second = base("2026.8");
};
HEZHI_ON_BOTH_ENGINES(Packs);

TEST_P(Packs, APublishedPackIsReadBackByItsHash) {
    publish(first, clock.now());
    auto db = database->connect();
    auto hash = facts().back().as<PackPublished>().hash;
    auto pack = load_pack(*db, hash);
    EXPECT_EQ(pack->canonical_text, first.canonical_text);
    EXPECT_EQ(ledger->packs()->in_force(clock.now())->hash, hash);
    EXPECT_EQ(ledger->packs()->in_force(clock.now() - Millis(1)), nullptr);
    auto other = open_ledger();
    EXPECT_EQ(other->packs()->in_force(clock.now())->hash, hash);
}

TEST_P(Packs, TheSameTextIsKeptOnce) {
    publish(first, clock.now());
    publish(first, clock.now() + Millis(5));
    EXPECT_EQ(count("rule_pack_texts"), 1);
    EXPECT_EQ(ledger->packs()->all().size(), 2u);
}

TEST_P(Packs, AChangedTextIsFound) {
    publish(first, clock.now());
    damage("UPDATE rule_pack_texts SET body = replace(body, '独居', '孤居')");
    EXPECT_THROW(open_ledger(), BrokenInvariant);
    try {
        published_packs(*database->connect());
        FAIL() << "nobody noticed";
    } catch (const BrokenInvariant& error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("was changed"));
    }
}

TEST_P(Packs, AMissingTextIsFound) {
    publish(first, clock.now());
    damage("DELETE FROM rule_pack_texts");
    EXPECT_THROW(open_ledger(), BrokenInvariant);
}

TEST_P(Packs, AFactIsJudgedByThePackInForceWhenItOccurred) {
    publish(first, clock.now() - std::chrono::days(1));
    publish(second, clock.now() + std::chrono::days(1));
    fill_box(1, 1);
    EXPECT_EQ(judged_by("1 green"), "2026.7");
    clock.advance(std::chrono::days(1));
    fill_box(1, 1);
    EXPECT_EQ(judged_by("1 green"), "2026.8");
    EXPECT_TRUE(verified().differences.empty());
}

// A found bug: folded again, old facts were judged by a pack that was published after them.
TEST_P(Packs, APackWithAnEarlierDateDoesNotJudgeWhatStandsBeforeIt) {
    publish(first, Instant{1});
    fill_box(1, 1);
    publish(second, Instant{2});
    EXPECT_EQ(judged_by("1 green"), "2026.7");
    EXPECT_TRUE(verified().differences.empty());
    auto db = database->connect();
    std::vector<const FigureTable*> all;
    for (const auto& table : tables.all()) all.push_back(table.get());
    rebuild(*db, all, *ledger->packs());
    EXPECT_EQ(judged_by("1 green"), "2026.7");
}

// A found bug: until its turn was committed, the facts after it were judged by the old pack.
TEST_P(Packs, APackHoldsForTheNextFactOfTheSameTurn) {
    ledger = open_ledger({.inline_actions_per_turn = 10});
    act([this](Turn& turn) {
        auto id = publish_pack(turn, actor, first, Instant{1});
        EXPECT_EQ(turn.pack()->pack->version, "2026.7");
        return id;
    });
    act([this](Turn& turn) { return turn.append(filled(1, 1)); });
    EXPECT_TRUE(ledger->packs()->all().empty()) << "told before the commit";
    ledger->finish_turn();
    EXPECT_EQ(ledger->packs()->all().size(), 1u);
    EXPECT_EQ(judged_by("1 green"), "2026.7");
    EXPECT_TRUE(verified().differences.empty());
}

TEST_P(Packs, APackOfARolledBackTurnIsForgotten) {
    EXPECT_THROW(act([&](Turn& turn) -> std::int64_t {
                     (void)publish_pack(turn, actor, first, Instant{1});
                     throw std::runtime_error("a mistake");
                 }),
                 std::runtime_error);
    act([](Turn& turn) -> std::int64_t {
        EXPECT_EQ(turn.pack(), nullptr);
        return 0;
    });
    EXPECT_TRUE(ledger->packs()->all().empty());
    EXPECT_EQ(count("rule_pack_texts"), 0);
}

TEST_P(Packs, APackThatAnotherProcessPublishedHoldsInTheNextTurn) {
    auto other = open_ledger();
    act_on(*other, [&](Turn& turn) { return publish_pack(turn, actor, first, Instant{1}); });
    fill_box(1, 1);
    EXPECT_EQ(judged_by("1 green"), "2026.7");
    EXPECT_EQ(ledger->packs()->all().size(), 1u);
}

}  // namespace
}  // namespace hezhi::journal
