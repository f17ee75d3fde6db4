// What figures are made of the facts under one pack, whatever the journal has published: the rows
// of each, in order of their keys.
#pragma once

#include <memory>
#include <vector>

#include "journal/figure.h"

namespace hezhi::journal {

struct FoldedRow {
    Key key;
    std::shared_ptr<const void> state;
};

// Of one figure, in order of their keys.
using FoldedRows = std::vector<FoldedRow>;

class Folded {
  public:
    using Memory = std::vector<std::unique_ptr<std::pmr::memory_resource>>;

    // `rows`: by the place of the figure in `figures`. `memory`: in which their states stand.
    Folded(Figures figures, std::shared_ptr<const rules::Pack> pack, Memory memory,
           std::vector<FoldedRows> rows)
        : figures_(std::move(figures)),
          pack_(std::move(pack)),
          memory_(std::move(memory)),
          rows_(std::move(rows)) {}

    // Assigning would free the memory of rows that still stand in it.
    Folded(Folded&&) = default;
    Folded& operator=(Folded&&) = delete;

    const Figures& figures() const { return figures_; }
    const rules::Pack& pack() const { return *pack_; }
    // The figure is one of figures().
    const FoldedRows& rows(const FigureDef& def) const;

    // Every state of the figure F, in order of the keys.
    template <class F, class Use>
    void each(Use use) const {
        for (const FoldedRow& row : rows(figure<F>())) {
            use(*static_cast<const typename F::State*>(row.state.get()));
        }
    }

  private:
    Figures figures_;
    std::shared_ptr<const rules::Pack> pack_;
    Memory memory_;
    std::vector<FoldedRows> rows_;
};

}  // namespace hezhi::journal
