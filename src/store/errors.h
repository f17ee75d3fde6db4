// What can go wrong with the database. Expected refusals are values; these are exceptions.
#pragma once

#include <stdexcept>
#include <string>

namespace hezhi::store {

struct StoreError : std::runtime_error {
    enum class Kind {
        unique,        // a unique index or primary key
        foreign_key,   // a reference to a row that is not there
        check,         // a CHECK, or a value of the wrong type
        not_null,      // NULL where the table forbids it
        busy,          // another process held a lock longer than the timeout, or the pool was empty
        lost,          // the connection or the disk failed; at a commit: the outcome is unknown
        full,          // no space left
        newer_schema,  // the database was written by a newer program, or is not migrated yet
        other,
    };

    // The message names the query and never holds a parameter's value: logs must not hold
    // personal data.
    StoreError(Kind error_kind, const std::string& message)
        : std::runtime_error(message), kind(error_kind) {}

    Kind kind;
};

// "unique", "foreign_key", …
const char* to_string(StoreError::Kind kind);

}  // namespace hezhi::store
