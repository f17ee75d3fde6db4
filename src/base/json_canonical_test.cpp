// Canonical bytes are read as they were written, and nothing else is taken for canonical.
#include "base/json_canonical.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace hezhi {
namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Inner {
    std::int64_t amount = 0;
    std::optional<std::string> note;
    bool operator==(const Inner&) const = default;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (amount, note))

struct Everything {
    std::string word;
    bool yes = false;
    Colour colour = Colour::red;
    Instant at;
    Text<0, 5> short_text;
    Bounded<-3, 12> small;
    std::vector<Inner> list;
    std::optional<Inner> maybe;
    std::optional<std::int64_t> number;
    bool operator==(const Everything&) const = default;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (word, yes, colour, at, short_text, small, list, maybe, number))

std::vector<Everything> examples() {
    Everything plain;
    Everything full{.word = "接单·𬱖",
                    .yes = true,
                    .colour = Colour::green,
                    .at = {1'790'000'000'000},
                    .short_text = Text<0, 5>("五个字的话"),
                    .small = Bounded<-3, 12>(-3),
                    .list = {{1, {}}, {-20, "x"}, {0, ""}},
                    .maybe = Inner{INT64_MAX, "y"},
                    .number = INT64_MIN};
    Everything last_only;
    last_only.number = 7;
    return {plain, full, last_only};
}

TEST(CanonicalJson, IsReadAsItWasWritten) {
    for (const Everything& written : examples()) {
        Everything found = examples()[1];  // what stood there before is not left over
        ASSERT_TRUE(read_canonical(shape_of<Everything>(), to_json(written), &found));
        EXPECT_EQ(found, written);
    }
}

// Each byte replaced, taken out, and put before another: what is still read writes those bytes.
TEST(CanonicalJson, WhateverIsReadWritesTheSameBytes) {
    int read = 0, refused = 0;
    auto check = [&](const std::string& bytes) {
        Everything found;
        bool canonical = read_canonical(shape_of<Everything>(), bytes, &found);
        ++(canonical ? read : refused);
        if (canonical) {
            ASSERT_EQ(to_json(found), bytes);
        }
    };
    for (const Everything& written : examples()) {
        const std::string bytes = to_json(written);
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            check(bytes.substr(0, at));
            check(bytes.substr(0, at) + bytes.substr(at + 1));
            for (char other : std::string_view("\"\\{}[],:0-1 a.e\n\xff", 17)) {
                std::string changed = bytes;
                changed[at] = other;
                check(changed);
                changed[at] = bytes[at];
                changed.insert(at, 1, other);
                check(changed);
            }
        }
        check(bytes + " ");
        check(bytes + bytes);
    }
    EXPECT_GT(read, 500);
    EXPECT_GT(refused, 5000);
}

TEST(CanonicalJson, WhatIsNotCanonicalIsStillReadAsJson) {
    for (const Everything& written : examples()) {
        std::string bytes = to_json(written);
        bytes.insert(1, " ");
        auto found = from_json<Everything>(bytes, Reading::stored);
        ASSERT_TRUE(found);
        EXPECT_EQ(*found, written);
    }
    auto escaped = from_json<Inner>(R"({"amount":1,"note":"说\"好\"\n"})", Reading::stored);
    ASSERT_TRUE(escaped);
    EXPECT_EQ(escaped->note, "说\"好\"\n");
    auto null = from_json<Inner>(R"({"amount":1,"note":null})", Reading::stored);
    ASSERT_TRUE(null);
    EXPECT_EQ(null->note, std::nullopt);
}

TEST(CanonicalJson, LimitsHoldAsInAnyJson) {
    for (const char* broken :
         {R"({"amount":1,"note":"x","other":1})", R"({"note":"x"})", R"({"amount":"1"})"}) {
        EXPECT_FALSE(from_json<Inner>(broken, Reading::stored)) << broken;
    }
    Inner many{1, std::string(100001, 'a')};
    EXPECT_FALSE(from_json<Inner>(to_json(many), Reading::stored));
    std::vector<std::int64_t> list(list_entries_max + 1, 1);
    EXPECT_FALSE(from_json<std::vector<std::int64_t>>(to_json(list), Reading::stored));
    list.pop_back();
    EXPECT_TRUE(from_json<std::vector<std::int64_t>>(to_json(list), Reading::stored));
}

}  // namespace
}  // namespace hezhi
