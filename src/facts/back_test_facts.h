// Facts about back-tests (回测): the history under two rule packs, side by side. What was found is
// kept as it was found; no fact takes it back.
#pragma once

#include "facts/fact.h"

namespace hezhi {

using BackTestId = Id<struct BackTestTag>;

// Both texts are kept by their hash. Subject "back_test".
struct BackTestStarted {
    static constexpr std::string_view kind = "back_test.started";
    static constexpr int version = 1;
    std::string old_pack;  // "base 2026.1"
    std::string old_hash;  // SHA-256 of the canonical text, hex
    std::string new_pack;
    std::string new_hash;
    Instant from;               // what is compared begins not before
    Instant until;              // and before this instant; what was recorded later is not known
    std::int64_t position = 0;  // the journal's end that is read
};
BOOST_DESCRIBE_STRUCT(BackTestStarted, (),
                      (old_pack, old_hash, new_pack, new_hash, from, until, position))

// How many subjects stand in a band under each pack. Here and below, a number that is not there is
// hidden: it is of few, or would tell one that is.
struct BackTestBand {
    std::string band;
    std::optional<std::int64_t> before;
    std::optional<std::int64_t> after;
};
BOOST_DESCRIBE_STRUCT(BackTestBand, (), (band, before, after))

enum class GroupedBy { area, kind, age };
BOOST_DESCRIBE_ENUM(GroupedBy, area, kind, age)

// Of a hidden group nothing is said but that there is one.
struct BackTestGroup {
    GroupedBy by = GroupedBy::area;
    std::string group;  // an area's id, a kind of person, an age band
    bool hidden = false;
    std::int64_t subjects = 0;
    std::optional<std::int64_t> better;
    std::optional<std::int64_t> worse;
};
BOOST_DESCRIBE_STRUCT(BackTestGroup, (), (by, group, hidden, subjects, better, worse))

inline constexpr std::size_t back_test_groups_max = 5000;

// A list that may be longer than what people bring.
struct BackTestGroups : std::vector<BackTestGroup> {};
namespace shapes {
template <>
struct Make<BackTestGroups> {
    static Shape make() {
        Shape s = Make<std::vector<BackTestGroup>>::make();
        s.max = back_test_groups_max;
        return s;
    }
};
}  // namespace shapes

// One mechanism: who gains and who loses.
struct BackTestPart {
    std::string mechanism;
    std::optional<std::int64_t> subjects;
    std::optional<std::int64_t> better;
    std::optional<std::int64_t> worse;
    std::optional<std::int64_t> total_before;  // of the values; 0 where the mechanism has none
    std::optional<std::int64_t> total_after;
    std::vector<BackTestBand> bands;  // worst first
    BackTestGroups groups;
};
BOOST_DESCRIBE_STRUCT(BackTestPart, (),
                      (mechanism, subjects, better, worse, total_before, total_after, bands,
                       groups))

struct BackTestFinished {
    static constexpr std::string_view kind = "back_test.finished";
    static constexpr int version = 1;
    std::int64_t facts = 0;  // that were read
    std::vector<BackTestPart> parts;
    // Smaller numbers are hidden; not there in runs of which only small groups are.
    std::optional<std::int64_t> small_group;
};
BOOST_DESCRIBE_STRUCT(BackTestFinished, (), (facts, parts, small_group))

struct BackTestCancelled {
    static constexpr std::string_view kind = "back_test.cancelled";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(BackTestCancelled, (), ())

}  // namespace hezhi
