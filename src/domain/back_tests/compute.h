// A back-test from the facts of the database: the whole history under two packs at once, beside the
// writer. Nothing is written.
#pragma once

#include <optional>

#include "domain/back_tests/compare.h"
#include "journal/fold_journal.h"

namespace hezhi::back_tests {

// What is judged, by which packs.
struct Question {
    std::shared_ptr<const rules::Pack> old_pack;
    std::shared_ptr<const rules::Pack> new_pack;
    Period period;
    std::span<const Mechanism> compared = mechanisms();
};

struct BackTestPlan {
    Question question;
    std::int64_t position = 0;              // the last fact that is read
    const rules::Pack* in_force = nullptr;  // null before a first pack is
    int threads = 1;
};

// Below it a number is hidden: the highest limit of the two packs that are compared and the one in
// force, so that no draft that is tried tells what the place hides; `small_group_min` at least.
std::int64_t small_group_limit(const Question& question, const rules::Pack* in_force);
// What may be told: small numbers are hidden (hide_small). nullopt if `progress` stopped it.
std::optional<BackTestFinished> compute_back_test(store::Session& db, const BackTestPlan& plan,
                                                  const journal::FoldProgress& progress);

// All that these mechanisms and grouping need, each figure once.
journal::Figures back_test_figures(std::span<const Mechanism> compared = mechanisms());
// From a history that is held in memory; `loaded` was laid for these figures. With every number,
// for comparing and tests: nothing of it is kept or shown.
std::vector<BackTestPart> compare_packs(const journal::LoadedFacts& loaded,
                                        const Question& question, int threads);
// The same from folds that are there already; the mechanisms are dealt out to the threads.
std::vector<BackTestPart> compare_packs(const Judged& before, const Judged& after,
                                        const Question& question, int threads = 1);

}  // namespace hezhi::back_tests
