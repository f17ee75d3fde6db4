#include "http/log.h"

#include <cxxabi.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <cstdlib>
#include <typeinfo>
#include <vector>

#include "base/assert.h"
#include "base/json.h"

namespace hezhi::http {
namespace {

std::string_view to_string(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return "";
}

std::shared_ptr<spdlog::logger> logger_to(spdlog::sink_ptr sink) {
    auto logger = std::make_shared<spdlog::logger>("hezhi", std::move(sink));
    logger->set_pattern("%v");
    logger->set_level(spdlog::level::trace);
    logger->flush_on(spdlog::level::warn);
    return logger;
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
    return level >= LogLevel::warning ? spdlog::level::warn : spdlog::level::info;
}

}  // namespace

Log::Log(const Clock& clock, LogLevel lowest)
    : clock_(clock),
      lowest_(lowest),
      logger_(logger_to(std::make_shared<spdlog::sinks::stderr_sink_mt>())) {}

Log::Log(const Clock& clock, LogLevel lowest, std::ostream& out)
    : clock_(clock),
      lowest_(lowest),
      logger_(logger_to(std::make_shared<spdlog::sinks::ostream_sink_mt>(out, true))) {}

Log::~Log() {
    logger_->flush();
}

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    if (level < lowest_) return;
    JsonWriter json;
    json.begin_object();
    json.key("at");
    json.text(hezhi::to_string(clock_.now()));
    json.key("event");
    json.text(event);
    json.key("level");
    json.text(to_string(level));
    for (const LogField& field : fields) {
        json.key(field.name);
        if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
            json.integer(*number);
        } else {
            json.text(std::get<std::string_view>(field.value));
        }
    }
    json.end_object();
    logger_->log(spdlog_level(level), spdlog::string_view_t(json.str().data(), json.str().size()));
}

std::string describe_exception(const std::exception& error) {
    const auto* broken = dynamic_cast<const BrokenInvariant*>(&error);
    if (broken != nullptr) return std::string("broken invariant: ") + broken->what();
    int status = 0;
    std::unique_ptr<char, decltype(&std::free)> name(
        abi::__cxa_demangle(typeid(error).name(), nullptr, nullptr, &status), &std::free);
    return name ? name.get() : typeid(error).name();
}

}  // namespace hezhi::http
