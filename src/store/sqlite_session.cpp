#include "store/sqlite_session.h"

#include <algorithm>

#include "base/assert.h"
#include "store/slow_watch.h"
#include "store/sql_text.h"

namespace hezhi::store {

namespace {

StoreError::Kind kind_of(int extended) {
    using Kind = StoreError::Kind;
    switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return Kind::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return Kind::foreign_key;
        case SQLITE_CONSTRAINT_NOTNULL:
            return Kind::not_null;
        default:
            break;
    }
    switch (extended & 0xff) {
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
            return Kind::check;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Kind::busy;
        case SQLITE_FULL:
            return Kind::full;
        // A failed sync may or may not have reached the disk.
        case SQLITE_IOERR:
            return Kind::lost;
        default:
            return Kind::other;
    }
}

// A statement that is not reset keeps its read transaction open: stale reads, and a WAL that
// cannot be checkpointed.
struct Reset {
    sqlite3_stmt* statement;
    explicit Reset(sqlite3_stmt* s) : statement(s) {}
    Reset(const Reset&) = delete;
    Reset& operator=(const Reset&) = delete;
    ~Reset() {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
};

class SqliteRow final : public Row {
  public:
    SqliteRow(sqlite3_stmt* statement, const ColumnNames& names)
        : statement_(statement), names_(names) {}

    using Row::bytes;
    using Row::integer;
    using Row::is_null;
    using Row::text;
    using Row::value;
    const ColumnNames& names() const override { return names_; }
    bool is_null(int column) const override { return type_of(at(column)) == SQLITE_NULL; }
    std::int64_t integer(int column) const override {
        return sqlite3_value_int64(required(column, SQLITE_INTEGER, "an integer"));
    }
    std::string_view text(int column) const override {
        sqlite3_value* value = required(column, SQLITE_TEXT, "a text");
        auto* data = reinterpret_cast<const char*>(sqlite3_value_text(value));
        return {data, size_of(value)};
    }
    Bytes bytes(int column) const override {
        sqlite3_value* value = required(column, SQLITE_BLOB, "bytes");
        auto* data = static_cast<const std::uint8_t*>(sqlite3_value_blob(value));
        return data ? Bytes(data, data + size_of(value)) : Bytes();
    }
    Value value(int column) const override {
        switch (type_of(at(column))) {
            case SQLITE_NULL:
                return nullptr;
            case SQLITE_INTEGER:
                return integer(column);
            case SQLITE_BLOB:
                return bytes(column);
            default:
                return std::string(text(column));
        }
    }

  private:
    // One look-up of the column for its type and its content. SQLite lets such a value be read
    // where no other thread uses the connection: every one is opened with NOMUTEX.
    sqlite3_value* at(int column) const {
        HEZHI_ASSERT(column >= 0 && column < columns());
        return sqlite3_column_value(statement_, column);
    }
    static int type_of(sqlite3_value* value) { return sqlite3_value_type(value); }
    static std::size_t size_of(sqlite3_value* value) {
        return static_cast<std::size_t>(sqlite3_value_bytes(value));
    }
    sqlite3_value* required(int column, int wanted, const char* what) const {
        sqlite3_value* value = at(column);
        if (type_of(value) == wanted) return value;
        auto message = "column " + (*names_)[static_cast<std::size_t>(column)] + " is not " + what;
        broken_invariant(message.c_str(), __FILE__, __LINE__);
    }

