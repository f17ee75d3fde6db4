// One row of a result.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/value.h"

namespace hezhi::store {

// The names of a result's columns, shared by its rows.
using ColumnNames = std::shared_ptr<const std::vector<std::string>>;

// Columns are numbered from 0, or named as in the SELECT. Asking for a column that is not there,
// for the wrong type, or for NULL through a function without `_or` is an assertion.
class Row {
  public:
    virtual ~Row() = default;

    virtual const ColumnNames& names() const = 0;
    virtual bool is_null(int column) const = 0;
    // count(*), sum() and comparisons are integers on both engines, whatever the engine calls them.
    virtual std::int64_t integer(int column) const = 0;
    // Lives as long as the row.
    virtual std::string_view text(int column) const = 0;
    virtual Bytes bytes(int column) const = 0;
    virtual Value value(int column) const = 0;

    int columns() const { return static_cast<int>(names()->size()); }
    int column(std::string_view name) const;
    bool is_null(std::string_view name) const { return is_null(column(name)); }
    std::int64_t integer(std::string_view name) const { return integer(column(name)); }
    std::string_view text(std::string_view name) const { return text(column(name)); }
    Bytes bytes(std::string_view name) const { return bytes(column(name)); }
    Value value(std::string_view name) const { return value(column(name)); }

    std::optional<std::int64_t> integer_or_null(int column) const;
    std::optional<std::string_view> text_or_null(int column) const;
    std::optional<Bytes> bytes_or_null(int column) const;
    std::optional<std::int64_t> integer_or_null(std::string_view name) const {
        return integer_or_null(column(name));
    }
    std::optional<std::string_view> text_or_null(std::string_view name) const {
        return text_or_null(column(name));
    }
    std::optional<Bytes> bytes_or_null(std::string_view name) const {
        return bytes_or_null(column(name));
    }
    // NULL is read as the empty text: the way back from store::text_or_null.
    std::string_view text_or_empty(int column) const {
        return is_null(column) ? std::string_view() : text(column);
    }
    std::string_view text_or_empty(std::string_view name) const {
        return text_or_empty(column(name));
    }

    template <class IdType>
    IdType id(std::string_view name) const {
        return IdType(integer(name));
    }
    Instant instant(std::string_view name) const { return Instant{integer(name)}; }
};

// A row that keeps its values.
class OwnedRow final : public Row {
  public:
    OwnedRow(ColumnNames names, std::vector<Value> values);

    using Row::bytes;
    using Row::integer;
    using Row::is_null;
    using Row::text;
    using Row::value;
    const ColumnNames& names() const override { return names_; }
    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    Bytes bytes(int column) const override;
    Value value(int column) const override { return at(column); }

  private:
    const Value& at(int column) const;
    template <class T>
    const T& held(int column, const char* wanted) const;

    ColumnNames names_;
    std::vector<Value> values_;
};

}  // namespace hezhi::store
