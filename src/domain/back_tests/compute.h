// A back-test from the facts of the database: the whole history under two packs at once, beside the
// writer. Nothing is written.
#pragma once

#include <optional>

#include "domain/back_tests/compare.h"
#include "journal/fold_journal.h"

namespace hezhi::back_tests {

struct BackTestPlan {
    std::shared_ptr<const rules::Pack> old_pack;
    std::shared_ptr<const rules::Pack> new_pack;
    Period period;
    std::int64_t position = 0;  // the last fact that is read
    int threads = 1;
};

// nullopt if `progress` stopped it.
std::optional<BackTestFinished> compute_back_test(store::Session& db, const BackTestPlan& plan,
                                                  const journal::FoldProgress& progress);

// All that is needed for these mechanisms and for grouping, each figure once.
journal::Figures back_test_figures(std::span<const Mechanism> compared = mechanisms());
// The same from folds that hold the facts already; the mechanisms are dealt out to the threads.
std::vector<BackTestPart> compare_packs(journal::PackFold& before, journal::PackFold& after,
                                        const Period& period,
                                        std::span<const Mechanism> compared = mechanisms(),
                                        int threads = 1);

}  // namespace hezhi::back_tests
