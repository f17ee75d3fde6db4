#include "store/migrations.h"

#include <gtest/gtest.h>

#include "store/migrations_list.h"
#include "support/engines.h"

namespace hezhi::store {
namespace {

constexpr Migration first{1, "first", "CREATE TABLE a (id {integer} PRIMARY KEY) {strict};"};
constexpr Migration second{
    2, "second", "CREATE TABLE b (id {integer} PRIMARY KEY) {strict}; INSERT INTO a VALUES (7);"};
constexpr Migration faulty{2, "faulty",
                           "CREATE TABLE b (id {integer}); INSERT INTO nowhere VALUES (1);"};

class Migrations : public testing::OnBothEngines {
  protected:
    std::unique_ptr<Session> session = database->connect();
};

HEZHI_ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, AreAppliedOnceAndInOrder) {
    const Migration one[] = {first};
    const Migration two[] = {first, second};
    EXPECT_EQ(migrate(*session, one).size(), 1u);
    auto done = migrate(*session, two);
    ASSERT_EQ(done.size(), 1u);
    EXPECT_EQ(done[0].name, "second");
    EXPECT_TRUE(migrate(*session, two).empty());
    EXPECT_EQ(session->row({"test.a", "SELECT id FROM a"})->integer(0), 7);
    require_migrated(*session, two);
}

// Two changes are made at the same time, and the one with the lower number is finished later.
TEST_P(Migrations, ANumberBelowTheLastIsStillApplied) {
    constexpr Migration third{3, "third", "CREATE TABLE c (id {integer}) {strict};"};
    const Migration with_gap[] = {first, third};
    const Migration all[] = {first, second, third};
    EXPECT_EQ(migrate(*session, with_gap).size(), 2u);
    auto done = migrate(*session, all);
    ASSERT_EQ(done.size(), 1u);
    EXPECT_EQ(done[0].name, "second");
    require_migrated(*session, all);
}

TEST_P(Migrations, TheDryRunChangesNothing) {
    const Migration two[] = {first, second};
    EXPECT_EQ(pending_migrations(*session, two).size(), 2u);
    EXPECT_FALSE(session->has_table("a"));
    EXPECT_FALSE(session->has_table("schema_migrations"));
}

TEST_P(Migrations, AFaultyOneLeavesNothingBehindAndIsNamed) {
    const Migration two[] = {first, faulty};
    try {
        migrate(*session, two);
        FAIL() << "it was applied";
    } catch (const StoreError& error) {
        EXPECT_NE(std::string(error.what()).find("2 (faulty)"), std::string::npos) << error.what();
    }
    EXPECT_TRUE(session->has_table("a"));
    EXPECT_FALSE(session->has_table("b"));
    EXPECT_EQ(pending_migrations(*session, two).size(), 1u);
}

TEST_P(Migrations, ADatabaseNewerThanTheProgramIsRefusedWithWhatToDo) {
    const Migration one[] = {first};
    const Migration two[] = {first, second};
    migrate(*session, two);
    auto refusal_of = [&](auto act) -> std::string {
        try {
            act(*session, std::span<const Migration>(one));
        } catch (const StoreError& error) {
            EXPECT_EQ(error.kind, StoreError::Kind::newer_schema);
            return error.what();
        }
        return "accepted";
    };
    EXPECT_NE(refusal_of(migrate).find("or a newer one"), std::string::npos);
    EXPECT_NE(refusal_of(require_migrated).find("or a newer one"), std::string::npos);
}

TEST_P(Migrations, ADatabaseThatLacksOneIsNotServed) {
    const Migration two[] = {first, second};
    try {
        require_migrated(*session, two);
        FAIL() << "it was accepted";
    } catch (const StoreError& error) {
        EXPECT_NE(std::string(error.what()).find("hezhi migrate"), std::string::npos);
    }
}

TEST_P(Migrations, ThoseOfTheProgramApply) {
    EXPECT_EQ(migrate(*session, all_migrations).size(), all_migrations.size());
    require_migrated(*session, all_migrations);
}

}  // namespace
}  // namespace hezhi::store