    sqlite3_stmt* statement_;
    const ColumnNames& names_;
};

int bind_one(sqlite3_stmt* statement, int index, const Value& value) {
    if (auto* number = std::get_if<std::int64_t>(&value)) {
        return sqlite3_bind_int64(statement, index, *number);
    }
    // SQLITE_STATIC: the parameters outlive the step, and Reset clears the bindings.
    if (auto* text = std::get_if<std::string>(&value)) {
        return sqlite3_bind_text64(statement, index, text->data(), text->size(), SQLITE_STATIC,
                                   SQLITE_UTF8);
    }
    if (auto* bytes = std::get_if<Bytes>(&value)) {
        // A null pointer would bind NULL instead of no bytes.
        return bytes->empty() ? sqlite3_bind_zeroblob(statement, index, 0)
                              : sqlite3_bind_blob64(statement, index, bytes->data(), bytes->size(),
                                                    SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement, index);
}

int bind_all(const Query& query, const SqliteStatement& statement, Params params) {
    auto misfit = [&](std::string_view name, const char* what) {
        auto message = std::string(query.name) + ": parameter " + std::string(name) + what;
        broken_invariant(message.c_str(), __FILE__, __LINE__);
    };
    for (const Param& param : params) {
        if (std::ranges::find(statement.parameters, param.name) == statement.parameters.end()) {
            misfit(param.name, " is not in the statement");
        }
    }
    int index = 0;
    for (const std::string& name : statement.parameters) {
        auto given = std::ranges::find(params, name, &Param::name);
        if (given == params.end()) misfit(name, " is not given");
        if (int rc = bind_one(statement.handle.get(), ++index, given->value)) return rc;
    }
    return SQLITE_OK;
}

ColumnNames read_names(sqlite3_stmt* statement) {
    std::vector<std::string> names;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        names.emplace_back(sqlite3_column_name(statement, i));
    }
    return std::make_shared<const std::vector<std::string>>(std::move(names));
}

}  // namespace

SqliteSession::SqliteSession(SqliteHandle handle, const Options& options)
    : options_(options), handle_(std::move(handle)) {}

SqliteSession::~SqliteSession() {
    rollback();
}

void SqliteSession::fail(std::string_view query, int code, bool message_is_safe) {
    if (in_transaction_) failed_ = true;
    // The message of a constraint names tables and columns. Others may quote a value.
    bool constraint = (code & 0xff) == SQLITE_CONSTRAINT;
    const char* why =
        message_is_safe || constraint ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
    throw StoreError(kind_of(code),
                     std::string(query) + ": " + why + " (SQLite " + std::to_string(code) + ")");
}

void SqliteSession::require_sound_transaction(std::string_view query) {
    if (!in_transaction_) return;
    // A full disk makes SQLite roll back by itself; what followed would commit one by one.
    if (!failed_ && !sqlite3_get_autocommit(handle_.get())) return;
    throw StoreError(StoreError::Kind::other,
                     std::string(query) + ": the transaction has failed and must be rolled back");
}

SqliteStatement& SqliteSession::statement(const Query& query) {
    if (SqliteStatement* known = statements_.find(query.sql)) return *known;
    if (statements_.full()) statements_.clear();
    SqlText text = rewrite(query.sql, Engine::sqlite);
    sqlite3_stmt* raw = nullptr;
    const char* rest = nullptr;
    int rc = sqlite3_prepare_v3(handle_.get(), text.sql.c_str(), static_cast<int>(text.sql.size()),
                                SQLITE_PREPARE_PERSISTENT, &raw, &rest);
    if (rc != SQLITE_OK) fail(query.name, rc, true);
    SqliteStatementHandle handle(raw);
    HEZHI_ASSERT(raw && std::string_view(rest).find_first_not_of(" \n\t;") == std::string::npos);
    ColumnNames names = read_names(raw);
    return statements_.add(query.sql, {.handle = std::move(handle),
                                       .parameters = std::move(text.parameters),
                                       .names = std::move(names)});
}

bool SqliteSession::has_table(std::string_view name) {
    static constexpr Query query{
        "store.has_table",
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = :name"};
    return row(query, {{"name", name}})->integer(0) > 0;
}

void SqliteSession::prepare(const Query& query) {
    statement(query);
}

void SqliteSession::run_read(const Query& query, Params params, const OnRow& on_row) {
    require_sound_transaction(query.name);
    SlowWatch watch(options_, query.name);
    SqliteStatement& found = statement(query);
    sqlite3_stmt* handle = found.handle.get();
    HEZHI_ASSERT(sqlite3_stmt_readonly(handle) && sqlite3_column_count(handle) > 0);
    Reset reset(handle);
    if (int rc = bind_all(query, found, params)) fail(query.name, rc, false);
    int rc = sqlite3_step(handle);
    // A changed schema may have prepared the statement again.
    if (std::ssize(*found.names) != sqlite3_column_count(handle)) found.names = read_names(handle);
    SqliteRow row(handle, found.names);
    for (; rc == SQLITE_ROW; rc = sqlite3_step(handle)) on_row(row);
    if (rc != SQLITE_DONE) fail(query.name, rc, false);
}

void SqliteSession::run_write(const Query& query, Params params) {
    HEZHI_ASSERT(!snapshot_);
    require_sound_transaction(query.name);
    SlowWatch watch(options_, query.name);
    SqliteStatement& found = statement(query);
    sqlite3_stmt* handle = found.handle.get();
    Reset reset(handle);
    if (int rc = bind_all(query, found, params)) fail(query.name, rc, false);
    int rc = sqlite3_step(handle);
    HEZHI_ASSERT(rc != SQLITE_ROW && "a write that returns rows");
    if (rc != SQLITE_DONE) fail(query.name, rc, false);
}

std::int64_t SqliteSession::run_write_counted(const Query& query, Params params) {
    run_write(query, params);
    return sqlite3_changes64(handle_.get());
}

void SqliteSession::execute(const char* sql) {
    int rc = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) fail(sql, rc, true);
}

void SqliteSession::script(std::string_view sql) {
    require_sound_transaction("script");
    std::string text = expand(sql, Engine::sqlite);
    int rc = sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) fail("script", rc, true);
}

void SqliteSession::begin() {
    HEZHI_ASSERT(!in_transaction_);
    execute("BEGIN IMMEDIATE");
    in_transaction_ = true;
}

void SqliteSession::begin_snapshot() {
    HEZHI_ASSERT(!in_transaction_);
    execute("BEGIN");
    in_transaction_ = true;
    snapshot_ = true;
    try {
        // SQLite takes its snapshot at the first read.
        execute("SELECT count(*) FROM sqlite_schema");
    } catch (...) {
        rollback();
        throw;
    }
}

void SqliteSession::commit() {
    HEZHI_ASSERT(in_transaction_);
    require_sound_transaction("commit");
    SlowWatch watch(options_, "commit");
    int rc = sqlite3_exec(handle_.get(), "COMMIT", nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) fail("commit", rc, false);
    in_transaction_ = snapshot_ = false;
}

void SqliteSession::rollback() noexcept {
    if (!sqlite3_get_autocommit(handle_.get())) {
        sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    in_transaction_ = snapshot_ = failed_ = false;
}

}  // namespace hezhi::store
