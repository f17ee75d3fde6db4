#include "domain/back_tests/compute.h"

#include <algorithm>

namespace hezhi::back_tests {

journal::Figures back_test_figures() {
    journal::Figures all = grouping_figures();
    for (const auto& mechanism : mechanisms()) {
        for (const auto* def : mechanism.figures()) {
            if (std::ranges::find(all, def) == all.end()) all.push_back(def);
        }
    }
    return all;
}

std::vector<BackTestPart> compare_packs(journal::PackFold& before, journal::PackFold& after,
                                        const Period& period) {
    Grouping grouping(after);
    std::vector<BackTestPart> parts;
    for (const auto& mechanism : mechanisms()) {
        parts.push_back(compare(mechanism, mechanism.outcomes(before, period),
                                mechanism.outcomes(after, period), grouping,
                                mechanism.bands(after.pack())));
    }
    return parts;
}

std::optional<BackTestFinished> compute_back_test(store::Session& db, const BackTestPlan& plan,
                                                  const journal::FoldProgress& progress) {
    auto figures = back_test_figures();
    journal::PackFold before(figures, plan.old_pack, plan.threads);
    journal::PackFold after(figures, plan.new_pack, plan.threads);
    journal::PackFold* folds[] = {&before, &after};
    auto facts = journal::fold_journal(db, {plan.position, plan.period.until}, folds, plan.threads,
                                       progress);
    if (!facts) return std::nullopt;
    return BackTestFinished{*facts, compare_packs(before, after, plan.period)};
}

}  // namespace hezhi::back_tests
