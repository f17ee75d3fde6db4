#include "api/route.h"

#include <charconv>

namespace hezhi::api {
namespace {

// 0 is nobody's id, so a path that holds no number finds nothing.
std::int64_t id_of(const std::string& text) {
    std::int64_t id = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    return error == std::errc{} && end == text.data() + text.size() && id > 0 ? id : 0;
}

// A field that was left empty on the page, or holds white space: nothing was asked.
bool is_blank(std::string_view text) {
    auto cleaned = clean_text(text);
    return cleaned && cleaned->empty();
}

}  // namespace

std::int64_t Reading::id(std::size_t i) const {
    return id_of(captures.at(i));
}

std::int64_t Writing::id(std::size_t i) const {
    return id_of(captures.at(i));
}

bool read_query(const Shape& shape, const http::Request& request, void* out,
                std::vector<FieldError>& errors) {
    for (const auto& [name, value] : request.query) {
        if (name == "lang") continue;  // the language of the answer, on every route
        const Field* known = nullptr;
        for (const Field& field : shape.fields) {
            if (field.name == name) known = &field;
        }
        if (!known) {
            errors.push_back({"/" + name, "没有这个参数", "no such parameter"});
        } else if (!is_blank(value)) {
            read_text_value(*known->shape, value, field_of(out, *known), name, errors);
        }
    }
    for (const Field& field : shape.fields) {
        if (field.shape->form == Form::optional) continue;
        auto value = request.query_value(field.name);
        if (!value || is_blank(*value)) {
            errors.push_back(
                {"/" + std::string(field.name), "必填参数", "this parameter is required"});
        }
    }
    return errors.empty();
}

}  // namespace hezhi::api
