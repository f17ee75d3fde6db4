#include "store/tables.h"

#include <algorithm>

#include "base/assert.h"

namespace hezhi::store {
namespace {

// Names become part of a statement, so they may be nothing but names.
bool is_plain_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

}  // namespace

std::vector<std::string> table_names(Session& session) {
    static constexpr Query on_sqlite{"store.table_names",
                                     "SELECT name FROM sqlite_schema WHERE type = 'table' AND name "
                                     "NOT LIKE 'sqlite%' ORDER BY name"};
    static constexpr Query on_postgresql{"store.table_names",
                                         "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables"
                                         " WHERE schemaname = current_schema() ORDER BY tablename"};
    std::vector<std::string> names;
    session.each(session.engine() == Engine::sqlite ? on_sqlite : on_postgresql, {},
                 [&](const Row& row) { names.emplace_back(row.text("name")); });
    return names;
}

void each_row(Session& session, std::string_view table, const Session::OnRow& on_row) {
    HEZHI_ASSERT(is_plain_name(table));
    std::string sql = "SELECT * FROM " + std::string(table);
    session.each({"store.each_row", sql}, {}, on_row);
}

std::int64_t count_rows(Session& session, std::string_view table) {
    HEZHI_ASSERT(is_plain_name(table));
    std::string sql = "SELECT count(*) AS n FROM " + std::string(table);
    return session.row({"store.count_rows", sql})->integer("n");
}

RowInserter::RowInserter(Session& session, std::string_view table,
                         const std::vector<std::string>& columns)
    : session_(session), columns_(columns), name_("store.insert_row") {
    HEZHI_ASSERT(is_plain_name(table) && std::ranges::all_of(columns, is_plain_name));
    std::string names, values;
    for (const auto& column : columns) {
        names += (names.empty() ? "" : ", ") + column;
        values += (values.empty() ? ":" : ", :") + column;
    }
    sql_ = "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + values + ")";
}

void RowInserter::insert(const std::vector<Value>& row) {
    HEZHI_ASSERT(row.size() == columns_.size());
    std::vector<Param> params;
    for (std::size_t i = 0; i < row.size(); ++i) params.emplace_back(columns_[i], row[i]);
    session_.write({name_, sql_}, params);
}

RowUpdater::RowUpdater(Session& session, std::string_view table,
                       const std::vector<std::string>& keys,
                       const std::vector<std::string>& columns)
    : session_(session), names_(columns) {
    names_.insert(names_.end(), keys.begin(), keys.end());
    HEZHI_ASSERT(is_plain_name(table) && std::ranges::all_of(names_, is_plain_name));
    std::string changed, which;
    for (const auto& column : columns) {
        changed += (changed.empty() ? "" : ", ") + column + " = :" + column;
    }
    for (const auto& key : keys) which += (which.empty() ? "" : " AND ") + key + " = :" + key;
    sql_ = "UPDATE " + std::string(table) + " SET " + changed + " WHERE " + which;
}

void RowUpdater::update(const std::vector<Value>& row) {
    HEZHI_ASSERT(row.size() == names_.size());
    std::vector<Param> params;
    for (std::size_t i = 0; i < row.size(); ++i) params.emplace_back(names_[i], row[i]);
    HEZHI_ASSERT(session_.write_counted({"store.update_row", sql_}, params) == 1);
}

}  // namespace hezhi::store
