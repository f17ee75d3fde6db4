// One JSON object a line, for people with grep and for collectors.
//
// Never logged: bodies, query values, paths (a link on an order slip is a secret), header values.
// A request is named by its route.
#pragma once

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>

#include "base/instant.h"

namespace spdlog {
class logger;
}

namespace hezhi::http {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

struct LogField {
    std::string_view name;  // not "at", "event" or "level"
    std::variant<std::int64_t, std::string_view> value;
};

// Thread-safe. Standard error is not buffered, so nothing is lost in a crash.
class Log {
  public:
    // To standard error, where systemd's journal picks it up.
    Log(const Clock& clock, LogLevel lowest);
    // To `out`, for tests and commands; flushed after each line.
    Log(const Clock& clock, LogLevel lowest, std::ostream& out);
    ~Log();

    // `event` is a stable snake_case name: "request", "handler_failed".
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

  private:
    const Clock& clock_;
    LogLevel lowest_;
    std::shared_ptr<spdlog::logger> logger_;
};

// What may be said of an exception: broken invariants name a place in the source. The texts of
// others may quote a person's data (database errors do), so only their type is named.
std::string describe_exception(const std::exception& error);

}  // namespace hezhi::http
