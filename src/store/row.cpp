#include "store/row.h"

#include "base/assert.h"

namespace hezhi::store {

int Row::column(std::string_view wanted) const {
    const std::vector<std::string>& all = *names();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i] == wanted) return static_cast<int>(i);
    }
    broken_invariant(("no column named " + std::string(wanted)).c_str(), __FILE__, __LINE__);
}

std::optional<std::int64_t> Row::integer_or_null(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

std::optional<std::string_view> Row::text_or_null(int column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
}

std::optional<Bytes> Row::bytes_or_null(int column) const {
    if (is_null(column)) return std::nullopt;
    return bytes(column);
}

OwnedRow::OwnedRow(ColumnNames names, std::vector<Value> values)
    : names_(std::move(names)), values_(std::move(values)) {
    HEZHI_ASSERT(names_->size() == values_.size());
}

const Value& OwnedRow::at(int column) const {
    HEZHI_ASSERT(column >= 0 && column < columns());
    return values_[static_cast<std::size_t>(column)];
}

template <class T>
const T& OwnedRow::held(int column, const char* wanted) const {
    if (auto* v = std::get_if<T>(&at(column))) return *v;
    auto what = "column " + (*names_)[static_cast<std::size_t>(column)] + " is not " + wanted;
    broken_invariant(what.c_str(), __FILE__, __LINE__);
}

bool OwnedRow::is_null(int column) const {
    return std::holds_alternative<std::nullptr_t>(at(column));
}

std::int64_t OwnedRow::integer(int column) const {
    return held<std::int64_t>(column, "an integer");
}

std::string_view OwnedRow::text(int column) const {
    return held<std::string>(column, "a text");
}

Bytes OwnedRow::bytes(int column) const {
    return held<Bytes>(column, "bytes");
}

}  // namespace hezhi::store
