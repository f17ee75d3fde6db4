#include "store/postgresql_row.h"

#include <charconv>

#include "base/assert.h"

namespace hezhi::store {

namespace {

// From the server's pg_type catalogue; these numbers never change.
constexpr Oid oid_bool = 16, oid_bytea = 17, oid_int8 = 20, oid_int2 = 21, oid_int4 = 23,
              oid_text = 25, oid_numeric = 1700;

int hex_digit(char c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

}  // namespace

Type type_of_oid(Oid oid) {
    switch (oid) {
        case oid_bool:
        case oid_int8:
        case oid_int2:
        case oid_int4:
        case oid_numeric:
            return Type::integer;  // sum() of a bigint is a numeric
        case oid_bytea:
            return Type::bytes;
        default:
            return Type::text;
    }
}

Oid oid_of(Type type) {
    switch (type) {
        case Type::integer:
            return oid_int8;
        case Type::text:
            return oid_text;
        case Type::bytes:
            return oid_bytea;
        case Type::unknown:
            return 0;
    }
    return 0;
}

bool PostgresqlRow::is_null(int column) const {
    HEZHI_ASSERT(column >= 0 && column < columns());
    return PQgetisnull(result_, row_, column) != 0;
}

std::string_view PostgresqlRow::raw(int column) const {
    return {PQgetvalue(result_, row_, column),
            static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

void PostgresqlRow::require(int column, Type wanted, const char* what) const {
    if (!is_null(column) && type_of_oid(PQftype(result_, column)) == wanted) return;
    auto message = "column " + (*names_)[static_cast<std::size_t>(column)] + " is not " + what;
    broken_invariant(message.c_str(), __FILE__, __LINE__);
}

std::int64_t PostgresqlRow::integer(int column) const {
    require(column, Type::integer, "an integer");
    std::string_view digits = raw(column);
    if (PQftype(result_, column) == oid_bool) return digits == "t";
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    HEZHI_ASSERT(error == std::errc() && end == digits.data() + digits.size() &&
                 "a numeric column that is not a 64-bit integer");
    return number;
}

std::string_view PostgresqlRow::text(int column) const {
    require(column, Type::text, "a text");
    return raw(column);
}

Bytes PostgresqlRow::bytes(int column) const {
    require(column, Type::bytes, "bytes");
    std::string_view hex = raw(column);
    HEZHI_ASSERT(hex.starts_with("\\x") && hex.size() % 2 == 0);
    Bytes out;
    out.reserve(hex.size() / 2 - 1);
    for (std::size_t i = 2; i < hex.size(); i += 2) {
        out.push_back(static_cast<std::uint8_t>(hex_digit(hex[i]) * 16 + hex_digit(hex[i + 1])));
    }
    return out;
}

Value PostgresqlRow::value(int column) const {
    if (is_null(column)) return nullptr;
    switch (type_of_oid(PQftype(result_, column))) {
        case Type::integer:
            return integer(column);
        case Type::bytes:
            return bytes(column);
        default:
            return std::string(raw(column));
    }
}

}  // namespace hezhi::store
