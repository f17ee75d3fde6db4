// Folding facts under one pack, whatever the journal has published: what the figures would be if
// that pack had always held. For evaluate and back-tests.
//
// Rows never look at each other, so the keys are dealt out to the threads; each row meets its facts
// in order, and the rows are the same on any number of threads.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <span>

#include "journal/folded.h"
#include "journal/loaded_facts.h"

namespace hezhi::journal {

inline constexpr int fold_threads_max = 64;

class PackFold {
  public:
    // `threads`: 1 to fold_threads_max.
    PackFold(Figures figures, std::shared_ptr<const rules::Pack> pack, int threads = 1);

    // In order of position over all calls. On more than one thread the payloads were parsed
    // (FactKind::parse). Throws BrokenInvariant for a payload that cannot be read; the fold is of
    // no use then.
    void add(std::span<const Fact> facts);

    const Figures& figures() const { return figures_; }
    // What was added so far; the fold begins anew.
    Folded take();

  private:
    // A row that a fact touches.
    struct Touch {
        std::size_t figure;
        std::size_t fact;
        Key key;
    };
    // What one thread holds: rows by figure.
    using Rows = boost::unordered_flat_map<Key, std::shared_ptr<void>, KeyHash>;
    using Share = std::vector<Rows>;

    void find_touches(std::span<const Fact> facts, std::size_t from, std::size_t to,
                      std::vector<std::vector<Touch>>& by_share) const;
    void step(Share& share, const Touch& touch, const Fact& fact) const;
    void add_alone(std::span<const Fact> facts);

    Figures figures_;
    std::shared_ptr<const rules::Pack> pack_;
    FiguresByKind by_kind_;
    std::vector<Share> shares_;
};

// A history that is held in memory, at once. `figures`: some of those that it was loaded for.
Folded fold_loaded(const LoadedFacts& loaded, Figures figures,
                   std::shared_ptr<const rules::Pack> pack, int threads = 1);

// Runs `work(i)` for i in 0 … count − 1 on a thread each, the last one here. What the first of them
// by number throws is thrown here after all have ended.
void on_threads(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace hezhi::journal
