// Tests that run once on SQLite and once on PostgreSQL.
//
//   class Orders : public testing::OnBothEngines {};
//   HEZHI_ON_BOTH_ENGINES(Orders);
//   TEST_P(Orders, AreKept) { auto session = database->connect(); … }
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "store/database.h"
#include "support/test_database.h"

namespace hezhi::testing {

class OnBothEngines : public ::testing::TestWithParam<store::Engine> {
  protected:
    OnBothEngines() : home(GetParam()), database(home.open()) {}

    bool on_sqlite() const { return GetParam() == store::Engine::sqlite; }

    TestDatabase home;  // where it is
    std::unique_ptr<store::Database> database;
};

inline std::string engine_name(const ::testing::TestParamInfo<store::Engine>& info) {
    return info.param == store::Engine::sqlite ? "Sqlite" : "Postgresql";
}

}  // namespace hezhi::testing

#define HEZHI_ON_BOTH_ENGINES(Suite)                                                       \
    INSTANTIATE_TEST_SUITE_P(                                                              \
        Engines, Suite,                                                                    \
        ::testing::Values(hezhi::store::Engine::sqlite, hezhi::store::Engine::postgresql), \
        hezhi::testing::engine_name)
