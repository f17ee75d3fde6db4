// PostgreSQL behind the face of Session, always in libpq's pipeline mode: writes queue up on the
// client and travel with the next read or commit. Private to this folder.
#pragma once

#include <libpq-fe.h>

#include <deque>
#include <memory>
#include <string>

#include "store/database.h"
#include "store/sql_text.h"
#include "store/standing_alone.h"
#include "store/statement_cache.h"

namespace hezhi::store {

struct FinishPostgresql {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using PostgresqlHandle = std::unique_ptr<PGconn, FinishPostgresql>;

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, ClearResult>;

struct PostgresqlStatement {
    SqlText text;
    std::string server_name;  // empty until the server was asked to prepare it
    std::vector<Type> types;  // as it was prepared
    ColumnNames names;
};

class PostgresqlSession final : public Session {
  public:
    PostgresqlSession(std::string url, const Options& options, Access access);
    ~PostgresqlSession() override = default;

    void flush() override;
    void begin() override;
    void begin_snapshot() override;
    void commit() override;
    void rollback() noexcept override;
    bool in_transaction() const override { return in_transaction_; }
    Engine engine() const override { return Engine::postgresql; }
    void script(std::string_view sql) override;
    bool has_table(std::string_view name) override;
    void prepare(const Query& query) override;
    bool broken() const override;

    // Throws StoreError unless the database's encoding and order are what Hezhi relies on.
    void check_database();

  private:
    // A command on its way, whose result has not been read.
    struct Sent {
        std::string name;  // of the query
        PostgresqlStatement* preparing = nullptr;
        // The result wanted by the caller of exchange(); others are only checked.
        bool wanted = false;
    };

    void run_read(const Query& query, Params params, const OnRow& on_row) override;
    void run_write(const Query& query, Params params) override;
    std::int64_t run_write_counted(const Query& query, Params params) override;

    void connect();
    void set_up();
    // Outside a transaction a dead connection is replaced; inside it is an error.
    void require_connection(std::string_view query);
    bool connection_died();

    PostgresqlStatement& statement(std::string_view sql);
    void forget_statements();
    void send_prepare(std::string_view name, PostgresqlStatement& statement, Params params);
    PostgresqlStatement& send(const Query& query, Params params, bool wanted);
    void send_command(const char* sql);
    void sent(int ok, Sent command);

    using OnResult = std::function<void(PGresult*)>;
    // Sends all that is queued, reads all results up to the sync point, gives those of the wanted
    // command to `on_result`, and throws the first error.
    void exchange(const OnResult& on_result = {});
    void read_results(const OnResult& on_result, std::exception_ptr& error);
    void judge(PGresult* result, Sent& command, const OnResult& on_result,
               std::exception_ptr& error);
    void command(const char* sql);
    void roll_back_failed() noexcept;

    const std::string url_;
    const Options& options_;
    const Access access_;
    PostgresqlHandle connection_;
    StatementCache<PostgresqlStatement> statements_;
    std::deque<Sent> in_flight_;
    std::uint64_t statements_made_ = 0;
    bool in_transaction_ = false;
    bool connection_lost_ = false;
};

std::unique_ptr<Database> open_postgresql(const std::string& url, Options options);
std::unique_ptr<WritersLock> postgresql_writers_lock(Database& database);

}  // namespace hezhi::store
