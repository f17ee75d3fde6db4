// One row of a PGresult. Private to this folder.
#pragma once

#include <libpq-fe.h>

#include "store/row.h"
#include "store/value.h"

namespace hezhi::store {

// The type of a result column, by its OID.
Type type_of_oid(Oid oid);
// The OID to declare a parameter with; 0 leaves it to the server.
Oid oid_of(Type type);

class PostgresqlRow final : public Row {
  public:
    PostgresqlRow(const PGresult* result, int row, const ColumnNames& names)
        : result_(result), row_(row), names_(names) {}

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
    Value value(int column) const override;

  private:
    std::string_view raw(int column) const;
    void require(int column, Type wanted, const char* what) const;

    const PGresult* result_;
    int row_;
    const ColumnNames& names_;
};

}  // namespace hezhi::store
