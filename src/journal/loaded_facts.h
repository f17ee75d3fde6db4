// A history held in memory, laid out by the rows that its facts touch, so that it can be folded
// under one pack after another without reading it or looking for the rows again.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <span>

#include "journal/figure.h"

namespace hezhi::journal {

class LoadedFacts {
  public:
    // A row of a figure with its facts in order of position.
    struct Row {
        Key key;
        std::span<const Fact* const> facts;
    };

    explicit LoadedFacts(Figures figures);

    // In order of position over all calls, with their payloads parsed (FactKind::parse), of which
    // the text is let go. Kinds that no figure folds are left out.
    void add(std::vector<Fact> facts);
    // After the last add(): puts each figure's rows in order of their keys, and the facts behind
    // one another as the rows of the figure that most of them touch will ask for them.
    void lay();

    const Figures& figures() const { return figures_; }
    std::size_t size() const { return facts_.size(); }
    // Of one of figures(), once they are laid.
    std::span<const Row> rows(const FigureDef& def) const;

  private:
    using Touched = boost::unordered_flat_map<Key, std::vector<std::size_t>, KeyHash>;
    struct Laid {
        std::vector<const Fact*> facts;  // of one row after the other
        std::vector<Row> rows;
    };

    Figures figures_;
    FiguresByKind by_kind_;
    std::vector<Fact> facts_;
    std::vector<Touched> touched_;  // by figure, until they are laid
    std::vector<Laid> laid_;
};

}  // namespace hezhi::journal
