// What a rule pack decides about whom, as values that two packs can be compared by. Pure: from the
// folded figures and the pack alone.
//
// A mechanism that lands adds a row to mechanisms(); nothing else here knows it.
#pragma once

#include "facts/back_test_facts.h"
#include "journal/folded.h"

namespace hezhi::back_tests {

// The history as one pack judges it.
struct Judged {
    const journal::Folded& alike;  // figures of which only what no pack decides is asked
    const journal::Folded& own;    // figures that this pack decides

    const rules::Pack& pack() const { return own.pack(); }
};

// What became of one subject under a pack. Lives as long as the folds that it comes from.
struct Outcome {
    std::int64_t subject = 0;    // an id: of a person, a need, a record
    PersonId person;             // whom it is about; none if nobody is known
    std::string_view area_path;  // the fold's
    std::int32_t rank = 0;       // the worst is the lowest; of the band, or finer
    std::int32_t band = 0;       // its place among the bands
    std::int64_t value = 0;      // minutes, points; 0 where only the band counts
};

struct Outcomes {
    std::vector<std::string> bands;  // all that the pack knows, worst first
    std::vector<Outcome> all;        // every subject once
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
    // Figures that are folded once for both packs. The mechanism asks of them only what neither
    // pack decides (BackTests.FoldOnceWhatNoPackDecides).
    journal::Figures (*alike)();
    // Figures that are folded under either pack.
    journal::Figures (*own)();
    Outcomes (*outcomes)(const Judged&, const Period&);
    // What it is worth to a subject that the other pack does not know it.
    std::int32_t absent_rank = -1;
    bool finer_than_bands = false;  // ranks tell apart whom one band holds
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
std::int32_t band_of(const std::vector<std::int32_t>& firsts, std::int64_t number);

}  // namespace hezhi::back_tests
