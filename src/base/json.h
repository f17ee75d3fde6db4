// JSON in and out of described types, through their Shape.
//
// Canonical JSON is what facts are made of: object keys in byte order, no white space, integers
// only, the shortest escapes, absent optionals left out. Equal values have equal bytes
// (docs/reference/canonical_json.md, with test vectors).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/shape.h"

namespace hezhi {

// Writes canonical JSON by hand where no described type stands behind it.
class JsonWriter {
  public:
    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    void key(std::string_view name);  // callers give keys in byte order
    void integer(std::int64_t value);
    void boolean(bool value);
    void text(std::string_view value);
    void null();
    void raw(std::string_view json);  // already canonical
    // The value of a described type; false if it is an absent optional and nothing was written.
    void value(const Shape& shape, const void* value);

    // Begins anew, in the memory it has.
    void clear() {
        out_.clear();
        need_comma_ = false;
    }
    const std::string& str() const { return out_; }
    std::string take() { return std::move(out_); }

  private:
    void open(char c);
    void close(char c);
    void comma();

    std::string out_;
    bool need_comma_ = false;
};

template <class T>
std::string to_json(const T& value) {
    JsonWriter writer;
    writer.value(shape_of<T>(), &value);
    return writer.take();
}

// How strictly outside text is read.
enum class Reading {
    input,   // from a person: texts are trimmed and checked, unknown keys are errors
    stored,  // our own bytes: taken as they are; unknown keys are errors (a version was missed)
};

// Limits on any JSON from outside: nesting, and the error count at which reading stops.
inline constexpr std::size_t json_depth_max = 16;
inline constexpr std::size_t field_errors_max = 20;

// Reads `json` into `*out`; field errors name JSON pointers. False if there is any error.
bool read_json(const Shape& shape, std::string_view json, void* out, Reading reading,
               std::vector<FieldError>& errors);

template <class T>
Result<T> from_json(std::string_view json, Reading reading = Reading::input) {
    T out{};
    std::vector<FieldError> errors;
    if (!read_json(shape_of<T>(), json, &out, reading, errors)) {
        return std::unexpected(Refusal(refusals::invalid_input, std::move(errors)));
    }
    return out;
}

// Reads one plain text (a query parameter) into a leaf of the given shape.
bool read_text_value(const Shape& shape, std::string_view text, void* out, std::string_view field,
                     std::vector<FieldError>& errors);

}  // namespace hezhi
