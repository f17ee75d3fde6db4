// One SQL text becomes the engine's own.
//
//   :name          a parameter; one name may stand several times and is one parameter
//   {integer}      INTEGER on SQLite, BIGINT on PostgreSQL (both hold 64 bits)
//   {bytes}        BLOB, BYTEA
//   {strict}       STRICT, nothing: stands after the closing bracket of CREATE TABLE
//   {for_update}   nothing, FOR UPDATE: SQLite's writer holds the whole file already
//
// Colons and braces in literals, quoted names and comments are left alone, and so is `::`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/session.h"

namespace hezhi::store {

struct SqlText {
    std::string sql;                      // ?1 … or $1 …
    std::vector<std::string> parameters;  // parameters[0] is ?1 or $1
};

// An unknown placeholder, or an unclosed literal or comment, is an assertion.
SqlText rewrite(std::string_view sql, Engine engine);

// Placeholders only: for scripts, which have no parameters.
std::string expand(std::string_view sql, Engine engine);

}  // namespace hezhi::store
