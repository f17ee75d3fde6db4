// Opening SQLite: what is set on every connection.
#include <atomic>

#include "store/sqlite_session.h"

namespace hezhi::store {

namespace {

class SqliteDatabase final : public Database {
  public:
    SqliteDatabase(const std::string& path, Options options)
        : options_(std::move(options)), in_memory_(path == ":memory:"), path_(path) {
        if (path.empty()) {
            throw StoreError(StoreError::Kind::other,
                             "The database URL sqlite: needs a path, for instance "
                             "sqlite:data/hezhi.sqlite.");
        }
        if (in_memory_) {
            // The memdb file system shares one database among the connections of a process.
            static std::atomic<int> count{0};
            path_ = "file:/hezhi-" + std::to_string(++count) + "?vfs=memdb";
        }
        anchor_ = open_handle();
        if (!in_memory_) run(anchor_.get(), "PRAGMA journal_mode=WAL");
    }

    std::unique_ptr<Session> connect(Access access) override {
        SqliteHandle handle = open_handle();
        if (access == Access::read_only) run(handle.get(), "PRAGMA query_only=ON");
        return std::make_unique<SqliteSession>(std::move(handle), options_);
    }

    Engine engine() const override { return Engine::sqlite; }

    std::unique_ptr<SoleWriter> sole_writer(std::optional<AloneTimes> times) override {
        if (in_memory_) return std::make_unique<AnyWriter>();
        auto lock = [this] { return sqlite_writers_lock(path_, options_.busy_timeout); };
        if (!times) return std::make_unique<OneOfMany>(lock());
        return std::make_unique<StandingAlone>(lock, *times);
    }

    void sync() override {
        run(anchor_.get(), "PRAGMA synchronous=FULL");
        run(anchor_.get(), "PRAGMA wal_checkpoint(TRUNCATE)");
    }

  private:
    SqliteHandle open_handle() const {
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                    SQLITE_OPEN_EXRESCODE | (in_memory_ ? SQLITE_OPEN_URI : 0);
        sqlite3* raw = nullptr;
        int rc = sqlite3_open_v2(path_.c_str(), &raw, flags, nullptr);
        SqliteHandle handle(raw);
        if (rc != SQLITE_OK) refuse(rc);
        sqlite3_busy_timeout(raw, static_cast<int>(options_.busy_timeout.count()));
        // EXTRA is FULL, and in the moment in which a new file is turned to WAL also the deletion
        // of its rollback journal is on the disk: come back later, it would undo everything.
        run(raw, options_.durable ? "PRAGMA synchronous=EXTRA" : "PRAGMA synchronous=OFF");
        run(raw, "PRAGMA foreign_keys=ON");
        // As on PostgreSQL, LIKE tells capitals from small letters.
        run(raw, "PRAGMA case_sensitive_like=ON");
        run(raw, "PRAGMA trusted_schema=OFF");
        run(raw, "PRAGMA temp_store=MEMORY");
        if (options_.page_count_max > 0) {
            auto limit = "PRAGMA max_page_count=" + std::to_string(options_.page_count_max);
            run(raw, limit.c_str());
        }
        return handle;
    }

    void run(sqlite3* db, const char* sql) const {
        if (int rc = sqlite3_exec(db, sql, nullptr, nullptr, nullptr)) refuse(rc);
    }

    [[noreturn]] void refuse(int rc) const {
        auto kind = (rc & 0xff) == SQLITE_BUSY ? StoreError::Kind::busy : StoreError::Kind::other;
        throw StoreError(kind, "Cannot open the SQLite database " + path_ + ": " +
                                   sqlite3_errstr(rc) +
                                   ". Check that its folder exists and may be written.");
    }

    Options options_;
    bool in_memory_;
    std::string path_;
    SqliteHandle anchor_;  // keeps a database in memory alive
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path, Options options) {
    return std::make_unique<SqliteDatabase>(path, std::move(options));
}

}  // namespace hezhi::store
