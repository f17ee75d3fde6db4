// A database, named by its URL:
//
//   sqlite:PATH                one file, WAL; PATH is relative to the working directory or absolute
//   sqlite::memory:            lives as long as the Database; for tests. Its readers and its writer
//                              exclude each other, unlike on a file
//   postgresql://…             as libpq reads it
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "store/session.h"
#include "store/sole_writer.h"

namespace hezhi::store {

struct SlowQuery {
    std::string_view name;  // never the parameters
    std::chrono::microseconds took;
};

struct Options {
    // A commit is on the disk when it returns. Only tests and bulk loads into a fresh file say no.
    bool durable = true;
    // How long to wait for another process's lock.
    std::chrono::milliseconds busy_timeout{5000};
    // Statements that take longer go to `on_slow_query`; zero switches it off.
    std::chrono::milliseconds slow_query{200};
    // Called on the thread of the session.
    std::function<void(const SlowQuery&)> on_slow_query;
    // SQLite only: a size limit in pages, to have a full disk in a test; zero is none.
    std::int64_t page_count_max = 0;
};

enum class Access { read_write, read_only };

// Thread-safe. Sessions must not outlive it.
class Database {
  public:
    // Connects once and checks what Hezhi relies on (PostgreSQL: encoding UTF8, collation C).
    // Throws StoreError with a sentence that says what to do.
    static std::unique_ptr<Database> open(const std::string& url, Options options = {});

    virtual ~Database() = default;
    virtual std::unique_ptr<Session> connect(Access access = Access::read_write) = 0;
    virtual Engine engine() const = 0;
    // What a process that writes holds to. With `times` it stands alone when it can, which takes a
    // thread; without, it only lets others do so. Must not outlive the Database.
    virtual std::unique_ptr<SoleWriter> sole_writer(std::optional<AloneTimes> times) = 0;
    // What a bulk load without `durable` has committed is on the disk when it returns. No session
    // may be in use. PostgreSQL writes behind by itself, within a second.
    virtual void sync() {}
};

// The URL without its password, for logs and messages.
std::string url_without_password(std::string_view url);

}  // namespace hezhi::store
