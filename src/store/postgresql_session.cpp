#include "store/postgresql_session.h"

#include <algorithm>
#include <charconv>

#include "base/assert.h"
#include "store/postgresql_error.h"
#include "store/postgresql_row.h"
#include "store/slow_watch.h"

namespace hezhi::store {

namespace {

// The server answers each queued command with some 60 bytes. It must never block on answers that
// we do not read yet, because then neither side would go on.
constexpr std::size_t in_flight_max = 400;

// One command's parameters as libpq takes them. Borrows from the Params.
struct Arguments {
    std::vector<std::string> digits;
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;

    void add(const Value& value) {
        static constexpr char no_bytes = 0;
        const char* data = nullptr;
        std::size_t length = 0;
        bool binary = false;
        if (auto* number = std::get_if<std::int64_t>(&value)) {
            data = digits.emplace_back(std::to_string(*number)).c_str();
        } else if (auto* text = std::get_if<std::string>(&value)) {
            data = text->c_str();
        } else if (auto* bytes = std::get_if<Bytes>(&value)) {
            data = bytes->empty() ? &no_bytes : reinterpret_cast<const char*>(bytes->data());
            length = bytes->size();
            binary = true;
        }
        values.push_back(data);
        lengths.push_back(static_cast<int>(length));
        formats.push_back(binary);
    }
};

const Param& given(std::string_view query, Params params, const std::string& name) {
    auto found = std::ranges::find(params, name, &Param::name);
    if (found != params.end()) return *found;
    auto message = std::string(query) + ": parameter " + name + " is not given";
    broken_invariant(message.c_str(), __FILE__, __LINE__);
}

void require_all_used(std::string_view query, const SqlText& text, Params params) {
    for (const Param& param : params) {
        if (std::ranges::find(text.parameters, param.name) != text.parameters.end()) continue;
        auto message = std::string(query) + ": parameter " + std::string(param.name) +
                       " is not in the statement";
        broken_invariant(message.c_str(), __FILE__, __LINE__);
    }
}

Type type_of_param(const Param& param) {
    switch (param.value.index()) {
        case 1:
            return Type::integer;
        case 2:
            return Type::text;
        case 3:
            return Type::bytes;
        default:
            return param.type;
    }
}

void keep_column_names(PostgresqlStatement& statement, const PGresult* result) {
    if (statement.names && std::ssize(*statement.names) == PQnfields(result)) return;
    std::vector<std::string> names;
    for (int i = 0; i < PQnfields(result); ++i) names.emplace_back(PQfname(result, i));
    statement.names = std::make_shared<const std::vector<std::string>>(std::move(names));
}

}  // namespace

// --- Statements

PostgresqlStatement& PostgresqlSession::statement(std::string_view sql) {
    if (PostgresqlStatement* known = statements_.find(sql)) return *known;
    if (statements_.full()) forget_statements();
    SqlText text = rewrite(sql, Engine::postgresql);
    std::vector<Type> types(text.parameters.size(), Type::unknown);
    return statements_.add(sql, {.text = std::move(text), .types = std::move(types)});
}

void PostgresqlSession::forget_statements() {
    send_command("DEALLOCATE ALL");
    exchange();
    statements_.clear();
}

// A statement is prepared with the types of its first call. If a parameter was a NULL without a
// type then, or has another type now, it is prepared once more with what is known by now.
void PostgresqlSession::send_prepare(std::string_view name, PostgresqlStatement& statement,
                                     Params params) {
    std::vector<Type> types = statement.types;
    for (std::size_t i = 0; i < types.size(); ++i) {
        Type type = type_of_param(given(name, params, statement.text.parameters[i]));
        if (type != Type::unknown) types[i] = type;
    }
    if (!statement.server_name.empty() && types == statement.types) return;
    statement.types = std::move(types);
    statement.server_name = "s" + std::to_string(++statements_made_);
    std::vector<Oid> oids;
    for (Type type : statement.types) oids.push_back(oid_of(type));
    int ok = PQsendPrepare(connection_.get(), statement.server_name.c_str(),
                           statement.text.sql.c_str(), static_cast<int>(oids.size()), oids.data());
    sent(ok, {.name = std::string(name), .preparing = &statement});
}

PostgresqlStatement& PostgresqlSession::send(const Query& query, Params params, bool wanted) {
    PostgresqlStatement& found = statement(query.sql);
    require_all_used(query.name, found.text, params);
    send_prepare(query.name, found, params);
    Arguments arguments;
    arguments.digits.reserve(found.types.size());  // c_str() must stay where it is
    for (const std::string& name : found.text.parameters) {
        arguments.add(given(query.name, params, name).value);
    }
    int ok = PQsendQueryPrepared(connection_.get(), found.server_name.c_str(),
                                 static_cast<int>(arguments.values.size()), arguments.values.data(),
                                 arguments.lengths.data(), arguments.formats.data(), 0);
    sent(ok, {.name = std::string(query.name), .wanted = wanted});
    return found;
}

void PostgresqlSession::send_command(const char* sql) {
    int ok = PQsendQueryParams(connection_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 0);
    sent(ok, {.name = sql});
}

void PostgresqlSession::sent(int ok, Sent sent_command) {
    if (ok) {
        in_flight_.push_back(std::move(sent_command));
        return;
    }
    if (sent_command.preparing) sent_command.preparing->server_name.clear();
    if (PQstatus(connection_.get()) == CONNECTION_BAD) {
        connection_lost_ = true;
        throw postgresql_lost(sent_command.name);
    }
    throw StoreError(StoreError::Kind::other, sent_command.name + ": could not be sent");
}

// --- Exchange

void PostgresqlSession::flush() {
    if (!in_flight_.empty()) exchange();
}

void PostgresqlSession::exchange(const OnResult& on_result) {
    std::exception_ptr error;
    // A failed send shows as a lost connection when the results are read.
    PQpipelineSync(connection_.get());
    read_results(on_result, error);
    if (PQstatus(connection_.get()) == CONNECTION_BAD) connection_lost_ = true;
    in_flight_.clear();
    if (error) std::rethrow_exception(error);
}

void PostgresqlSession::read_results(const OnResult& on_result, std::exception_ptr& error) {
    PGconn* connection = connection_.get();
    auto lost = [&](std::string_view name) {
        if (!error) error = std::make_exception_ptr(postgresql_lost(name));
    };
    for (Sent& command : in_flight_) {
        if (command.wanted) PQsetSingleRowMode(connection);
        while (ResultHandle result{PQgetResult(connection)}) {
            judge(result.get(), command, on_result, error);
            if (PQstatus(connection) == CONNECTION_BAD) return lost(command.name);
        }
        if (PQstatus(connection) == CONNECTION_BAD) return lost(command.name);
    }
    ResultHandle sync(PQgetResult(connection));
    if (!sync || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) {
        connection_lost_ = true;
        lost("sync");
    }
}

void PostgresqlSession::judge(PGresult* result, Sent& command, const OnResult& on_result,
                              std::exception_ptr& error) {
    ExecStatusType status = PQresultStatus(result);
    bool good =
        status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
    // What did not reach the server has to be prepared again.
    if (!good && command.preparing) command.preparing->server_name.clear();
    if (error) return;
    if (!good) {
        auto reported = postgresql_error(command.name, result);
        if (reported.kind == StoreError::Kind::lost) connection_lost_ = true;
        error = std::make_exception_ptr(reported);
        return;
    }
    if (!command.wanted || !on_result) return;
    try {
        on_result(result);
    } catch (...) {
        error = std::current_exception();  // the rest is read and dropped
    }
}

void PostgresqlSession::run_read(const Query& query, Params params, const OnRow& on_row) {
    require_connection(query.name);
    SlowWatch watch(options_, query.name);
    PostgresqlStatement& sent_statement = send(query, params, true);
    exchange([&](PGresult* result) {
        HEZHI_ASSERT(PQresultStatus(result) != PGRES_COMMAND_OK && "a read without columns");
        keep_column_names(sent_statement, result);
        for (int i = 0; i < PQntuples(result); ++i) {
            on_row(PostgresqlRow(result, i, sent_statement.names));
        }
    });
}

void PostgresqlSession::run_write(const Query& query, Params params) {
    require_connection(query.name);
    send(query, params, false);
    if (in_transaction_ && in_flight_.size() < in_flight_max) return;
    SlowWatch watch(options_, query.name);
    exchange();
}

std::int64_t PostgresqlSession::run_write_counted(const Query& query, Params params) {
    require_connection(query.name);
    SlowWatch watch(options_, query.name);
    send(query, params, true);
    std::int64_t changed = 0;
    exchange([&](PGresult* result) {
        std::string_view digits = PQcmdTuples(result);
        std::from_chars(digits.data(), digits.data() + digits.size(), changed);
    });
    return changed;
}

// --- Transactions

void PostgresqlSession::command(const char* sql) {
    send_command(sql);
    exchange();
}

void PostgresqlSession::begin() {
    HEZHI_ASSERT(!in_transaction_);
    require_connection("begin");
    send_command("BEGIN");  // travels with the first statement
    in_transaction_ = true;
}

void PostgresqlSession::begin_snapshot() {
    HEZHI_ASSERT(!in_transaction_);
    require_connection("begin");
    in_transaction_ = true;
    try {
        send_command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        command("SELECT 1");  // the server takes its snapshot at the first query
    } catch (...) {
        rollback();
        throw;
    }
}

void PostgresqlSession::commit() {
    HEZHI_ASSERT(in_transaction_);
    if (broken()) {
        throw StoreError(StoreError::Kind::other,
                         "commit: the connection was lost before; nothing was committed");
    }
    SlowWatch watch(options_, "commit");
    send_command("COMMIT");
    in_flight_.back().wanted = true;
    exchange([](PGresult* result) {
        // The server answers the COMMIT of a failed transaction so, without an error.
        if (std::string_view(PQcmdStatus(result)) != "ROLLBACK") return;
        throw StoreError(StoreError::Kind::other,
                         "commit: the transaction had failed and was rolled back");
    });
    in_transaction_ = false;
}

void PostgresqlSession::rollback() noexcept {
    try {
        // An error in the queue skips the first ROLLBACK with all that follows it.
        if (in_transaction_ && !broken()) command("ROLLBACK");
    } catch (...) {
        roll_back_failed();
    }
    in_flight_.clear();
    in_transaction_ = false;
}

void PostgresqlSession::roll_back_failed() noexcept {
    try {
        bool open = PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
        if (open && !broken()) command("ROLLBACK");
    } catch (...) {
        connection_lost_ = true;  // connecting again ends the transaction too
    }
}

// --- Else

void PostgresqlSession::script(std::string_view sql) {
    require_connection("script");
    flush();
    std::string text = expand(sql, Engine::postgresql);
    PQexitPipelineMode(connection_.get());
    ResultHandle result(PQexec(connection_.get(), text.c_str()));
    PQenterPipelineMode(connection_.get());
    ExecStatusType status = PQresultStatus(result.get());
    if (PQstatus(connection_.get()) == CONNECTION_BAD) connection_lost_ = true;
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) {
        return;
    }
    throw postgresql_error("script", result.get());
}

bool PostgresqlSession::has_table(std::string_view name) {
    static constexpr Query query{"store.has_table",
                                 "SELECT count(*) FROM pg_tables"
                                 " WHERE tablename = :name AND schemaname = current_schema()"};
    return row(query, {{"name", name}})->integer(0) > 0;
}

void PostgresqlSession::prepare(const Query& query) {
    require_connection(query.name);
    PostgresqlStatement& found = statement(query.sql);
    if (!found.server_name.empty()) return;
    std::vector<Param> nulls;
    for (const std::string& name : found.text.parameters) nulls.emplace_back(name, nullptr);
    send_prepare(query.name, found, nulls);
    exchange();
}

bool PostgresqlSession::broken() const {
    return connection_lost_ || PQstatus(connection_.get()) == CONNECTION_BAD;
}

}  // namespace hezhi::store
