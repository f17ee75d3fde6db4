// A ledger that stands alone among others that write to the same database (store/sole_writer.h).
#include <thread>

#include "journal/kept_records.h"
#include "journal/test_figures.h"

namespace hezhi::journal {
namespace {

using std::chrono::milliseconds;

constexpr store::AloneTimes quick{milliseconds(5), milliseconds(20), milliseconds(40)};

class AloneBoxes : public Boxes {
  protected:
    AloneBoxes() : lone(open_ledger({.alone = quick})), kept(std::in_place, *lone, 10) {}

    // The amount in a box as the lone ledger's readers see it, and how many statements that took.
    std::int64_t amount(std::int64_t id) {
        auto db = lone->read();
        statements = 0;
        db->record([this](const store::Query&, store::Params) { ++statements; });
        auto record = kept->find(*db, id, [&]() -> KeptRecords::Made {
            auto state = tables.of(figure<BoxFigure>()).load(*db, id);
            return {state, {{"box", id}}};
        });
        db->record({});
        return record ? std::static_pointer_cast<const BoxState>(record)->amount : -1;
    }

    std::int64_t fill(Ledger& by, std::int64_t id, std::int32_t by_amount) {
        return act_on(by, [&](Turn& turn) { return turn.append(filled(id, by_amount)); }).value();
    }

    // A turn tells it where the journal stands, also one that writes nothing.
    bool becomes_alone() {
        for (int i = 0; i < 2000; ++i) {
            act_on(*lone, [](Turn&) -> Result<std::int64_t> {
                return refuse(hezhi::refusals::not_found);
            });
            if (lone->all_told(lone->head().position)) return true;
            std::this_thread::sleep_for(milliseconds(5));
        }
        return false;
    }

    std::unique_ptr<Ledger> lone;
    std::optional<KeptRecords> kept;
    int statements = 0;
};
HEZHI_ON_BOTH_ENGINES(AloneBoxes);

TEST_P(AloneBoxes, WhoAloneWritesReadsWithoutAQuestion) {
    auto id = open_box("by another");
    fill(*lone, id, 3);
    ASSERT_TRUE(becomes_alone());
    EXPECT_EQ(amount(id), 3);
    EXPECT_EQ(amount(id), 3);
    EXPECT_EQ(statements, 0);
    fill(*lone, id, 4);
    EXPECT_EQ(amount(id), 7);
}

TEST_P(AloneBoxes, WhatOthersWroteBeforeIsAskedForUntilItIsTold) {
    auto id = open_box("written while nobody stood alone");
    fill(*ledger, id, 3);
    EXPECT_EQ(amount(id), 3);
    std::this_thread::sleep_for(milliseconds(100));
    EXPECT_EQ(amount(id), 3);
    EXPECT_FALSE(lone->all_told(lone->head().position));
    EXPECT_EQ(statements, 2);
}

TEST_P(AloneBoxes, AnotherWriterIsLetInAndSeenAtOnce) {
    auto id = open_box("shared");
    for (int round = 0; round < 3; ++round) {
        fill(*lone, id, 1);
        ASSERT_TRUE(becomes_alone());
        auto before = amount(id);
        for (int i = 1; i <= 10; ++i) {
            fill(*ledger, id, 1);
            EXPECT_EQ(amount(id), before + i);
        }
    }
    EXPECT_EQ(amount(id), 33);
}

TEST_P(AloneBoxes, TwoThatWouldStandAloneWriteInTurns) {
    auto id = open_box("contested");
    auto second = open_ledger({.alone = quick});
    std::jthread other([&] {
        for (int i = 0; i < 30; ++i) fill(*second, id, 1);
    });
    for (int i = 0; i < 30; ++i) {
        fill(*lone, id, 1);
        EXPECT_GE(amount(id), i + 1);
    }
    other.join();
    EXPECT_EQ(amount(id), 60);
}

TEST_P(AloneBoxes, ALostConnectionEndsItAndItComesBack) {
    auto id = open_box("cut");
    fill(*lone, id, 1);
    ASSERT_TRUE(becomes_alone());
    if (!on_sqlite()) home.cut_connections();  // a file has none
    fill(*ledger, id, 1);
    if (!on_sqlite()) std::this_thread::sleep_for(store::SoleWriter::trusted);
    EXPECT_EQ(amount(id), 2);
    fill(*lone, id, 0);  // connects again
    ASSERT_TRUE(becomes_alone());
    EXPECT_EQ(amount(id), 2);
}

}  // namespace
}  // namespace hezhi::journal
