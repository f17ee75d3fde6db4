// Whether a row of a figure's table says what a state says, without making a state of it: nearly
// every row that is verified does.
#pragma once

#include "base/json.h"
#include "journal/figure_table.h"

namespace hezhi::journal {

class RowCheck {
  public:
    explicit RowCheck(const FigureTable& table) : table_(table) {}
    // False also for a row that cannot be read; RowReader says then what is wrong.
    bool holds(const store::Row& row, const void* state);

  private:
    const FigureTable& table_;
    store::ColumnNames names_;  // of which `columns_` tell
    std::vector<int> columns_;  // by field
    JsonWriter json_;           // whose memory each list and record takes over
};

}  // namespace hezhi::journal
