// The facts of the database fed to folds under several packs at once, in pieces, beside the writer.
#pragma once

#include "journal/pack_fold.h"
#include "store/session.h"

namespace hezhi::journal {

struct JournalPart {
    std::int64_t until_position = 0;  // the last fact that is read
    Instant recorded_before;          // facts recorded at this instant or later are left out
};

// Facts read so far and facts there are; false stops it.
using FoldProgress = std::function<bool(std::int64_t done, std::int64_t all)>;

// Only facts that a fold's figures are made of are parsed. The journal only grows, so no snapshot
// is held. Returns how many facts were read; nullopt if it was stopped. Throws BrokenInvariant for
// a fact that cannot be read.
std::optional<std::int64_t> fold_journal(store::Session& db, const JournalPart& part,
                                         std::span<PackFold* const> folds, int threads,
                                         const FoldProgress& progress);

}  // namespace hezhi::journal
