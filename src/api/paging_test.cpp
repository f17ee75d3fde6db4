#include "api/paging.h"

#include <gtest/gtest.h>

namespace hezhi::api {
namespace {

TEST(Cursor, ComesBackAsItWas) {
    for (Cursor cursor : {Cursor{0, 1}, Cursor{-5, 9}, Cursor{INT64_MAX, INT64_MAX}}) {
        auto back = parse_cursor(to_text(cursor));
        ASSERT_TRUE(back);
        EXPECT_EQ(back->sort, cursor.sort);
        EXPECT_EQ(back->id, cursor.id);
    }
}

TEST(Cursor, WhatIsNotOursIsRefusedByName) {
    for (auto text : {"", ".", "1", "1.", ".1", "1.2.3", "a.1", "1.b", " 1.2", "1.2 ", "1,2",
                      "99999999999999999999.1", "1.99999999999999999999", "0x1.2"}) {
        EXPECT_FALSE(parse_cursor(text)) << text;
    }
    auto refused = cursor_of(std::optional<std::string>("7"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.at(0).field, "/cursor");
    EXPECT_TRUE(cursor_of(std::nullopt).has_value());
}

TEST(Days, OfAListIncludeTheLastAndAreNamedWhereTheyAreNone) {
    auto days = days_of("2026-03-05", "2026-03-05").value();
    EXPECT_EQ(days.until - days.from, std::chrono::hours(24));
    EXPECT_EQ(days_of("5 March", std::nullopt).error().fields.at(0).field, "/from");
    EXPECT_EQ(days_of(std::nullopt, "2026-02-30").error().fields.at(0).field, "/until");
}

TEST(Limit, IsFiftyWhereNothingIsSaid) {
    EXPECT_EQ(limit_of(std::nullopt), 50);
    EXPECT_EQ(limit_of(Limit(7)), 7);
}

}  // namespace
}  // namespace hezhi::api
