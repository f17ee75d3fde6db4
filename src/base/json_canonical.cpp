#include "base/json_canonical.h"

#include <charconv>
#include <cstring>

namespace hezhi {
namespace {

bool stands_for_itself(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

class Reader {
  public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    bool read(const Shape& shape, void* out) {
        switch (shape.form) {
            case Form::integer:
            case Form::instant:
            case Form::id:
                return read_integer(shape, out);
            case Form::boolean: {
                bool value = skip("true");
                if (!value && !skip("false")) return false;
                shape.set_integer(out, value);
                return true;
            }
            case Form::text:
                return read_text(shape, out);
            case Form::choice:
                return read_choice(shape, out);
            case Form::optional:
                if (!skip("null")) return read(*shape.element, shape.emplace(out));
                shape.clear(out);
                return true;
            case Form::list:
                return read_list(shape, out);
            case Form::record:
                return read_record(shape, out);
        }
        return false;
    }

    bool at_end() const { return rest_.empty(); }

  private:
    bool skip(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }

    // Between two quotes, without escapes.
    bool read_plain(std::string_view& text) {
        if (!skip("\"")) return false;
        text = rest_.substr(0, plain_run(rest_));
        rest_.remove_prefix(text.size());
        return skip("\"");
    }

    bool read_integer(const Shape& shape, void* out) {
        std::int64_t value = 0;
        auto digits = rest_.substr(rest_.starts_with('-') ? 1 : 0);
        bool zero = digits.starts_with('0');
        auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        auto length = static_cast<std::size_t>(end - rest_.data());
        if (error != std::errc() || (zero && length > 1)) return false;
        if (value < shape.lowest || value > shape.highest) return false;
        rest_.remove_prefix(length);
        shape.set_integer(out, value);
        return true;
    }

    bool read_text(const Shape& shape, void* out) {
        std::string_view text;
        if (!read_plain(text)) return false;
        auto length = count_code_points(text);
        if (!length || *length < shape.min || *length > shape.max) return false;
        shape.set_text(out, std::string(text));
        return true;
    }

    bool read_choice(const Shape& shape, void* out) {
        std::string_view label;
        if (!read_plain(label)) return false;
        for (std::size_t i = 0; i < shape.labels.size(); ++i) {
            if (shape.labels[i] != label) continue;
            shape.set_integer(out, static_cast<std::int64_t>(i));
            return true;
        }
        return false;
    }

    bool read_list(const Shape& shape, void* out) {
        if (!skip("[")) return false;
        shape.clear(out);
        if (skip("]")) return true;
        std::size_t entries = 0;
        do {
            if (++entries > shape.max || !read(*shape.element, shape.append(out))) return false;
        } while (skip(","));
        return skip("]");
    }

    bool read_record(const Shape& shape, void* out) {
        if (!skip("{")) return false;
        bool first = true;
        for (const Field& field : shape.sorted_fields) {
            void* member = field_of(out, field);
            if (skip_key(field.name, first)) {
                if (rest_.starts_with("null") || !read(*field.shape, member)) return false;
                first = false;
            } else if (field.shape->form == Form::optional) {
                field.shape->clear(member);
            } else {
                return false;
            }
        }
        return skip("}");
    }

    // `,"name":`, without the comma before the first.
    bool skip_key(std::string_view name, bool first) {
        std::string_view all = rest_;
        if (!first && !all.starts_with(',')) return false;
        all.remove_prefix(first ? 0 : 1);
        if (!all.starts_with('"') || !all.substr(1).starts_with(name)) return false;
        all.remove_prefix(1 + name.size());
        if (!all.starts_with("\":")) return false;
        rest_ = all.substr(2);
        return true;
    }

    std::string_view rest_;
};

}  // namespace

bool read_canonical(const Shape& shape, std::string_view bytes, void* out) {
    Reader reader(bytes);
    return reader.read(shape, out) && reader.at_end();
}

// By eights: one of eight does not stand for itself if, in its byte, taking 0x20 away borrows, or
// what is left after taking the sign away is nought. What the borrow says falsely of a byte behind
// such a one is found out one by one.
std::size_t plain_run(std::string_view text) {
    constexpr std::uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    auto has_nought = [](std::uint64_t eight) { return (eight - ones) & ~eight; };
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + at, 8);
        std::uint64_t below = (eight - ones * 0x20) & ~eight;
        std::uint64_t quote = has_nought(eight ^ (ones * '"'));
        std::uint64_t backslash = has_nought(eight ^ (ones * '\\'));
        if ((below | quote | backslash) & highs) break;
    }
    while (at < text.size() && stands_for_itself(text[at])) ++at;
    return at;
}

}  // namespace hezhi
