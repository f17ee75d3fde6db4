// hezhi verify: the journal is whole, its index of subjects agrees, and every figure is what its
// facts make it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "journal/fold.h"
#include "journal/seals.h"
#include "journal/turn.h"
#include "store/session.h"

namespace hezhi::journal {

// One thing that does not agree, with its place.
struct Difference {
    std::string place;  // "journal 15", "subjects of 15", "figure orders 12 state"
    std::string expected;
    std::string found;

    bool operator==(const Difference&) const = default;
};

struct Verified {
    std::int64_t facts = 0;
    std::int64_t rows = 0;
    std::vector<Difference> differences;      // at most differences_max
    bool more = false;                        // there are further ones
    std::int64_t blocks = 0;                  // of seals
    std::int64_t sealed_to = 0;               // position
    std::vector<std::string> unvouched_keys;  // that replaced a lost one
};

// What verify believes beside the database: keys of the seals, and heads that were exported.
struct SealTrust {
    std::vector<crypto::PublicKey> keys;
    std::vector<SignedHead> heads;
};

inline constexpr std::size_t differences_max = 100;

// Reads everything in one snapshot. `packs`: all that the journal has published. `progress` is
// called now and then with facts done and in all. `skip`: see Fold.
Verified verify(store::Session& db, const FigureTables& tables, const rules::PackHistory& packs,
                const std::function<void(std::int64_t, std::int64_t)>& progress = {},
                std::function<bool(const FigureDef&, const Fact&)> skip = {},
                const SealTrust& trust = {});

}  // namespace hezhi::journal
