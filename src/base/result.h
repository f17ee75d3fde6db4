// Result<T>: a value, or the reason why an expected refusal happened.
//
// Refusals are values because people meet them every day ("the order is already taken").
// Lost storage is an exception; a programmer's mistake is HEZHI_ASSERT.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hezhi {

// One row of a refusals table. `code` is stable for ever; the sentences are facts, not blame, and
// say who can help where that is known.
struct RefusalRow {
    std::string_view code;
    int http_status;
    std::string_view zh;
    std::string_view en;
};

// What is wrong with one field: a JSON pointer ("/where", "" for the whole) and what was expected.
struct FieldError {
    std::string field;
    std::string expected_zh;
    std::string expected_en;

    bool operator==(const FieldError&) const = default;
};

struct Refusal {
    const RefusalRow* row;  // never null; points into a constexpr table
    std::vector<FieldError> fields;

    Refusal(const RefusalRow& r) : row(&r) {}
    Refusal(const RefusalRow& r, std::vector<FieldError> f) : row(&r), fields(std::move(f)) {}

    bool is(const RefusalRow& other) const { return row->code == other.code; }
};

template <class T>
using Result = std::expected<T, Refusal>;

inline std::unexpected<Refusal> refuse(const RefusalRow& row) {
    return std::unexpected<Refusal>(Refusal(row));
}

// Refuses because of one field, saying what was expected of it.
inline std::unexpected<Refusal> refuse(const RefusalRow& row, FieldError field) {
    return std::unexpected<Refusal>(Refusal(row, {std::move(field)}));
}

// Refusals that belong to no domain.
namespace refusals {
inline constexpr RefusalRow invalid_input{"invalid_input", 422, "填写的内容有误，请按提示修改。",
                                          "Some of what was entered is not right; see the fields."};
inline constexpr RefusalRow not_found{"not_found", 404, "没有找到，或您无权查看。",
                                      "Not found, or outside what you may see."};
inline constexpr RefusalRow not_permitted{"not_permitted", 403, "您的岗位没有这项权限。",
                                          "Your role does not include this."};
}  // namespace refusals

}  // namespace hezhi
