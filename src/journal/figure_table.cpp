#include "journal/figure_table.h"

#include <algorithm>

#include "base/json.h"
#include "crypto/digest.h"
#include "journal/row_columns.h"

namespace hezhi::journal {
namespace {

bool is_leaf(const Shape& shape) {
    return shape.form != Form::list && shape.form != Form::record;
}

const Shape& bare(const Shape& shape) {
    return shape.form == Form::optional ? *shape.element : shape;
}

std::string column_definition(const Field& field) {
    const Shape& shape = *field.shape;
    const Shape& inner = bare(shape);
    bool text = inner.form == Form::text || inner.form == Form::choice || !is_leaf(inner);
    // An empty text is kept as NULL, so only forms that always hold something are NOT NULL.
    bool required = shape.form != Form::optional && inner.form != Form::text;
    return std::string(field.name) + (text ? " TEXT" : " {integer}") +
           (required ? " NOT NULL" : "");
}

store::Param column_param(const Field& field, const void* member) {
    const Shape& shape = *field.shape;
    const void* value = shape.form == Form::optional ? shape.get_value(member) : member;
    const Shape& inner = bare(shape);
    bool integer = inner.form == Form::integer || inner.form == Form::boolean ||
                   inner.form == Form::instant || inner.form == Form::id;
    if (value == nullptr) {
        return integer ? store::Param(field.name, std::optional<std::int64_t>())
                       : store::Param(field.name, std::optional<std::string>());
    }
    if (integer) return {field.name, inner.get_integer(value)};
    if (inner.form == Form::text) {
        return {field.name, store::text_or_null(inner.get_text(value))};
    }
    if (inner.form == Form::choice) {
        return {field.name, inner.labels[static_cast<std::size_t>(inner.get_integer(value))]};
    }
    JsonWriter json;
    json.value(inner, value);
    return {field.name, json.take()};
}

[[noreturn]] void broken_column(const Field& field) {
    throw BrokenInvariant("the column " + std::string(field.name) +
                          " does not hold what its layout says");
}

void read_json_column(const Field& field, std::string_view text, void* out) {
    std::vector<FieldError> errors;
    if (!read_json(bare(*field.shape), text, out, Reading::stored, errors)) broken_column(field);
}

void read_column(const Field& field, const store::Row& row, int column, void* member) {
    const Shape& shape = *field.shape;
    const Shape& inner = bare(shape);
    if (row.is_null(column)) {
        if (shape.form == Form::optional) {
            shape.clear(member);
        } else {
            if (inner.form != Form::text) broken_column(field);
            inner.set_text(member, {});
        }
        return;
    }
    void* value = shape.form == Form::optional ? shape.emplace(member) : member;
    switch (inner.form) {
        case Form::text:
            inner.set_text(value, std::string(row.text(column)));
            return;
        case Form::choice: {
            auto label = std::ranges::find(inner.labels, row.text(column));
            if (label == inner.labels.end()) broken_column(field);
            inner.set_integer(value, label - inner.labels.begin());
            return;
        }
        case Form::list:
        case Form::record:
            read_json_column(field, row.text(column), value);
            return;
        default:
            inner.set_integer(value, row.integer(column));
            return;
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : std::string(separator)) + part;
    return out;
}

}  // namespace

FigureTable::FigureTable(const FigureDef& def) : def_(def) {
    std::string table = def.table();
    std::string key(def.key_field().name);
    std::vector<std::string> names, definitions, values, changes;
    for (const Field& field : def.state->fields) {
        std::string name(field.name);
        names.push_back(name);
        values.push_back(":" + name);
        definitions.push_back(name == key ? name + (bare(*field.shape).form == Form::text
                                                        ? " TEXT NOT NULL PRIMARY KEY"
                                                        : " {integer} NOT NULL PRIMARY KEY")
                                          : column_definition(field));
        if (name != key) changes.push_back(name + " = :" + name);
    }
    columns_ = join(names, ", ");
    create_sql_ = "CREATE TABLE " + table + " (" + join(definitions, ", ") + ") {strict};\n";
    int number = 0;
    for (const auto& index : def.indexes) {
        create_sql_ += "CREATE INDEX " + table + "_" + std::to_string(++number) + " ON " + table +
                       " (" + index + ");\n";
    }
    layout_hash_ =
        crypto::to_hex(crypto::sha256(create_sql_ + "revision " + std::to_string(def.revision)));
    select_sql_ = "SELECT " + columns_ + " FROM " + table + " WHERE " + key + " = :" + key;
    insert_sql_ =
        "INSERT INTO " + table + " (" + columns_ + ") VALUES (" + join(values, ", ") + ")";
    update_sql_ =
        "UPDATE " + table + " SET " + join(changes, ", ") + " WHERE " + key + " = :" + key;
    remove_sql_ = "DELETE FROM " + table + " WHERE " + key + " = :" + key;
    each_sql_ = "SELECT " + columns_ + " FROM " + table;
    const char* verbs[] = {".load", ".insert", ".update", ".remove", ".each"};
    for (int i = 0; i < 5; ++i) names_[i] = table + verbs[i];
}

void FigureTable::create(store::Session& db) const {
    db.script(create_sql_);
}

void FigureTable::drop_if_exists(store::Session& db) const {
    db.script("DROP TABLE IF EXISTS " + def_.table() + ";");
}

store::Param FigureTable::key_param(const Key& key) const {
    const Field& field = def_.key_field();
    if (field.shape->form == Form::text) return {field.name, key.text};
    return {field.name, key.number};
}

std::vector<store::Param> FigureTable::params(const void* state) const {
    std::vector<store::Param> out;
    out.reserve(def_.state->fields.size());
    for (const Field& field : def_.state->fields) {
        out.push_back(column_param(field, field_of(state, field)));
    }
    return out;
}

std::shared_ptr<void> FigureTable::load(store::Session& db, const Key& key) const {
    auto row = db.row({names_[0], select_sql_}, {key_param(key)});
    if (!row) return nullptr;
    auto state = def_.make_alone();
    read_row(*row, state.get());
    return state;
}

void FigureTable::insert(store::Session& db, const void* state) const {
    db.write({names_[1], insert_sql_}, params(state));
}

void FigureTable::update(store::Session& db, const void* state) const {
    db.write({names_[2], update_sql_}, params(state));
}

void FigureTable::remove(store::Session& db, const Key& key) const {
    db.write({names_[3], remove_sql_}, {key_param(key)});
}

void FigureTable::each(store::Session& db,
                       const std::function<void(const store::Row&)>& on_row) const {
    db.each({names_[4], each_sql_}, {}, on_row);
}

Key FigureTable::read_key(const store::Row& row) const {
    const Field& field = def_.key_field();
    if (field.shape->form == Form::text) return Key(std::string(row.text(field.name)));
    return Key(row.integer(field.name));
}

void FigureTable::read_row(const store::Row& row, void* state) const {
    const std::vector<std::string>& names = *row.names();
    for (std::size_t i = 0; i < def_.state->fields.size(); ++i) {
        const Field& field = def_.state->fields[i];
        // Our own SELECT lists the columns in order; a wider one is searched by name.
        bool in_order = i < names.size() && names[i] == field.name;
        int column = in_order ? static_cast<int>(i) : row.column(field.name);
        read_column(field, row, column, field_of(state, field));
    }
}

void RowReader::read(const store::Row& row, void* state) {
    const auto& fields = table_.def().state->fields;
    find_columns(table_, row, names_, columns_);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        read_column(fields[i], row, columns_[i], field_of(state, fields[i]));
    }
}

FigureTables::FigureTables(const Figures& figures) {
    for (const FigureDef* def : figures) {
        tables_.push_back(std::make_unique<FigureTable>(*def));
        for (auto kind : def->kinds) {
            by_kind_[std::string(kind)].push_back(tables_.back().get());
        }
    }
}

const std::vector<const FigureTable*>& FigureTables::touched_by(std::string_view kind) const {
    static const std::vector<const FigureTable*> none;
    auto found = by_kind_.find(kind);
    return found == by_kind_.end() ? none : found->second;
}

const FigureTable& FigureTables::of(const FigureDef& def) const {
    for (const auto& table : tables_) {
        if (&table->def() == &def) return *table;
    }
    throw BrokenInvariant("figure " + std::string(def.name) + " is not in the list of figures");
}

}  // namespace hezhi::journal
