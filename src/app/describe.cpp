#include "app/describe.h"

#include <algorithm>
#include <functional>
#include <map>

#include "api/openapi.h"
#include "app/all_routes.h"
#include "app/figures.h"
#include "app/settings.h"
#include "app/version.h"
#include "domain/needs/need_states.h"
#include "domain/orders/order_states.h"
#include "domain/reports/reports.h"
#include "facts/all_facts.h"

namespace hezhi::app {
namespace {

// A table with a heading; written as Markdown or as a JSON list of objects.
struct Table {
    std::string title;
    std::string note;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

std::string markdown(const Table& table) {
    auto line = [](const std::vector<std::string>& cells) {
        std::string out = "|";
        for (const auto& cell : cells) out += " " + cell + " |";
        return out + "\n";
    };
    std::string out = "# " + table.title + "\n\n" + table.note + "\n\n";
    out += line(table.columns);
    out += line(std::vector<std::string>(table.columns.size(), "---"));
    for (const auto& row : table.rows) out += line(row);
    return out;
}

std::string json(const Table& table) {
    JsonWriter out;
    out.begin_array();
    for (const auto& row : table.rows) {
        std::map<std::string, std::string> sorted;
        for (std::size_t i = 0; i < row.size(); ++i) sorted[table.columns[i]] = row[i];
        out.begin_object();
        for (const auto& [key, value] : sorted) {
            out.key(key);
            value.empty() ? out.null() : out.text(value);
        }
        out.end_object();
    }
    out.end_array();
    return out.take();
}

std::string join(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

Table states() {
    Table table{"States and transitions",
                "Made by `hezhi describe states`. What is not in a row is refused.",
                {"noun", "action", "from", "to", "permission", "note"},
                {}};
    for (const auto& row : needs::need_transitions) {
        std::vector<std::string> from;
        for (std::size_t i = 0; i < row.from.size(); ++i) {
            if (row.from[i]) from.emplace_back(label_of(static_cast<needs::NeedStep>(i)));
        }
        table.rows.push_back({"need", std::string(row.action), join(from),
                              std::string(label_of(row.to)), std::string(row.permission), ""});
    }
    for (const auto& row : orders::order_transitions()) {
        std::vector<std::string> from;
        for (OrderStep step : row.from) from.emplace_back(label_of(step));
        table.rows.push_back(
            {"order", std::string(row.action), join(from), std::string(label_of(row.to)),
             row.permission.empty() ? "link or system" : std::string(row.permission),
             std::string(row.note)});
    }
    return table;
}

Table permissions() {
    Table table{"Roles and permissions",
                "Made by `hezhi describe permissions`.",
                {"role", "zh", "permission", "scope"},
                {}};
    for (const auto& row : accounts::permissions()) {
        table.rows.push_back({std::string(row.role), std::string(accounts::find_role(row.role)->zh),
                              std::string(row.permission), std::string(label_of(row.scope))});
    }
    return table;
}

Table actions() {
    Table table{"Actions",
                "Made by `hezhi describe actions`. One row holds every name of an action.",
                {"action", "permission", "fact", "route", "label_zh", "label_en"},
                {}};
    for (const auto& row : all_actions()) {
        table.rows.push_back({std::string(row.action), std::string(row.permission),
                              std::string(row.fact), std::string(row.route), std::string(row.zh),
                              std::string(row.en)});
    }
    return table;
}

Table facts() {
    Table table{"Facts",
                "Made by `hezhi describe facts`. Payloads are canonical JSON (canonical_json.md).",
                {"kind", "version", "payload"},
                {}};
    for (const FactKind& kind : all_facts()) {
        std::vector<std::string> fields;
        for (const Field& field : kind.payload->sorted_fields) {
            bool optional = field.shape->form == Form::optional;
            const Shape& shape = optional ? *field.shape->element : *field.shape;
            fields.push_back(std::string(field.name) + ": " + std::string(label_of(shape.form)) +
                             (optional ? "?" : ""));
        }
        table.rows.push_back({std::string(kind.kind), std::to_string(kind.version), join(fields)});
    }
    return table;
}

Table figures() {
    Table table{
        "Figures",
        "Made by `hezhi describe figures`. What `hezhi evaluate` prints, and the facts that "
        "each is folded from (facts.md).",
        {"figure", "key", "facts"},
        {}};
    for (const journal::FigureDef* def : all_figures()) {
        std::vector<std::string> kinds(def->kinds.begin(), def->kinds.end());
        table.rows.push_back(
            {std::string(def->name), std::string(def->key_field().name), join(kinds)});
    }
    std::ranges::sort(table.rows);
    return table;
}

Table setting_table() {
    Table table{
        "Settings", "Made by `hezhi describe settings`.", {"flag", "default", "zh", "en"}, {}};
    for (const SettingRow& row : settings()) {
        table.rows.push_back({"`" + std::string(row.flag) + "`", std::string(row.fallback),
                              std::string(row.zh), std::string(row.en)});
    }
    return table;
}

Table route_table(const api::Routes& routes) {
    Table table{"Routes",
                "Made by `hezhi describe routes`. The API stands below `/api`.",
                {"method", "path", "action", "permission", "audience", "input", "output"},
                {}};
    for (const auto& route : routes) {
        table.rows.push_back({std::string(http::to_string(route.method)), std::string(route.path),
                              std::string(route.action), std::string(route.permission),
                              std::string(label_of(route.audience)),
                              route.input ? std::string(route.input->name) : "",
                              route.output ? std::string(route.output->name) : ""});
    }
    return table;
}

void write_words(JsonWriter& out, std::string_view zh, std::string_view en) {
    out.begin_object();
    out.key("en");
    out.text(en);
    out.key("zh");
    out.text(zh);
    out.end_object();
}

// The words of states, actions, facts and roles for the pages.
std::string catalogue() {
    using Words = std::map<std::string, std::pair<std::string_view, std::string_view>>;
    std::map<std::string, Words> state_words;
    for (const auto& row : all_states()) {
        state_words[std::string(row.noun)][std::string(row.state)] = {row.zh, row.en};
    }
    Words action_words, fact_words, role_words;
    for (const auto& row : all_actions()) {
        action_words[std::string(row.action)] = {row.zh, row.en};
        fact_words[std::string(row.fact)] = {row.fact_zh, row.fact_en};
    }
    for (const auto& row : reports::following_facts()) {
        fact_words[std::string(row.kind)] = {row.zh, row.en};
    }
    for (const auto& row : accounts::roles()) role_words[std::string(row.key)] = {row.zh, row.en};
    JsonWriter out;
    auto write = [&](const Words& words) {
        out.begin_object();
        for (const auto& [key, word] : words) {
            out.key(key);
            write_words(out, word.first, word.second);
        }
        out.end_object();
    };
    out.begin_object();
    out.key("actions");
    write(action_words);
    out.key("facts");
    write(fact_words);
    out.key("roles");
    write(role_words);
    out.key("states");
    out.begin_object();
    for (const auto& [noun, words] : state_words) {
        out.key(noun);
        write(words);
    }
    out.end_object();
    out.end_object();
    return out.take();
}

}  // namespace

std::optional<std::string> describe(std::string_view what, bool as_json,
                                    const api::Routes& routes) {
    if (what == "catalogue") return catalogue() + "\n";
    if (what == "openapi") return api::openapi(routes, version) + "\n";
    const std::map<std::string_view, std::function<Table()>> tables{
        {"states", states},
        {"permissions", permissions},
        {"routes", [&routes] { return route_table(routes); }},
        {"facts", facts},
        {"figures", figures},
        {"settings", setting_table},
        {"actions", actions}};
    auto found = tables.find(what);
    if (found == tables.end()) return std::nullopt;
    Table table = found->second();
    return as_json ? json(table) + "\n" : markdown(table);
}

}  // namespace hezhi::app
