#include "journal/kept_records.h"

#include <thread>

#include "journal/test_figures.h"

namespace hezhi::journal {
namespace {

class KeptBoxes : public Boxes {
  protected:
    // The amount in a box, by way of what is kept.
    std::int64_t amount(std::int64_t id) { return amount(id, kept); }
    std::int64_t amount(std::int64_t id, const KeptRecords& from) {
        auto db = ledger->read();
        auto record = from.find(*db, id, [&]() -> KeptRecords::Made {
            auto state = tables.of(figure<BoxFigure>()).load(*db, id);
            if (!state) return {};
            return {state, {{"box", id}, {"box", id}, {"shelf", id % 3}}};
        });
        return record ? std::static_pointer_cast<const BoxState>(record)->amount : -1;
    }

    KeptRecords kept{*ledger, 3};
};
HEZHI_ON_BOTH_ENGINES(KeptBoxes);

TEST_P(KeptBoxes, ARecordIsMadeOnceUntilAFactNamesOneOfItsSubjects) {
    auto one = open_box("one"), two = open_box("two");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(amount(one) + amount(two), 0);
    EXPECT_EQ(kept.made(), 2u);
    fill_box(one, 5);
    EXPECT_EQ(amount(one), 5);
    EXPECT_EQ(amount(two), 0);
    EXPECT_EQ(kept.made(), 3u);
    fill_box(open_box("of another number"), 1);  // not on the shelf of either
    auto same_shelf = open_box("three");
    while (same_shelf % 3 != one % 3) same_shelf = open_box("more");
    fill_box(same_shelf, 1);
    amount(one);
    EXPECT_EQ(kept.made(), 4u);
}

TEST_P(KeptBoxes, WhatIsNotThereIsAskedForAgain) {
    EXPECT_EQ(amount(1), -1);
    EXPECT_EQ(open_box("the first fact"), 1);
    EXPECT_EQ(amount(1), 0);
    close_box(1);
    EXPECT_EQ(amount(1), -1);
}

TEST_P(KeptBoxes, AFullStoreForgetsAllAndStaysRight) {
    std::vector<std::int64_t> boxes;
    for (int i = 0; i < 10; ++i) boxes.push_back(open_box("box"));
    for (int round = 1; round < 4; ++round) {
        for (auto id : boxes) {
            EXPECT_EQ(amount(id), round - 1);
            fill_box(id, 1);
            EXPECT_EQ(amount(id), round);
        }
    }
}

TEST_P(KeptBoxes, AnotherProcessIsSeenAtOnceAndNothingIsKeptUntilItsFactsAreTold) {
    auto id = open_box("shared");
    EXPECT_EQ(amount(id), 0);
    auto other = open_ledger();
    act_on(*other, [&](Turn& turn) { return turn.append(filled(id, 7)); }).value();
    EXPECT_EQ(amount(id), 7);
    auto made = kept.made();
    EXPECT_EQ(amount(id), 7);
    EXPECT_EQ(kept.made(), made + 1);  // not kept: this process has not heard of the fact
    auto mine = open_box("a turn of this process");
    EXPECT_EQ(amount(id), 7);
    made = kept.made();
    EXPECT_EQ(amount(id), 7);
    EXPECT_EQ(kept.made(), made);
    EXPECT_EQ(amount(mine), 0);
}

// The fact arrives between the reading of the record and its being kept.
TEST_P(KeptBoxes, WhatChangedWhileItWasReadIsNotKept) {
    auto id = open_box("restless");
    auto db = ledger->read();
    auto stale = kept.find(*db, id, [&]() -> KeptRecords::Made {
        auto state = tables.of(figure<BoxFigure>()).load(*db, id);
        fill_box(id, 9);
        return {state, {{"box", id}}};
    });
    EXPECT_EQ(std::static_pointer_cast<const BoxState>(stale)->amount, 0);
    EXPECT_EQ(amount(id), 9);
}

TEST_P(KeptBoxes, AnActionThatFailsLeavesEverythingKept) {
    auto id = open_box("calm");
    amount(id);
    auto made = kept.made();
    EXPECT_THROW(act([&](Turn& turn) -> Result<std::int64_t> {
                     turn.append(filled(id, 9));
                     throw std::runtime_error("on purpose");
                 }),
                 std::runtime_error);
    EXPECT_EQ(amount(id), 0);
    EXPECT_EQ(kept.made(), made);
}

// Whoever was told of a write sees it, whatever other threads keep meanwhile.
TEST_P(KeptBoxes, ReadersBesideTheWriterNeverGoBack) {
    auto id = open_box("busy");
    ledger->stop();
    ledger = open_ledger({});
    KeptRecords shared(*ledger, 10);
    std::atomic<std::int64_t> acknowledged = 0;
    std::atomic<bool> done = false;
    std::vector<std::jthread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!done) {
                std::int64_t before = acknowledged;
                EXPECT_GE(amount(id, shared), before);
            }
        });
    }
    for (int i = 1; i <= 40; ++i) {
        fill_box(id, 1);
        acknowledged = i;
        EXPECT_EQ(amount(id, shared), i);
    }
    done = true;
}

}  // namespace
}  // namespace hezhi::journal
