#include "journal/row_check.h"

#include "journal/row_columns.h"

namespace hezhi::journal {
namespace {

// The counterpart of how figure_table.cpp writes a column.
bool column_holds(const Field& field, const store::Row& row, int column, const void* member,
                  JsonWriter& json) {
    const Shape* shape = field.shape;
    const void* value = member;
    if (shape->form == Form::optional) {
        value = shape->get_value(member);
        shape = shape->element;
    }
    bool empty_text = value && shape->form == Form::text && shape->get_text(value).empty();
    if (!value || empty_text || row.is_null(column)) {
        return (!value || empty_text) && row.is_null(column);
    }
    switch (shape->form) {
        case Form::text:
            return row.text(column) == shape->get_text(value);
        case Form::choice:
            return row.text(column) ==
                   shape->labels[static_cast<std::size_t>(shape->get_integer(value))];
        case Form::list:
        case Form::record: {
            json.clear();
            json.value(*shape, value);
            return row.text(column) == json.str();
        }
        default:
            return row.integer(column) == shape->get_integer(value);
    }
}

}  // namespace

bool RowCheck::holds(const store::Row& row, const void* state) {
    const auto& fields = table_.def().state->fields;
    find_columns(table_, row, names_, columns_);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const void* member = field_of(state, fields[i]);
        if (!column_holds(fields[i], row, columns_[i], member, json_)) return false;
    }
    return true;
}

}  // namespace hezhi::journal
