#include "http/message.h"

#include <algorithm>

namespace hezhi::http {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::delete_:
            return "DELETE";
    }
    return "";
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

void HeaderFields::reserve(std::size_t fields, std::size_t bytes) {
    fields_.reserve(fields);
    text_.reserve(bytes);
}

void HeaderFields::add(std::string_view name, std::string_view value) {
    Place place;
    place.start = static_cast<std::uint32_t>(text_.size());
    place.name_length = static_cast<std::uint32_t>(name.size());
    place.value_length = static_cast<std::uint32_t>(value.size());
    fields_.push_back(place);
    text_.append(name).append(value);
}

std::pair<std::string_view, std::string_view> HeaderFields::at(std::size_t i) const {
    const Place& place = fields_.at(i);
    std::string_view all = text_;
    return {all.substr(place.start, place.name_length),
            all.substr(place.start + place.name_length, place.value_length)};
}

std::string_view HeaderFields::find(std::string_view name) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (fields_[i].name_length != name.size()) continue;
        auto [field, value] = at(i);
        if (equal_ignoring_case(field, name)) return value;
    }
    return {};
}

std::size_t HeaderFields::count(std::string_view name) const {
    std::size_t found = 0;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (equal_ignoring_case(at(i).first, name)) ++found;
    }
    return found;
}

std::string_view Request::cookie(std::string_view name) const {
    std::string_view rest = header("Cookie");
    while (!rest.empty()) {
        auto end = std::min(rest.find(';'), rest.size());
        std::string_view pair = without_blanks(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        auto equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
        std::string_view value = pair.substr(equals + 1);
        bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
        return quoted ? value.substr(1, value.size() - 2) : value;
    }
    return {};
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) return value;
    }
    return std::nullopt;
}

}  // namespace hezhi::http
