// Values and named parameters as they go into a statement. Three types stand behind every column:
// 64-bit integers, UTF-8 text, bytes; each may be NULL.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace hezhi::store {

using Bytes = std::vector<std::uint8_t>;
using Value = std::variant<std::nullptr_t, std::int64_t, std::string, Bytes>;

// What a column holds. `unknown` is a NULL whose column the database has to work out.
enum class Type { unknown, integer, text, bytes };

// An empty text is never stored: some PostgreSQL-like engines keep it as NULL. NULL is what is
// meant, and this is how to say so.
Value text_or_null(std::string_view text);

inline Value to_value(Value value) {
    return value;
}
inline Value to_value(std::nullptr_t) {
    return nullptr;
}
inline Value to_value(Instant at) {
    return at.ms;
}
inline Value to_value(std::string_view text) {
    return std::string(text);
}
inline Value to_value(const char* text) {
    return std::string(text);
}
inline Value to_value(const std::string& text) {
    return text;
}
template <class Tag>
Value to_value(Id<Tag> id) {
    return id.value;
}
template <class T>
requires(std::is_integral_v<T> && (std::is_signed_v<T> || sizeof(T) < 8)) Value to_value(T number) {
    return std::int64_t{number};
}
template <class T>
Value to_value(const std::optional<T>& value) {
    return value ? to_value(*value) : Value(nullptr);
}

// The type of a parameter, also when it is NULL.
template <class T>
constexpr Type type_of(const T&) {
    if constexpr (std::is_same_v<T, Value> || std::is_same_v<T, std::nullptr_t>) {
        return Type::unknown;
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        return Type::text;
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return Type::bytes;
    } else {
        return Type::integer;
    }
}
template <class T>
constexpr Type type_of(const std::optional<T>&) {
    return type_of(T{});
}

// A named parameter. The session asserts that a text is not empty, and refuses a text with a NUL
// with a StoreError, because PostgreSQL would cut it there silently.
//
// An absent optional is a NULL that knows its type, so it may stand where PostgreSQL could not work
// the type out (`:area IS NULL`); a nullptr or a Value may not.
struct Param {
    std::string_view name;  // without the colon; must outlive the call only
    Value value;
    Type type;

    template <class T>
    Param(std::string_view key, const T& v) : name(key), value(to_value(v)), type(type_of(v)) {}
};

// The parameters of one call: `{{"id", id}, {"at", now}}` or a vector. Borrows; use it only as an
// argument.
class Params {
  public:
    Params() = default;
    Params(std::initializer_list<Param> list) : params_(std::data(list), list.size()) {}
    Params(const std::vector<Param>& list) : params_(list) {}
    Params(std::span<const Param> list) : params_(list) {}

    auto begin() const { return params_.begin(); }
    auto end() const { return params_.end(); }
    std::size_t size() const { return params_.size(); }

  private:
    std::span<const Param> params_;
};

}  // namespace hezhi::store
