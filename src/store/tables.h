// A database's tables as they are, whatever migrations made them: for backup and restore.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "store/session.h"

namespace hezhi::store {

// In the order of their names, those of the engine left out.
std::vector<std::string> table_names(Session& session);

// Every row with all its columns. `table` must be a name that table_names() gave.
void each_row(Session& session, std::string_view table, const Session::OnRow& on_row);

std::int64_t count_rows(Session& session, std::string_view table);

// Adds rows to one table; the session and the names must outlive it.
class RowInserter {
  public:
    RowInserter(Session& session, std::string_view table, const std::vector<std::string>& columns);
    void insert(const std::vector<Value>& row);

  private:
    Session& session_;
    const std::vector<std::string>& columns_;
    std::string name_, sql_;
};

// Changes columns of rows of one table that are named by other columns.
class RowUpdater {
  public:
    RowUpdater(Session& session, std::string_view table, const std::vector<std::string>& keys,
               const std::vector<std::string>& columns);
    // `row`: the values of the columns, then those of the keys. Asserts that one row was changed.
    void update(const std::vector<Value>& row);

  private:
    Session& session_;
    std::vector<std::string> names_;
    std::string sql_;
};

}  // namespace hezhi::store
