// Forward-only changes to the schema: migrations/NNNN_name.sql, one sequence, embedded by the build
// as store/migrations_list.h.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "store/session.h"

namespace hezhi::store {

struct Migration {
    int number;  // ascending; a gap is filled when what was begun earlier is finished later
    std::string_view name;
    std::string_view sql;
};

// What `migrate` would do, in order; changes nothing. Throws StoreError `newer_schema` if the
// database holds a migration that this program does not know, with what to do.
std::vector<Migration> pending_migrations(Session& session, std::span<const Migration> all);

// Applies what is pending, each in a transaction of its own with its line in schema_migrations.
// Returns what it applied. Two processes may do it at once: each migration happens once.
std::vector<Migration> migrate(Session& session, std::span<const Migration> all);

// For `serve`: throws StoreError `newer_schema` unless the schema is exactly this program's.
void require_migrated(Session& session, std::span<const Migration> all);

}  // namespace hezhi::store
