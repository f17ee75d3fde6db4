// What a rule pack decides about whom, as values that two packs can be compared by. Pure: from the
// folded figures and the pack alone.
//
// A mechanism that lands adds a row to mechanisms(); nothing else here knows it.
#pragma once

#include "facts/back_test_facts.h"
#include "journal/pack_fold.h"

namespace hezhi::back_tests {

// What became of one subject under a pack. Lives as long as the fold that it comes from.
struct Outcome {
    std::int64_t subject = 0;    // an id: of a person, a need, a record
    PersonId person;             // whom it is about; none if nobody is known
    std::string_view area_path;  // the fold's
    std::int32_t rank = 0;       // of the band, the worst is the lowest
    std::string band;
    std::int64_t value = 0;  // minutes, points; 0 where only the band counts
};

// What is compared: begun or done in [from, until), known before `until`.
struct Period {
    Instant from;
    Instant until;

    bool has(Instant at) const { return at >= from && at < until; }
};

struct Mechanism {
    std::string_view key;
    std::string_view zh, en;
    std::string_view subject_zh, subject_en;  // what is counted
    bool by_value = false;                    // a gain is a higher value, not only a better band
    journal::Figures (*figures)();
    // Every subject once.
    std::vector<Outcome> (*outcomes)(journal::PackFold&, const Period&);
    // All bands that the pack knows, worst first, so that those with nobody are shown as well.
    std::vector<std::string> (*bands)(const rules::Pack&);
};

std::span<const Mechanism> mechanisms();
const Mechanism* find_mechanism(std::string_view key);

// The words of a band that is the same in every pack; empty for those that are numbers.
struct BandWords {
    std::string_view band, zh, en;
};
std::span<const BandWords> band_words();

// "0", "1-9", "10-29", …, "300-" for the first numbers 1, 10, 30, …, 300.
std::vector<std::string> band_names(const std::vector<std::int32_t>& firsts);
std::size_t band_of(const std::vector<std::int32_t>& firsts, std::int64_t number);

}  // namespace hezhi::back_tests
