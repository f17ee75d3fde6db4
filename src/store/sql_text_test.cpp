#include "store/sql_text.h"

#include <gtest/gtest.h>

#include "base/assert.h"

namespace hezhi::store {
namespace {

std::string sqlite(std::string_view sql) {
    return rewrite(sql, Engine::sqlite).sql;
}
std::string postgresql(std::string_view sql) {
    return rewrite(sql, Engine::postgresql).sql;
}

TEST(SqlText, ParametersAreNumberedInOrderOfFirstUse) {
    SqlText text = rewrite("SELECT :b, :a_1, :b", Engine::postgresql);
    EXPECT_EQ(text.sql, "SELECT $1, $2, $1");
    EXPECT_EQ(text.parameters, (std::vector<std::string>{"b", "a_1"}));
    EXPECT_EQ(sqlite("SELECT :b, :a_1, :b"), "SELECT ?1, ?2, ?1");
}

TEST(SqlText, ANameThatBeginsAnotherIsNotTakenForIt) {
    EXPECT_EQ(postgresql("a = :at AND b = :at_end AND c=:at"), "a = $1 AND b = $2 AND c=$1");
}

TEST(SqlText, ColonsInLiteralsNamesAndCommentsStay) {
    for (std::string_view sql :
         {"SELECT ':a'", "SELECT 'it''s :a'", "SELECT \":a\"", "SELECT 1 -- :a isn't one",
          "SELECT /* :a ' \" */ 1", "SELECT 1 -- :a\n, 2", "SELECT 'a:b:c', '{bytes}'",
          "SELECT '-- :a'", "SELECT '/* :a'"}) {
        EXPECT_EQ(sqlite(sql), sql);
        EXPECT_EQ(postgresql(sql), sql);
    }
}

TEST(SqlText, ParametersAfterLiteralsAndCommentsAreFound) {
    EXPECT_EQ(sqlite("SELECT ':a', :a -- it's :b\n, :c"), "SELECT ':a', ?1 -- it's :b\n, ?2");
}

TEST(SqlText, ADoubleColonIsNoParameter) {
    EXPECT_EQ(postgresql("SELECT a::text, :a"), "SELECT a::text, $1");
}

TEST(SqlText, PlaceholdersBecomeTheEnginesWords) {
    constexpr std::string_view sql = "CREATE TABLE t (a {integer}, b {bytes}) {strict}";
    EXPECT_EQ(sqlite(sql), "CREATE TABLE t (a INTEGER, b BLOB) STRICT");
    EXPECT_EQ(postgresql(sql), "CREATE TABLE t (a BIGINT, b BYTEA) ");
    EXPECT_EQ(sqlite("SELECT 1 {for_update}"), "SELECT 1 ");
    EXPECT_EQ(postgresql("SELECT 1 {for_update}"), "SELECT 1 FOR UPDATE");
}

TEST(SqlText, ScriptsHavePlaceholdersButNoParameters) {
    EXPECT_EQ(expand("SELECT :a {strict}", Engine::sqlite), "SELECT :a STRICT");
}

TEST(SqlText, WhatIsMalformedIsAnAssertion) {
    EXPECT_THROW(sqlite("SELECT {jsonb}"), BrokenInvariant);
    EXPECT_THROW(sqlite("SELECT {bytes"), BrokenInvariant);
    EXPECT_THROW(sqlite("SELECT 'abc"), BrokenInvariant);
    EXPECT_THROW(sqlite("SELECT /* abc"), BrokenInvariant);
}

}  // namespace
}  // namespace hezhi::store
