#include "store/postgresql_error.h"

namespace hezhi::store {

namespace {

StoreError::Kind kind_of(std::string_view state) {
    using Kind = StoreError::Kind;
    struct Entry {
        std::string_view prefix;
        Kind kind;
    };
    // SQLSTATE codes, or their classes; the first that fits.
    static constexpr Entry table[] = {
        {"23505", Kind::unique}, {"23503", Kind::foreign_key}, {"23502", Kind::not_null},
        {"23", Kind::check},     {"22", Kind::check},          {"53100", Kind::full},
        {"53300", Kind::busy},   {"55P03", Kind::busy},        {"40001", Kind::busy},
        {"40P01", Kind::busy},   {"57014", Kind::busy},        {"08", Kind::lost},
        {"57P", Kind::lost},
    };
    for (const Entry& entry : table) {
        if (state.starts_with(entry.prefix)) return entry.kind;
    }
    return Kind::other;
}

// The messages of these classes never quote a parameter's value; those of others may.
bool message_is_safe(std::string_view state) {
    for (std::string_view known : {"08", "25", "28", "3D", "40", "42", "53", "55", "57"}) {
        if (state.starts_with(known)) return true;
    }
    return false;
}

std::string_view field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text ? text : "";
}

}  // namespace

StoreError postgresql_error(std::string_view query, const PGresult* result) {
    std::string_view state = field(result, PG_DIAG_SQLSTATE);
    if (state.empty()) return postgresql_lost(query);  // libpq's own errors have no code
    auto kind = kind_of(state);
    std::string message = std::string(query) + ": ";
    message += message_is_safe(state) ? field(result, PG_DIAG_MESSAGE_PRIMARY) : to_string(kind);
    if (auto name = field(result, PG_DIAG_CONSTRAINT_NAME); !name.empty()) {
        message += " " + std::string(name);
    } else if (auto column = field(result, PG_DIAG_COLUMN_NAME); !column.empty()) {
        message += " " + std::string(field(result, PG_DIAG_TABLE_NAME)) + "." + std::string(column);
    }
    return StoreError(kind, message + " (SQLSTATE " + std::string(state) + ")");
}

StoreError postgresql_lost(std::string_view query) {
    return StoreError(StoreError::Kind::lost,
                      std::string(query) + ": the connection to PostgreSQL was lost");
}

}  // namespace hezhi::store
