#include "base/shape.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace hezhi {
namespace {

enum class Colour { green, red };
BOOST_DESCRIBE_ENUM(Colour, green, red)

struct Inner {
    std::int64_t zulu = 0;
    std::optional<std::int64_t> alpha;
    bool operator==(const Inner&) const = default;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (zulu, alpha))

struct Sample {
    Text<1, 4> name;
    Bounded<0, 10> count;
    Colour colour = Colour::green;
    bool open = false;
    Instant at;
    Id<struct SampleTag> id;
    std::vector<Inner> inners;
    std::optional<Text<0, 3>> note;
    bool operator==(const Sample&) const = default;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (name, count, colour, open, at, id, inners, note))

constexpr const char* full =
    R"({"at":5,"colour":"red","count":7,"id":9,"inners":[{"alpha":1,"zulu":2},{"zulu":3}],)"
    R"("name":"𬱖㐂·a","note":"x","open":true})";

TEST(Json, CanonicalBytesSurviveARoundTrip) {
    auto sample = from_json<Sample>(full);
    ASSERT_TRUE(sample);
    EXPECT_EQ(sample->colour, Colour::red);
    EXPECT_EQ(sample->inners.size(), 2u);
    EXPECT_EQ(to_json(*sample), full);
}

TEST(Json, EveryWrongFieldIsNamedWithWhatWasExpected) {
    auto sample = from_json<Sample>(
        R"({"at":-1,"colour":"blue","count":11,"id":9,"inners":{},"name":"12345","open":1,)"
        R"("odd":0})");
    ASSERT_FALSE(sample);
    std::vector<std::string> fields;
    for (const auto& error : sample.error().fields) {
        fields.push_back(error.field);
        EXPECT_FALSE(error.expected_zh.empty());
        EXPECT_FALSE(error.expected_en.empty());
    }
    EXPECT_EQ(fields, (std::vector<std::string>{"/name", "/count", "/colour", "/open", "/at",
                                                "/inners", "/odd"}));
}

TEST(Json, MissingFieldIsNamedAndAbsentOptionalIsFine) {
    auto inner = from_json<Inner>(R"({"alpha":null})");
    ASSERT_FALSE(inner);
    EXPECT_EQ(inner.error().fields.at(0).field, "/zulu");
}

TEST(Json, TextFromPeopleIsTrimmedAndControlCharactersAreRefused) {
    Text<1, 4> text;
    std::vector<FieldError> errors;
    EXPECT_TRUE(
        read_json(shape_of<Text<1, 4>>(), "\" \\u3000张三 \\n\"", &text, Reading::input, errors));
    EXPECT_EQ(text.value, "张三");
    EXPECT_FALSE(read_json(shape_of<Text<1, 4>>(), R"("a\u0000b")", &text, Reading::input, errors));
    errors.clear();
    EXPECT_FALSE(read_json(shape_of<Text<1, 4>>(), R"("   ")", &text, Reading::input, errors));
}

TEST(Json, DeepNestingAndBrokenTextAreRefused) {
    EXPECT_FALSE(from_json<Inner>(std::string(100, '[')));
    EXPECT_FALSE(from_json<Inner>(R"({"zulu":1.5})"));
    EXPECT_FALSE(from_json<Inner>(R"({"zulu":99999999999999999999})"));
    EXPECT_FALSE(from_json<Inner>("{\"zulu\":1} trailing"));
}

TEST(Json, QueryParametersAreReadByTheSameLimits) {
    Bounded<1, 100> limit;
    std::vector<FieldError> errors;
    EXPECT_TRUE(read_text_value(shape_of<Bounded<1, 100>>(), "50", &limit, "limit", errors));
    EXPECT_EQ(limit.value, 50);
    EXPECT_FALSE(read_text_value(shape_of<Bounded<1, 100>>(), "101", &limit, "limit", errors));
    EXPECT_EQ(errors.at(0).field, "/limit");
}

TEST(Shape, LabelsAreTheNamesInCode) {
    EXPECT_EQ(label_of(Colour::red), "red");
    EXPECT_EQ(from_label<Colour>("green"), Colour::green);
    EXPECT_FALSE(from_label<Colour>("blue"));
    EXPECT_EQ(shape_of<Sample>().name, "Sample");
}

}  // namespace
}  // namespace hezhi
