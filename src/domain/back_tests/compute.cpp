#include "domain/back_tests/compute.h"

#include <algorithm>
#include <atomic>

#include "domain/back_tests/hide_small.h"

namespace hezhi::back_tests {
namespace {

void add_once(journal::Figures& all, const journal::Figures& more) {
    for (const auto* def : more) {
        if (std::ranges::find(all, def) == all.end()) all.push_back(def);
    }
}

// What is folded once for both packs, and what under either.
struct FiguresAsked {
    journal::Figures alike = grouping_figures();
    journal::Figures own;

    explicit FiguresAsked(std::span<const Mechanism> compared) {
        for (const auto& mechanism : compared) {
            add_once(alike, mechanism.alike());
            add_once(own, mechanism.own());
        }
    }
};

}  // namespace

journal::Figures back_test_figures(std::span<const Mechanism> compared) {
    FiguresAsked asked(compared);
    journal::Figures all = asked.alike;
    add_once(all, asked.own);
    return all;
}

std::vector<BackTestPart> compare_packs(const Judged& before, const Judged& after,
                                        const Question& question, int threads) {
    const auto& compared = question.compared;
    Grouping grouping(after.alike, after.pack());
    std::vector<BackTestPart> parts(compared.size());
    std::atomic<std::size_t> next = 0;
    journal::on_threads(static_cast<std::size_t>(threads), [&](std::size_t) {
        for (std::size_t i = next++; i < compared.size(); i = next++) {
            const Mechanism& mechanism = compared[i];
            parts[i] = compare(mechanism, mechanism.outcomes(before, question.period),
                               mechanism.outcomes(after, question.period), grouping);
        }
    });
    return parts;
}

std::vector<BackTestPart> compare_packs(const journal::LoadedFacts& loaded,
                                        const Question& question, int threads) {
    FiguresAsked asked(question.compared);
    auto fold = [&](const journal::Figures& figures, std::shared_ptr<const rules::Pack> pack) {
        return fold_loaded(loaded, figures, std::move(pack), threads);
    };
    journal::Folded alike = fold(asked.alike, question.new_pack),
                    old_own = fold(asked.own, question.old_pack),
                    new_own = fold(asked.own, question.new_pack);
    return compare_packs({alike, old_own}, {alike, new_own}, question, threads);
}

std::int64_t small_group_limit(const Question& question, const rules::Pack* in_force) {
    // A pack that a journal holds may say less.
    std::int64_t limit = rules::small_group_min;
    for (const rules::Pack* pack : {question.old_pack.get(), question.new_pack.get(), in_force}) {
        if (pack) limit = std::max<std::int64_t>(limit, pack->back_test.small_group);
    }
    return limit;
}

std::optional<BackTestFinished> compute_back_test(store::Session& db, const BackTestPlan& plan,
                                                  const journal::FoldProgress& progress) {
    const Question& question = plan.question;
    FiguresAsked asked(question.compared);
    journal::PackFold alike(asked.alike, question.new_pack, plan.threads),
        old_own(asked.own, question.old_pack, plan.threads),
        new_own(asked.own, question.new_pack, plan.threads);
    journal::PackFold* folds[] = {&alike, &old_own, &new_own};
    auto facts = journal::fold_journal(db, {plan.position, question.period.until}, folds,
                                       plan.threads, progress);
    if (!facts) return std::nullopt;
    journal::Folded both = alike.take(), by_old = old_own.take(), by_new = new_own.take();
    BackTestFinished found{*facts,
                           compare_packs({both, by_old}, {both, by_new}, question, plan.threads),
                           small_group_limit(question, plan.in_force)};
    for (BackTestPart& part : found.parts) hide_small(part, *found.small_group);
    return found;
}

}  // namespace hezhi::back_tests
