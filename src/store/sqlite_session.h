// SQLite behind the face of Session. Private to this folder.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>

#include "store/database.h"
#include "store/standing_alone.h"
#include "store/statement_cache.h"

namespace hezhi::store {

struct CloseSqlite {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using SqliteHandle = std::unique_ptr<sqlite3, CloseSqlite>;

struct FinalizeSqlite {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using SqliteStatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeSqlite>;

struct SqliteStatement {
    SqliteStatementHandle handle;
    std::vector<std::string> parameters;
    ColumnNames names;
};

class SqliteSession final : public Session {
  public:
    SqliteSession(SqliteHandle handle, const Options& options);
    ~SqliteSession() override;

    void flush() override {}
    void begin() override;
    void begin_snapshot() override;
    void commit() override;
    void rollback() noexcept override;
    bool in_transaction() const override { return in_transaction_; }
    Engine engine() const override { return Engine::sqlite; }
    void script(std::string_view sql) override;
    bool has_table(std::string_view name) override;
    void prepare(const Query& query) override;

  private:
    void run_read(const Query& query, Params params, const OnRow& on_row) override;
    void run_write(const Query& query, Params params) override;
    std::int64_t run_write_counted(const Query& query, Params params) override;

    SqliteStatement& statement(const Query& query);
    void execute(const char* sql);
    void require_sound_transaction(std::string_view query);
    [[noreturn]] void fail(std::string_view query, int code, bool message_is_safe);

    const Options& options_;
    SqliteHandle handle_;
    StatementCache<SqliteStatement> statements_;
    bool in_transaction_ = false;
    // After an error nothing more is done until rollback(), as on PostgreSQL.
    bool failed_ = false;
    bool snapshot_ = false;
};

// `path` is a file or ":memory:".
std::unique_ptr<Database> open_sqlite(const std::string& path, Options options);
// Waits at most for `patience`.
std::unique_ptr<WritersLock> sqlite_writers_lock(const std::string& path,
                                                 std::chrono::milliseconds patience);

}  // namespace hezhi::store
