#include "journal/row_columns.h"

namespace hezhi::journal {

void find_columns(const FigureTable& table, const store::Row& row, store::ColumnNames& names,
                  std::vector<int>& columns) {
    if (row.names() == names) return;
    names = row.names();
    columns.clear();
    for (const Field& field : table.def().state->fields) columns.push_back(row.column(field.name));
}

}  // namespace hezhi::journal
