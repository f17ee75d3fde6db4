// Reading JSON into described types. Boost.JSON parses what is not canonical; the Shape says what
// is expected.
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "base/json.h"
#include "base/json_canonical.h"

namespace hezhi {
namespace {

namespace json = boost::json;

struct Expected {
    std::string zh;
    std::string en;
};

Expected expected_of(const Shape& shape) {
    auto range = [](std::int64_t low, std::int64_t high) {
        return std::to_string(low) + "–" + std::to_string(high);
    };
    switch (shape.form) {
        case Form::integer:
            if (shape.lowest == INT64_MIN) return {"整数", "a whole number"};
            return {range(shape.lowest, shape.highest) + " 之间的整数",
                    "a whole number from " + range(shape.lowest, shape.highest)};
        case Form::boolean:
            return {"是或否", "true or false"};
        case Form::instant:
            return {"时间（毫秒）", "an instant in UTC milliseconds"};
        case Form::id:
            return {"编号", "an id (a positive whole number)"};
        case Form::text:
            return {
                range(static_cast<std::int64_t>(shape.min), static_cast<std::int64_t>(shape.max)) +
                    " 个字的文字，不含控制字符",
                "text of " +
                    range(static_cast<std::int64_t>(shape.min),
                          static_cast<std::int64_t>(shape.max)) +
                    " characters without control characters"};
        case Form::choice: {
            std::string all;
            for (auto label : shape.labels) all += (all.empty() ? "" : ", ") + std::string(label);
            return {"以下之一：" + all, "one of: " + all};
        }
        case Form::optional:
            return expected_of(*shape.element);
        case Form::list:
            return {"列表，最多 " + std::to_string(shape.max) + " 项",
                    "a list of at most " + std::to_string(shape.max) + " entries"};
        case Form::record:
            return {"一组字段", "an object"};
    }
    return {};
}

// Where a value stands, as a JSON pointer that is spelled only for an error.
struct Pointer {
    const Pointer* above = nullptr;  // null: the whole document
    std::string_view name = {};      // of a field; empty for an entry
    std::size_t index = 0;           // of an entry in a list

    std::string text() const {
        if (!above) return {};
        return above->text() + "/" + (name.empty() ? std::to_string(index) : std::string(name));
    }
};

class Reader {
  public:
    Reader(Reading reading, std::vector<FieldError>& errors) : reading_(reading), errors_(errors) {}

    void read(const Shape& shape, const json::value& in, void* out, const Pointer& at) {
        switch (shape.form) {
            case Form::optional:
                if (in.is_null()) {
                    shape.clear(out);
                } else {
                    read(*shape.element, in, shape.emplace(out), at);
                }
                return;
            case Form::record:
                read_record(shape, in, out, at);
                return;
            case Form::list:
                read_list(shape, in, out, at);
                return;
            case Form::text:
            case Form::choice:
                if (!in.is_string() || !read_text(shape, in.get_string(), out)) wrong(shape, at);
                return;
            case Form::boolean:
                if (!in.is_bool()) return wrong(shape, at);
                shape.set_integer(out, in.get_bool());
                return;
            case Form::integer:
            case Form::instant:
            case Form::id:
                read_integer(shape, in, out, at);
                return;
        }
    }

    bool read_text(const Shape& shape, std::string_view in, void* out) {
        if (shape.form == Form::choice) {
            for (std::size_t i = 0; i < shape.labels.size(); ++i) {
                if (shape.labels[i] != in) continue;
                shape.set_integer(out, static_cast<std::int64_t>(i));
                return true;
            }
            return false;
        }
        std::optional<std::string> text(in);
        if (reading_ == Reading::input) text = clean_text(in);
        if (!text) return false;
        auto length = count_code_points(*text);
        if (!length || *length < shape.min || *length > shape.max) return false;
        shape.set_text(out, std::move(*text));
        return true;
    }

    void wrong(const Shape& shape, const Pointer& at) { wrong(shape, at.text()); }

    void wrong(const Shape& shape, const std::string& path) {
        auto expected = expected_of(shape);
        report(path, expected.zh, expected.en);
    }

    void report(const std::string& path, std::string zh, std::string en) {
        if (errors_.size() < field_errors_max) {
            errors_.push_back({path, std::move(zh), std::move(en)});
        }
    }

  private:
    void read_integer(const Shape& shape, const json::value& in, void* out, const Pointer& at) {
        if (!in.is_int64()) return wrong(shape, at);
        std::int64_t value = in.get_int64();
        if (value < shape.lowest || value > shape.highest) return wrong(shape, at);
        shape.set_integer(out, value);
    }

    void read_list(const Shape& shape, const json::value& in, void* out, const Pointer& at) {
        if (!in.is_array() || in.get_array().size() > shape.max) return wrong(shape, at);
        shape.clear(out);
        std::size_t index = 0;
        for (const auto& entry : in.get_array()) {
            read(*shape.element, entry, shape.append(out), Pointer{&at, {}, index++});
        }
    }

    void read_record(const Shape& shape, const json::value& in, void* out, const Pointer& at) {
        if (!in.is_object()) return wrong(shape, at);
        const auto& object = in.get_object();
        std::size_t found = 0;
        for (const Field& field : shape.fields) {
            Pointer here{&at, field.name};
            if (auto* value = object.if_contains(field.name)) {
                ++found;
                read(*field.shape, *value, field_of(out, field), here);
            } else if (field.shape->form == Form::optional) {
                field.shape->clear(field_of(out, field));
            } else {
                wrong(*field.shape, here);
            }
        }
        if (found == object.size()) return;
        for (const auto& entry : object) {
            bool known = false;
            for (const Field& field : shape.fields) known = known || field.name == entry.key();
            if (!known) {
                report(at.text() + "/" + std::string(entry.key()), "没有这个字段", "no such field");
            }
        }
    }

    Reading reading_;
    std::vector<FieldError>& errors_;
};

}  // namespace

bool read_json(const Shape& shape, std::string_view text, void* out, Reading reading,
               std::vector<FieldError>& errors) {
    if (reading == Reading::stored && read_canonical(shape, text, out)) return true;
    json::parse_options options;
    options.max_depth = json_depth_max;
    boost::system::error_code error;
    std::array<unsigned char, 2048> first;  // most payloads fit
    json::monotonic_resource memory(first.data(), first.size());
    json::value parsed = json::parse(text, error, &memory, options);
    if (error) {
        errors.push_back({"", "有效的 JSON", "valid JSON"});
        return false;
    }
    Reader reader(reading, errors);
    reader.read(shape, parsed, out, Pointer{});
    return errors.empty();
}

bool read_text_value(const Shape& shape, std::string_view text, void* out, std::string_view field,
                     std::vector<FieldError>& errors) {
    std::string path = "/" + std::string(field);
    Reader reader(Reading::input, errors);
    if (shape.form == Form::optional) {
        return read_text_value(*shape.element, text, shape.emplace(out), field, errors);
    }
    if (shape.form == Form::text || shape.form == Form::choice) {
        if (!reader.read_text(shape, text, out)) reader.wrong(shape, path);
        return errors.empty();
    }
    if (shape.form == Form::boolean && (text == "true" || text == "false")) {
        shape.set_integer(out, text == "true");
        return true;
    }
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (shape.form == Form::list || shape.form == Form::record || shape.form == Form::boolean ||
        error != std::errc{} || end != text.data() + text.size() || value < shape.lowest ||
        value > shape.highest) {
        reader.wrong(shape, path);
        return false;
    }
    shape.set_integer(out, value);
    return true;
}

}  // namespace hezhi
