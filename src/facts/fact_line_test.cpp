// Lines from outside: a fault is named by its field.
#include "facts/fact_line.h"

#include <gtest/gtest.h>

namespace hezhi {
namespace {

constexpr const char* good_line =
    R"({"actor":7,"area":3,"area_path":"/1/3/","kind":"order.accepted","occurred_at":50,)"
    R"("payload":{"ends_at":200,"last_place":true,"starts_at":100},"permission":"order.accept",)"
    R"("position":20,"recorded_at":60,"subjects":{"order":15},"version":1,"via":"account"})";

std::string fault_of(std::string_view from, std::string_view to) {
    std::string line = good_line;
    line.replace(line.find(from), from.size(), to);
    auto read = read_fact_line(line);
    return read ? "none" : read.error().field + ": " + read.error().expected_en;
}

TEST(FactLine, AsExportedIsTheFact) {
    auto read = read_fact_line(good_line);
    ASSERT_TRUE(read.has_value()) << read.error().field;
    EXPECT_EQ(canonical_bytes(*read), good_line);
}

TEST(FactLine, NamesTheFieldThatIsWrong) {
    EXPECT_EQ(fault_of("\"via\":\"account\"}", ""), ": one JSON object");
    EXPECT_EQ(fault_of("order.accepted", "order.eaten"),
              "/kind: a kind of docs/reference/facts.md");
    EXPECT_EQ(fault_of("\"version\":1", "\"version\":9").substr(0, 10), "/version: ");
    EXPECT_EQ(fault_of("\"position\":20", "\"position\":\"x\""), "/position: a whole number");
    EXPECT_EQ(fault_of("\"recorded_at\":60,", ""), "/recorded_at: a whole number");
    EXPECT_EQ(fault_of("\"area\":3", "\"aera\":3"), "/aera: no such field");
    EXPECT_EQ(fault_of("\"order\":15", "\"order\":1.5"), "/subjects/order: an id");
    EXPECT_EQ(fault_of("\"account\"}", "\"ghost\"}").substr(0, 4), "/via");
}

TEST(FactLine, NamesTheFieldOfThePayload) {
    EXPECT_TRUE(
        fault_of("\"starts_at\":100", "\"starts_at\":\"now\"").starts_with("/payload/starts_at: "));
    EXPECT_TRUE(fault_of("\"last_place\":true,", "").starts_with("/payload/last_place: "));
    EXPECT_TRUE(fault_of("\"last_place\":true", "\"last_place\":true,\"why\":1")
                    .starts_with("/payload/why: "));
}

}  // namespace
}  // namespace hezhi
