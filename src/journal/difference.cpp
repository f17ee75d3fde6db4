#include "journal/difference.h"

#include "base/json.h"

namespace hezhi::journal {
namespace {

std::string told(const Shape& shape, const void* value) {
    JsonWriter out;
    out.value(shape, value);
    return out.take();
}

}  // namespace

void add_differences(Differences& all, const std::string& place, const Shape& shape,
                     const void* expected, const void* found) {
    if (shape.form == Form::record) {
        for (const Field& field : shape.fields) {
            add_differences(all, place + " " + std::string(field.name), *field.shape,
                            field_of(expected, field), field_of(found, field));
        }
        return;
    }
    std::string wanted = told(shape, expected), has = told(shape, found);
    if (wanted != has) all.push_back({place, std::move(wanted), std::move(has)});
}

}  // namespace hezhi::journal
