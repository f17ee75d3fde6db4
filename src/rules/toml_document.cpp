#include "rules/toml_document.h"

#include <stdexcept>

// The library asserts on some damaged texts instead of reporting them. A text that people bring
// must not end the program, so its assertions are exceptions, which parse_toml answers as an error.
#define TOML_ASSERT(expr) \
    ((expr) ? void(0) : throw std::logic_error("the parser met what it did not expect"))
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
// Some of its functions are noexcept; an assertion there still ends the program, as it would have.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wterminate"
#include <toml++/toml.h>
#pragma GCC diagnostic pop

#include <algorithm>

namespace hezhi::rules {

namespace {

std::int32_t line_of(const toml::source_region& source) {
    return static_cast<std::int32_t>(source.begin.line);
}

void set_day(TomlNode& out, const toml::date& date) {
    std::chrono::year_month_day ymd{std::chrono::year(date.year), std::chrono::month(date.month),
                                    std::chrono::day(date.day)};
    out.kind = TomlNode::Kind::day;
    out.day = {static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count())};
}

TomlNode convert(const toml::node& node, const std::string& file, std::int32_t line) {
    TomlNode out;
    out.file = file;
    out.line = line;
    if (auto table = node.as_table()) {
        for (auto&& [key, value] : *table) {
            out.members.emplace(std::string(key.str()),
                                convert(value, file, line_of(key.source())));
        }
    } else if (auto array = node.as_array()) {
        out.kind = TomlNode::Kind::array;
        for (auto&& item : *array) out.items.push_back(convert(item, file, line_of(item.source())));
    } else if (auto text = node.as_string()) {
        out.kind = TomlNode::Kind::text;
        out.text = text->get();
    } else if (auto integer = node.as_integer()) {
        out.kind = TomlNode::Kind::integer;
        out.integer = integer->get();
    } else if (auto boolean = node.as_boolean()) {
        out.kind = TomlNode::Kind::boolean;
        out.boolean = boolean->get();
    } else if (auto date = node.as_date()) {
        set_day(out, date->get());
    } else {
        out.kind = TomlNode::Kind::other;  // floating numbers and times: no rule uses them
    }
    return out;
}

// The library names the place of a mistake but not the key; the line itself does.
std::string key_on_line(const std::string& text, std::int32_t line) {
    std::size_t begin = 0;
    for (std::int32_t n = 1; n < line && begin != std::string::npos; ++n) {
        begin = text.find('\n', begin);
        if (begin != std::string::npos) ++begin;
    }
    if (begin == std::string::npos) return {};
    std::string_view row(text.data() + begin,
                         std::min(text.find('\n', begin), text.size()) - begin);
    row = row.substr(0, row.find('='));
    const char* around = " \t[]\"'";
    auto first = row.find_first_not_of(around);
    if (first == std::string_view::npos) return {};
    return std::string(row.substr(first, row.find_last_not_of(around) - first + 1));
}

// A clause is a table that says itself; what stands inside `says` is not one.
bool holds_clauses(const TomlNode& node) {
    return std::ranges::any_of(node.members, [](const auto& member) {
        return member.first == "says" || holds_clauses(member.second);
    });
}

}  // namespace

std::expected<TomlNode, RuleError> parse_toml(const std::string& text, const std::string& file) {
    try {
        return convert(toml::parse(text, file), file, 1);
    } catch (const toml::parse_error& error) {
        auto line = line_of(error.source());
        std::string what(error.description());
        bool twice = what.find("redefine") != std::string::npos;
        return std::unexpected(
            RuleError{file, line, key_on_line(text, line),
                      twice ? "同一个键只能写一次" : "应为正确的 TOML 写法（" + what + "）",
                      twice ? "a key that stands only once" : "well-formed TOML (" + what + ")"});
    } catch (const std::logic_error&) {
        return std::unexpected(RuleError{file, 0, "", "应为正确的 TOML 写法", "well-formed TOML"});
    }
}

void lay_over(TomlNode& lower, TomlNode upper) {
    bool changes_values = false;
    for (auto& [key, value] : upper.members) {
        auto [place, is_new] = lower.members.try_emplace(key);
        if (!holds_clauses(value) && !holds_clauses(place->second)) {
            changes_values = true;
            place->second = std::move(value);
        } else if (is_new || value.kind != TomlNode::Kind::table) {
            place->second = std::move(value);
        } else {
            lay_over(place->second, std::move(value));
        }
    }
    if (!changes_values) return;
    if (!upper.member("says")) lower.members.erase("says");
    lower.file = upper.file;
    lower.line = upper.line;
}

}  // namespace hezhi::rules
