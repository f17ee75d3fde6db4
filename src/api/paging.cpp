#include "api/paging.h"

#include <charconv>

namespace hezhi::api {

std::string to_text(Cursor cursor) {
    return std::to_string(cursor.sort) + "." + std::to_string(cursor.id);
}

std::optional<Cursor> parse_cursor(std::string_view text) {
    Cursor cursor;
    const char* end = text.data() + text.size();
    auto sort = std::from_chars(text.data(), end, cursor.sort);
    if (sort.ec != std::errc{} || sort.ptr == end || *sort.ptr != '.') return std::nullopt;
    auto id = std::from_chars(sort.ptr + 1, end, cursor.id);
    if (id.ec != std::errc{} || id.ptr != end) return std::nullopt;
    return cursor;
}

Result<std::optional<Cursor>> cursor_of(const std::optional<std::string>& parameter) {
    if (!parameter) return std::optional<Cursor>();
    auto cursor = parse_cursor(*parameter);
    if (!cursor) {
        return refuse(hezhi::refusals::invalid_input, {"/cursor", "上一页返回的 next_cursor",
                                                       "the next_cursor of the page before"});
    }
    return cursor;
}

Result<DaySpan> days_of(const std::optional<std::string>& from,
                        const std::optional<std::string>& until) {
    DaySpan span;
    auto wrong = [](const char* field) {
        return refuse(hezhi::refusals::invalid_input,
                      {field, "日期，如 2026-03-05", "a day such as 2026-03-05"});
    };
    if (from) {
        auto day = parse_day(*from);
        if (!day) return wrong("/from");
        span.from = start_of(*day);
    }
    if (until) {
        auto day = parse_day(*until);
        if (!day) return wrong("/until");
        span.until = start_of(*day + 1);
    }
    return span;
}

std::int64_t limit_of(const std::optional<Limit>& parameter) {
    return parameter ? parameter->value : limit_default;
}

}  // namespace hezhi::api
