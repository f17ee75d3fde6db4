// One connection to the database. A session is used by one thread at a time.
//
// Every SQL text is one for both engines: parameters as :name, and the placeholders of sql_text.h.
// Statements are prepared once a session and kept by their text, which the session copies, so a
// Query made at run time may be short-lived.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "store/errors.h"
#include "store/query.h"
#include "store/row.h"
#include "store/value.h"

namespace hezhi::store {

enum class Engine { sqlite, postgresql };

class Session {
  public:
    using OnRow = std::function<void(const Row&)>;
    using Recorder = std::function<void(const Query&, Params)>;

    virtual ~Session() = default;
    Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // --- Reads. What was written before on this session is seen.
    std::vector<OwnedRow> rows(const Query& query, Params params = {});
    // At most one row; two are an assertion.
    std::optional<OwnedRow> row(const Query& query, Params params = {});
    // Streams with bounded memory. `on_row` must not use the session; if it throws, the rest is
    // dropped and the session stays usable.
    void each(const Query& query, Params params, const OnRow& on_row);

    // --- Writes. On PostgreSQL a write is queued and sent with the next read, write_counted or
    // commit; its error surfaces there, naming the failed query.
    void write(const Query& query, Params params = {});
    // The number of rows changed.
    std::int64_t write_counted(const Query& query, Params params = {});
    // Sends what is queued and throws the first error.
    virtual void flush() = 0;

    // --- Transactions do not nest. Without one, each call is its own.
    // Takes the write lock on SQLite at once.
    virtual void begin() = 0;
    // Read only and consistent: all reads see the state at this call.
    virtual void begin_snapshot() = 0;
    // Durable when it returns. Throws with kind `lost` if the outcome is unknown; after any other
    // kind nothing was committed. After any exception rollback() must follow.
    virtual void commit() = 0;
    // Never throws; does nothing without a transaction, or on a lost connection.
    virtual void rollback() noexcept = 0;
    virtual bool in_transaction() const = 0;

    // --- Else
    virtual Engine engine() const = 0;
    // Several statements of DDL, without parameters, placeholders expanded.
    virtual void script(std::string_view sql) = 0;
    virtual bool has_table(std::string_view name) = 0;
    // Throws if the statement does not prepare. For the test that prepares every query.
    virtual void prepare(const Query& query) = 0;
    // True after the connection was lost. The next use outside a transaction connects again.
    virtual bool broken() const { return false; }

    // How many writes this session was asked for (write, write_counted). The writer holds refused
    // actions to it.
    std::uint64_t writes() const { return writes_; }
    // Called with every read and write before it runs. The benchmark replays the writer by it.
    void record(Recorder recorder) { recorder_ = std::move(recorder); }

  protected:
    virtual void run_read(const Query& query, Params params, const OnRow& on_row) = 0;
    virtual void run_write(const Query& query, Params params) = 0;
    virtual std::int64_t run_write_counted(const Query& query, Params params) = 0;

  private:
    void note_write(const Query& query, Params params);

    std::uint64_t writes_ = 0;
    bool reading_ = false;
    Recorder recorder_;
};

}  // namespace hezhi::store
