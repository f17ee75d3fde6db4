// The months' seeds, by which orders are drawn for a spot check and for a call afterwards.
//
// A seed is promised when its month begins (crypto/promised_seed.h) and told when it is over. In
// between it stands sealed in the register, under the fact that began the month: so every process
// that has the keys draws alike, also after a restart, a new master key or a restore.
#pragma once

#include <map>
#include <optional>
#include <variant>

#include "facts/spot_check_facts.h"
#include "journal/figure.h"

namespace hezhi::store {
class Session;
}
namespace hezhi::people {
class Register;
}

namespace hezhi::orders {

// By the month's first instant.
struct SampleSeedState {
    std::int64_t id = 0;
    std::int64_t begun = 0;  // the fact that began it, the last if it was begun anew
    std::int64_t seed = 0;   // of a month that was begun in the open
    std::string commitment;  // of any other; empty while its seed is lost
    std::string revealed;    // the seed, once the month is over
    bool lost = false;       // a seed of it was
};
BOOST_DESCRIBE_STRUCT(SampleSeedState, (), (id, begun, seed, commitment, revealed, lost))

struct SampleSeedFigure {
    using State = SampleSeedState;
    static constexpr std::string_view name = "sample_seeds";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds() {
        return {SampleSeeded::kind, SampleRevealed::kind, SampleLost::kind};
    }
    static std::vector<std::string> indexes() { return {}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// The sealed seed, in the register of texts under `begun`.
inline constexpr std::string_view text_sample_seed = "sample_seed";

// 64 digits, or the number of a month that was begun in the open.
using SampleSeed = std::variant<std::int64_t, std::string>;
// 0–9999.
std::int32_t draw_of(const SampleSeed&, std::int64_t id);
inline bool is_drawn(const SampleSeed& seed, std::int64_t id, std::int32_t percent) {
    return draw_of(seed, id) < percent * 100;
}

// What the month is drawn by; none if its seed is lost, or is not the one that was promised.
std::optional<SampleSeed> seed_of(store::Session&, const people::Register&, const SampleSeedState&);
// Of all months, by their first instant.
std::map<std::int64_t, SampleSeed> sample_seeds(store::Session&, const people::Register&);

}  // namespace hezhi::orders
