// Connecting to PostgreSQL, finding out that a connection has died, and what the database must be.
#include <poll.h>

#include "base/assert.h"
#include "store/postgresql_error.h"
#include "store/postgresql_session.h"

namespace hezhi::store {

namespace {

// Between processes of one district on one network; a person is waiting for the answer.
constexpr const char* connect_timeout_seconds = "5";

void drop_notice(void*, const PGresult*) {}

class PostgresqlDatabase final : public Database {
  public:
    PostgresqlDatabase(const std::string& url, Options options)
        : url_(url), options_(std::move(options)) {
        PostgresqlSession(url_, options_, Access::read_only).check_database();
    }

    std::unique_ptr<Session> connect(Access access) override {
        return std::make_unique<PostgresqlSession>(url_, options_, access);
    }
    Engine engine() const override { return Engine::postgresql; }
    std::unique_ptr<SoleWriter> sole_writer(std::optional<AloneTimes> times) override {
        auto lock = [this] { return postgresql_writers_lock(*this); };
        if (!times) return std::make_unique<OneOfMany>(lock());
        return std::make_unique<StandingAlone>(lock, *times);
    }

  private:
    std::string url_;
    Options options_;
};

}  // namespace

std::unique_ptr<Database> open_postgresql(const std::string& url, Options options) {
    return std::make_unique<PostgresqlDatabase>(url, std::move(options));
}

PostgresqlSession::PostgresqlSession(std::string url, const Options& options, Access access)
    : url_(std::move(url)), options_(options), access_(access) {
    connect();
}

void PostgresqlSession::connect() {
    // The URL comes last, so that what it says wins over our defaults.
    const char* keys[] = {"connect_timeout", "application_name", "dbname", nullptr};
    const char* values[] = {connect_timeout_seconds, "hezhi", url_.c_str(), nullptr};
    in_flight_.clear();
    statements_.clear();
    connection_.reset(PQconnectdbParams(keys, values, 1));
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
        connection_lost_ = true;
        throw StoreError(StoreError::Kind::lost,
                         "Cannot connect to " + url_without_password(url_) + ": " +
                             PQerrorMessage(connection_.get()) +
                             "Check that PostgreSQL runs and that the URL is right.");
    }
    PQsetNoticeReceiver(connection_.get(), drop_notice, nullptr);
    connection_lost_ = false;
    set_up();
}

void PostgresqlSession::set_up() {
    std::string settings =
        "SET client_encoding = 'UTF8'; SET TIME ZONE 'UTC';"
        "SET standard_conforming_strings = on; SET bytea_output = 'hex';"
        "SET default_transaction_isolation = 'read committed';"
        "SET lock_timeout = " +
        std::to_string(options_.busy_timeout.count()) + ";";
    settings += options_.durable ? "SET synchronous_commit = on;" : "SET synchronous_commit = off;";
    if (access_ == Access::read_only) settings += "SET default_transaction_read_only = on;";
    ResultHandle result(PQexec(connection_.get(), settings.c_str()));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
        connection_lost_ = true;
        throw postgresql_error("connect", result.get());
    }
    PQenterPipelineMode(connection_.get());
}

void PostgresqlSession::require_connection(std::string_view query) {
    if (in_transaction_) {
        if (broken()) throw postgresql_lost(query);
        return;
    }
    if (broken() || connection_died()) connect();
}

// An idle connection has nothing to read unless the server has said good-bye or has gone.
bool PostgresqlSession::connection_died() {
    for (int tries = 0; tries < 3; ++tries) {
        pollfd socket{.fd = PQsocket(connection_.get()), .events = POLLIN, .revents = 0};
        if (poll(&socket, 1, 0) <= 0) return false;
        if (!PQconsumeInput(connection_.get())) return true;
        if (PQstatus(connection_.get()) == CONNECTION_BAD) return true;
    }
    return true;  // still talking without having been asked
}

// Asks for the order itself: its name is kept in different places by different servers.
void PostgresqlSession::check_database() {
    static constexpr Query query{
        "store.check_database",
        "SELECT current_setting('server_encoding') AS encoding,"
        " CASE WHEN 'B' < 'a' AND '张' < '王' THEN 1 ELSE 0 END AS ordered_by_bytes"};
    auto found = row(query);
    HEZHI_ASSERT(found);
    if (found->text("encoding") == "UTF8" && found->integer("ordered_by_bytes")) return;
    throw StoreError(
        StoreError::Kind::other,
        "The database " + url_without_password(url_) + " has the encoding " +
            std::string(found->text("encoding")) +
            (found->integer("ordered_by_bytes") ? "" : " and does not order text by its bytes") +
            "; Hezhi needs UTF8 and the collation C. Make one with: CREATE DATABASE hezhi "
            "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;");
}

}  // namespace hezhi::store
