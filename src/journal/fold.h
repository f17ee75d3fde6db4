// Folding the journal in memory: the same steps as live, without a table.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "journal/figure.h"
#include "rules/pack_history.h"

namespace hezhi::journal {

// The rows of one figure, by their keys.
using Rows = boost::unordered_flat_map<Key, std::shared_ptr<void>, KeyHash>;
// In order of their keys.
using SortedRows = std::vector<std::pair<Key, std::shared_ptr<void>>>;

// Told of each step of one figure, in order: with the row as the step left it, the fact, and the
// pack that the step saw.
struct Watch {
    const FigureDef* figure;
    std::function<void(const void* state, const Fact&, const rules::Pack&)> stepped;
};
using Watches = std::vector<Watch>;

template <class F, class Stepped>
Watch watch(Stepped told) {
    return {&figure<F>(), [told](const void* state, const Fact& fact, const rules::Pack& pack) {
                told(*static_cast<const typename F::State*>(state), fact, pack);
            }};
}

// Feed it facts in order of position. One thread.
class Fold {
  public:
    // `packs`: all that the journal has published. As in the writer's turns, each holds only for
    // the facts after the one that published it, whatever it says of its effect. `skip`, for tests
    // that prove the checks can fail: a fact for which it is true is not stepped. `watches` are of
    // some of the figures.
    Fold(const Figures& figures, rules::PackHistory packs,
         std::function<bool(const FigureDef&, const Fact&)> skip = {}, Watches watches = {});
    Fold(const Fold&) = delete;
    Fold& operator=(const Fold&) = delete;

    // Throws BrokenInvariant for a payload that cannot be read and a pack that is not among
    // `packs`.
    void add(const Fact& fact);
    // At the end: the rows of one figure, which the fold then no longer has.
    Rows take_rows(const FigureDef& def) { return std::exchange(rows_.at(&def), {}); }
    SortedRows take_sorted_rows(const FigureDef& def);

  private:
    struct Target {
        const FigureDef* def;
        Rows* rows;
        std::vector<const Watch*> watches;
    };

    void step_figures(const Fact& fact);
    void publish(const Fact& fact);

    std::map<const FigureDef*, Rows> rows_;
    boost::unordered_flat_map<KindName, std::vector<Target>, std::hash<KindName>> by_kind_;
    rules::PackHistory packs_;      // all that there are
    rules::PackHistory published_;  // up to the last fact that was added
    std::function<bool(const FigureDef&, const Fact&)> skip_;
    const Watches watches_;
};

}  // namespace hezhi::journal
