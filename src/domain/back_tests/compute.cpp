#include "domain/back_tests/compute.h"

#include <algorithm>
#include <atomic>

namespace hezhi::back_tests {

journal::Figures back_test_figures(std::span<const Mechanism> compared) {
    journal::Figures all = grouping_figures();
    for (const auto& mechanism : compared) {
        for (const auto* def : mechanism.figures()) {
            if (std::ranges::find(all, def) == all.end()) all.push_back(def);
        }
    }
    return all;
}

std::vector<BackTestPart> compare_packs(journal::PackFold& before, journal::PackFold& after,
                                        const Period& period, std::span<const Mechanism> compared,
                                        int threads) {
    // What the threads of a fold hold is gathered before several ask for it.
    for (auto* fold : {&before, &after}) {
        for (const auto* def : fold->figures()) fold->rows(*def);
    }
    std::vector<BackTestPart> parts(compared.size());
    std::atomic<std::size_t> next = 0;
    journal::on_threads(static_cast<std::size_t>(threads), [&](std::size_t) {
        Grouping grouping(after);
        for (std::size_t i = next++; i < compared.size(); i = next++) {
            const Mechanism& mechanism = compared[i];
            parts[i] =
                compare(mechanism, mechanism.outcomes(before, period),
                        mechanism.outcomes(after, period), grouping, mechanism.bands(after.pack()));
        }
    });
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
    return BackTestFinished{*facts,
                            compare_packs(before, after, plan.period, mechanisms(), plan.threads)};
}

}  // namespace hezhi::back_tests
