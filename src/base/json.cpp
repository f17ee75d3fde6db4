#include "base/json.h"

#include <array>
#include <charconv>

#include "base/json_canonical.h"

namespace hezhi {
namespace {

void append_escape(std::string& out, char c) {
    static constexpr char hex[] = "0123456789abcdef";
    auto byte = static_cast<unsigned char>(c);
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            out += "\\u00";
            out.push_back(hex[byte >> 4]);
            out.push_back(hex[byte & 15]);
    }
}

// In runs: nearly every text is one.
void append_escaped(std::string& out, std::string_view text) {
    out.push_back('"');
    for (;;) {
        std::size_t run = plain_run(text);
        out.append(text.substr(0, run));
        if (run == text.size()) break;
        append_escape(out, text[run]);
        text.remove_prefix(run + 1);
    }
    out.push_back('"');
}

bool is_absent(const Shape& shape, const void* value) {
    return shape.form == Form::optional && shape.get_value(value) == nullptr;
}

}  // namespace

void JsonWriter::comma() {
    if (need_comma_) out_.push_back(',');
    need_comma_ = true;
}

void JsonWriter::open(char c) {
    comma();
    out_.push_back(c);
    need_comma_ = false;
}

void JsonWriter::close(char c) {
    out_.push_back(c);
    need_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
    comma();
    append_escaped(out_, name);
    out_.push_back(':');
    need_comma_ = false;
}

void JsonWriter::integer(std::int64_t value) {
    comma();
    std::array<char, 24> digits{};
    auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out_.append(digits.data(), end);
}

void JsonWriter::boolean(bool value) {
    comma();
    out_ += value ? "true" : "false";
}

void JsonWriter::text(std::string_view value) {
    comma();
    append_escaped(out_, value);
}

void JsonWriter::null() {
    comma();
    out_ += "null";
}

void JsonWriter::raw(std::string_view json) {
    comma();
    out_ += json;
}

void JsonWriter::value(const Shape& shape, const void* v) {
    switch (shape.form) {
        case Form::integer:
        case Form::instant:
        case Form::id:
            integer(shape.get_integer(v));
            return;
        case Form::boolean:
            boolean(shape.get_integer(v) != 0);
            return;
        case Form::text:
            text(shape.get_text(v));
            return;
        case Form::choice:
            text(shape.labels[static_cast<std::size_t>(shape.get_integer(v))]);
            return;
        case Form::optional:
            if (auto inner = shape.get_value(v)) {
                value(*shape.element, inner);
            } else {
                null();
            }
            return;
        case Form::list:
            begin_array();
            for (std::size_t i = 0; i < shape.size(v); ++i) value(*shape.element, shape.at(v, i));
            end_array();
            return;
        case Form::record:
            begin_object();
            for (const Field& field : shape.sorted_fields) {
                const void* member = field_of(v, field);
                if (is_absent(*field.shape, member)) continue;
                key(field.name);
                value(*field.shape, member);
            }
            end_object();
            return;
    }
}

}  // namespace hezhi
