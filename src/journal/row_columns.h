// Where the fields of a figure stand in the rows of a query.
#pragma once

#include "journal/figure_table.h"

namespace hezhi::journal {

// Finds them anew where `names`, of which `columns` tell, are not those of this row.
void find_columns(const FigureTable& table, const store::Row& row, store::ColumnNames& names,
                  std::vector<int>& columns);

}  // namespace hezhi::journal
