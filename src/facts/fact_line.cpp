#include "facts/fact_line.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "facts/all_facts.h"

namespace hezhi {
namespace {

namespace json = boost::json;

FieldError fault(std::string field, std::string zh, std::string en) {
    return {std::move(field), std::move(zh), std::move(en)};
}

struct LineMember {
    std::string_view name;
    json::kind kind;
    bool required;
};

constexpr LineMember line_members[] = {
    {"actor", json::kind::int64, false},       {"area", json::kind::int64, false},
    {"area_path", json::kind::string, false},  {"kind", json::kind::string, true},
    {"occurred_at", json::kind::int64, true},  {"payload", json::kind::object, true},
    {"permission", json::kind::string, false}, {"position", json::kind::int64, true},
    {"recorded_at", json::kind::int64, true},  {"subjects", json::kind::object, true},
    {"version", json::kind::int64, true},      {"via", json::kind::string, true},
};

FieldError wrong_form(const LineMember& member) {
    std::string field = "/" + std::string(member.name);
    switch (member.kind) {
        case json::kind::int64:
            return fault(field, "整数", "a whole number");
        case json::kind::string:
            return fault(field, "文字", "a text");
        default:
            return fault(field, "对象", "an object");
    }
}

std::optional<FieldError> check_members(const json::object& line) {
    for (const auto& [name, value] : line) {
        auto row = std::ranges::find(line_members, std::string_view(name), &LineMember::name);
        if (row == std::end(line_members)) {
            return fault("/" + std::string(name), "没有这个字段", "no such field");
        }
        if (value.kind() != row->kind) return wrong_form(*row);
    }
    for (const auto& member : line_members) {
        if (member.required && !line.contains(member.name)) return wrong_form(member);
    }
    for (const auto& [noun, id] : line.at("subjects").as_object()) {
        if (id.kind() != json::kind::int64 || id.as_int64() < 0) {
            return fault("/subjects/" + std::string(noun), "编号", "an id");
        }
    }
    return std::nullopt;
}

std::optional<FieldError> check_kind(const json::object& line) {
    const FactKind* kind = fact_kind(std::string_view(line.at("kind").as_string()));
    if (!kind) {
        return fault("/kind", "docs/reference/facts.md 中的一种",
                     "a kind of docs/reference/facts.md");
    }
    auto version = line.at("version").as_int64();
    if (version < 1 || version > kind->version) {
        std::string known = "1…" + std::to_string(kind->version);
        return fault("/version", known, known);
    }
    if (!from_label<Via>(std::string_view(line.at("via").as_string()))) {
        return fault("/via", "account、link、system 或 command",
                     "account, link, system or command");
    }
    return std::nullopt;
}

}  // namespace

std::expected<Fact, FieldError> read_fact_line(std::string_view line) {
    json::error_code failed;
    json::value parsed = json::parse(line, failed);
    if (failed || !parsed.is_object()) {
        return std::unexpected(fault("", "一个 JSON 对象", "one JSON object"));
    }
    if (auto wrong = check_members(parsed.get_object())) return std::unexpected(*wrong);
    if (auto wrong = check_kind(parsed.get_object())) return std::unexpected(*wrong);
    try {
        Fact fact = read_fact(line);
        const FactKind& kind = *fact_kind(fact.kind);
        auto faults = kind.faults(fact.payload);
        if (!faults.empty()) {
            faults.front().field.insert(0, "/payload");
            return std::unexpected(faults.front());
        }
        kind.parse(fact);
        return fact;
    } catch (const BrokenInvariant&) {
        return std::unexpected(fault("/payload", "该版本的内容", "a payload of its version"));
    }
}

}  // namespace hezhi
