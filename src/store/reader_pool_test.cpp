#include "store/reader_pool.h"

#include <gtest/gtest.h>

#include <thread>

#include "support/engines.h"

namespace hezhi::store {
namespace {

constexpr Query one{"test.one", "SELECT 1 AS n"};

class ReaderPools : public testing::OnBothEngines {};

HEZHI_ON_BOTH_ENGINES(ReaderPools);

TEST_P(ReaderPools, ALeaseComesBackWithoutItsSnapshot) {
    ReaderPool pool(*database, 1);
    { pool.lease()->begin_snapshot(); }
    auto lease = pool.lease();
    EXPECT_FALSE(lease->in_transaction());
    EXPECT_EQ(lease->row(one)->integer(0), 1);
}

TEST_P(ReaderPools, WhoFindsAllInUseIsToldSo) {
    ReaderPool pool(*database, 2);
    auto first = pool.lease();
    auto second = pool.lease();
    try {
        pool.lease(std::chrono::milliseconds(0));
        FAIL() << "a third session";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::busy);
    }
}

TEST_P(ReaderPools, ManyThreadsShareFewSessions) {
    ReaderPool pool(*database, 2);
    std::atomic<int> read{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i) {
                read += static_cast<int>(pool.lease(std::chrono::minutes(1))->row(one)->integer(0));
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(read, 160);
}

}  // namespace
}  // namespace hezhi::store
