#include "journal/difference.h"

#include <algorithm>

#include "base/json.h"

namespace hezhi::journal {
namespace {

std::string told(const Shape& shape, const void* value) {
    JsonWriter out;
    out.value(shape, value);
    return out.take();
}

bool same(const Shape& shape, const void* a, const void* b) {
    switch (shape.form) {
        case Form::text:
            return shape.get_text(a) == shape.get_text(b);
        case Form::optional: {
            const void* in_a = shape.get_value(a);
            const void* in_b = shape.get_value(b);
            return in_a && in_b ? same(*shape.element, in_a, in_b) : in_a == in_b;
        }
        case Form::list: {
            std::size_t size = shape.size(a);
            if (shape.size(b) != size) return false;
            for (std::size_t i = 0; i < size; ++i) {
                if (!same(*shape.element, shape.at(a, i), shape.at(b, i))) return false;
            }
            return true;
        }
        case Form::record:
            return std::ranges::all_of(shape.fields, [&](const Field& field) {
                return same(*field.shape, field_of(a, field), field_of(b, field));
            });
        default:
            return shape.get_integer(a) == shape.get_integer(b);
    }
}

}  // namespace

void add_differences(Differences& all, const std::string& place, const Shape& shape,
                     const void* expected, const void* found) {
    if (same(shape, expected, found)) return;
    if (shape.form != Form::record) {
        all.push_back({place, told(shape, expected), told(shape, found)});
        return;
    }
    for (const Field& field : shape.fields) {
        add_differences(all, place + " " + std::string(field.name), *field.shape,
                        field_of(expected, field), field_of(found, field));
    }
}

}  // namespace hezhi::journal
