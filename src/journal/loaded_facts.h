// A history held in memory, laid out by the rows that its facts touch, so that it can be folded
// under one pack after another without reading it or looking for the rows again.
#pragma once

#include <deque>
#include <span>
#include <unordered_map>

#include "journal/figure.h"

namespace hezhi::journal {

class LoadedFacts {
  public:
    // A row of a figure with its facts in order of position.
    struct Row {
        Key key;
        std::span<const Fact* const> facts;
    };

    explicit LoadedFacts(Figures figures) : figures_(std::move(figures)) {}

    // In order of position over all calls, with their payloads parsed (FactKind::parse). Kinds that
    // no figure folds are left out.
    void add(std::vector<Fact> facts);
    // After the last add(): puts each figure's rows in order of their keys.
    void lay();

    const Figures& figures() const { return figures_; }
    std::size_t size() const { return held_.size(); }
    // By the place of the figure in figures(); once they are laid.
    std::span<const Row> rows(std::size_t figure) const { return laid_[figure].rows; }

  private:
    struct KeyHash {
        std::size_t operator()(const Key& key) const {
            return std::hash<std::string>{}(key.text) ^
                   (static_cast<std::uint64_t>(key.number) * 0x9e3779b97f4a7c15);
        }
    };
    using Touched = std::unordered_map<Key, std::vector<const Fact*>, KeyHash>;
    struct Laid {
        std::vector<const Fact*> facts;  // of one row after the other
        std::vector<Row> rows;
    };

    Figures figures_;
    std::deque<Fact> held_;
    std::vector<Touched> touched_;  // by figure, until they are laid
    std::vector<Laid> laid_;
};

}  // namespace hezhi::journal
