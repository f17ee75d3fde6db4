// What a file of facts comes to: up to which day, and where it is wrong.
#include "journal/evaluate.h"

#include <gtest/gtest.h>

#include <sstream>

#include "facts/person_facts.h"

namespace hezhi::journal {
namespace {

// One fact a line, the first `early` of them recorded on the first day, the others on the second.
std::string facts_of_two_days(std::int64_t early, std::int64_t late) {
    std::string lines;
    Instant first = start_of(*parse_day("2026-03-05")), second = first + std::chrono::hours(24);
    for (std::int64_t position = 1; position <= early + late; ++position) {
        FactDraft made = draft(PersonMoved{}, Actor{}, {}, {{"person", 1}}, first);
        Fact fact;
        fact.position = position;
        fact.recorded_at = position <= early ? first : second;
        fact.occurred_at = made.occurred_at;
        fact.kind = KindName(made.kind);
        fact.version = made.version;
        fact.subjects = made.subjects;
        fact.payload = made.payload;
        lines += canonical_bytes(fact) + "\n";
    }
    return lines;
}

std::expected<std::string, LineFault> evaluated(const std::string& lines, const char* at) {
    std::istringstream in(lines);
    std::ostringstream out;
    EvaluateSettings settings;
    if (at) settings.at = parse_day(at);
    auto done = evaluate(in, {}, std::make_shared<rules::Pack>(), settings, out);
    if (!done) return std::unexpected(done.error());
    return out.str();
}

TEST(Evaluate, CountsTheFactsUpToTheDayAlsoOfAFileThatIsReadInPieces) {
    std::string lines = facts_of_two_days(10, 40'000);
    auto early = evaluated(lines, "2026-03-05");
    ASSERT_TRUE(early.has_value()) << "line " << early.error().line;
    EXPECT_NE(early->find("\"facts\":10,"), std::string::npos);
    EXPECT_NE(evaluated(lines, nullptr)->find("\"facts\":40010,"), std::string::npos);
}

TEST(Evaluate, NamesTheLineThatDoesNotFollow) {
    std::string lines = facts_of_two_days(3, 0) + facts_of_two_days(1, 0);
    EXPECT_EQ(evaluated(lines, nullptr).error().line, 4);
    EXPECT_EQ(evaluated(lines, nullptr).error().fault.field, "/position");
}

}  // namespace
}  // namespace hezhi::journal
