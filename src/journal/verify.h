// hezhi verify: the journal is whole, its index of subjects agrees, and every figure is what its
// facts make it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "journal/difference.h"
#include "journal/fold.h"
#include "journal/seals.h"
#include "journal/turn.h"
#include "store/session.h"

namespace hezhi::journal {

struct Verified {
    std::int64_t facts = 0;
    std::int64_t rows = 0;
    Differences differences;                  // at most differences_max
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

// What must hold beside the rows, found in the same reading of the journal: it watches figures
// while they are folded, and says at the end what does not agree. For one run.
class Check {
  public:
    virtual ~Check() = default;
    // They live as long as the check.
    virtual Watches watches() = 0;
    virtual Differences differences() = 0;
};
using Checks = std::vector<std::unique_ptr<Check>>;

// Reads everything in one snapshot. `packs`: all that the journal has published. `progress` is
// called now and then with facts done and in all. `skip`: see Fold.
Verified verify(store::Session& db, const FigureTables& tables, const rules::PackHistory& packs,
                const std::function<void(std::int64_t, std::int64_t)>& progress = {},
                std::function<bool(const FigureDef&, const Fact&)> skip = {},
                const SealTrust& trust = {}, const Checks& checks = {});

}  // namespace hezhi::journal
