// The table of a figure: its columns are the fields of its State.
//
// A leaf field is a column of its own; lists and records are one TEXT column of canonical JSON. The
// table is never altered: its layout carries a hash, and rebuild.h makes a changed one anew beside
// the old.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "journal/figure.h"
#include "store/session.h"

namespace hezhi::journal {

// The SQL of one figure's table. Immutable; shared by all sessions.
class FigureTable {
  public:
    explicit FigureTable(const FigureDef& def);

    const FigureDef& def() const { return def_; }
    // Changes whenever columns, indexes or the step's revision change.
    const std::string& layout_hash() const { return layout_hash_; }

    void create(store::Session& db) const;
    void drop_if_exists(store::Session& db) const;

    // Null if there is no such row.
    std::shared_ptr<void> load(store::Session& db, const Key& key) const;
    void insert(store::Session& db, const void* state) const;
    void update(store::Session& db, const void* state) const;
    void remove(store::Session& db, const Key& key) const;
    // Every row, in no order, for read_key() and read_row().
    void each(store::Session& db, const std::function<void(const store::Row&)>& on_row) const;

    // A state from a row that holds all the figure's columns (in any order, possibly among others).
    // Throws BrokenInvariant naming the column that does not hold what its layout says.
    void read_row(const store::Row& row, void* state) const;

    Key read_key(const store::Row& row) const;

  private:
    std::vector<store::Param> params(const void* state) const;
    store::Param key_param(const Key& key) const;

    const FigureDef& def_;
    std::string columns_;  // "id, state, …"
    std::string create_sql_;
    std::string layout_hash_;
    std::string names_[5];  // of the queries below, for the slow-query log
    std::string select_sql_, insert_sql_, update_sql_, remove_sql_, each_sql_;
};

// Reads the rows of a query, one after the other: where each column stands is looked up at the
// first.
class RowReader {
  public:
    explicit RowReader(const FigureTable& table) : table_(table) {}
    // As FigureTable::read_row.
    void read(const store::Row& row, void* state);

  private:
    const FigureTable& table_;
    store::ColumnNames names_;  // of which `columns_` tell
    std::vector<int> columns_;  // by field
};

// The tables of all figures, by the kind of fact that touches them. Immutable.
class FigureTables {
  public:
    explicit FigureTables(const Figures& figures);

    const std::vector<std::unique_ptr<FigureTable>>& all() const { return tables_; }
    const std::vector<const FigureTable*>& touched_by(std::string_view kind) const;
    const FigureTable& of(const FigureDef& def) const;

  private:
    std::vector<std::unique_ptr<FigureTable>> tables_;
    std::map<std::string, std::vector<const FigureTable*>, std::less<>> by_kind_;
};

// Reads a State from a row of SELECT * (or all columns) of its table.
template <class F>
typename F::State read_state(const FigureTables& tables, const store::Row& row) {
    typename F::State state;
    tables.of(figure<F>()).read_row(row, &state);
    return state;
}

// The same of many rows.
template <class F>
class StateReader {
  public:
    explicit StateReader(const FigureTables& tables) : reader_(tables.of(figure<F>())) {}
    typename F::State operator()(const store::Row& row) {
        typename F::State state;
        reader_.read(row, &state);
        return state;
    }

  private:
    RowReader reader_;
};

// The States of all rows of such a query, in its order.
template <class F>
std::vector<typename F::State> states_of(store::Session& db, const FigureTables& tables,
                                         const store::Query& query, store::Params params) {
    std::vector<typename F::State> states;
    StateReader<F> read(tables);
    db.each(query, params, [&](const store::Row& row) { states.push_back(read(row)); });
    return states;
}

}  // namespace hezhi::journal
