// Lists are paged by cursor (sort value, id), so that rows that arrive meanwhile shift nothing.
#pragma once

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/shape.h"

namespace hezhi::api {

// Rows a page: enough for a screen and its scroll; 100 at most, so that no answer grows without
// end.
using Limit = Bounded<1, 100>;
inline constexpr std::int64_t limit_default = 50;

struct Cursor {
    std::int64_t sort = 0;
    std::int64_t id = 0;
};

// How lists of work are sorted: by deadline, or by when they began.
enum class ListSort { due, newest };
BOOST_DESCRIBE_ENUM(ListSort, due, newest)

std::string to_text(Cursor cursor);
// nullopt if it is not one of ours.
std::optional<Cursor> parse_cursor(std::string_view text);

// The query parameters `cursor` and `limit` of a list.
Result<std::optional<Cursor>> cursor_of(const std::optional<std::string>& parameter);
// The span of days that the query parameters `from` and `until` name, in the district's calendar:
// the last day is included. Without them: all time. A text that is no day is a field error.
struct DaySpan {
    Instant from;
    Instant until{INT64_MAX};  // not included: the first instant of the day after
};
Result<DaySpan> days_of(const std::optional<std::string>& from,
                        const std::optional<std::string>& until);
std::int64_t limit_of(const std::optional<Limit>& parameter);

// The page of a list that goes on by id: `rows` are those that were found, at most one more than
// `limit`, which says that there is another page.
template <class List>
List page_of(const auto& rows, std::int64_t limit, const auto& show) {
    List list;
    for (const auto& row : rows) {
        if (std::ssize(list.items) == limit) {
            auto last = rows[static_cast<std::size_t>(limit) - 1].id;
            if constexpr (requires { last.value; }) {
                list.next_cursor = to_text({0, last.value});
            } else {
                list.next_cursor = to_text({0, last});
            }
            break;
        }
        list.items.push_back(show(row));
    }
    return list;
}

}  // namespace hezhi::api
