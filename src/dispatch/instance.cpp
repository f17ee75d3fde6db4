#include "dispatch/instance.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "dispatch/instance_words.h"

namespace hezhi::dispatch {

namespace {

constexpr auto int32_max = std::numeric_limits<std::int32_t>::max();
constexpr auto int64_max = std::numeric_limits<std::int64_t>::max();

std::unexpected<Refusal> wrong_line(std::size_t line, const FieldError& fault) {
    auto place = "line " + std::to_string(line);
    if (!fault.field.empty()) place += ", " + fault.field;
    return refuse(refusals::instance_invalid, {place, fault.expected_zh, fault.expected_en});
}

struct NamedRule {
    std::string_view name;
    std::int32_t MarketRules::*member;
};
constexpr NamedRule named_rules[] = {
    {"visit_cost", &MarketRules::visit_cost},
    {"metres_per_cost", &MarketRules::metres_per_cost},
    {"unneeded_certificate_cost", &MarketRules::unneeded_certificate_cost},
    {"unneeded_certificate_cost_max", &MarketRules::unneeded_certificate_cost_max},
    {"continuity_gain", &MarketRules::continuity_gain},
    {"empty_cost", &MarketRules::empty_cost},
    {"empty_cost_per_urgency", &MarketRules::empty_cost_per_urgency},
    {"empty_cost_per_day_waiting", &MarketRules::empty_cost_per_day_waiting},
    {"empty_cost_max", &MarketRules::empty_cost_max},
};

class MarketReader {
  public:
    MarketReader() { market_.rules.colour_cost.clear(); }

    void read_line(std::string_view kind, InstanceWords& words, std::size_t line) {
        auto& rules = market_.rules;
        if (kind == "person") {
            read_person(words);
            person_line_.push_back(line);
        } else if (kind == "order") {
            read_order(words);
            order_line_.push_back(line);
        } else if (kind == "capability") {
            read_capability(words);
        } else if (kind == "certificate") {
            rules.certificates |= capability("name", words);
            words.end("name");
        } else if (kind == "rule") {
            read_rule(words, line);
        } else if (kind == "load") {
            auto from = words.integer("minutes_from", 0, int32_max);
            rules.load_steps.push_back({from, words.integer("cost", 0, int32_max)});
            words.end("cost");
        } else if (kind == "colour") {
            rules.colour_cost.push_back(words.integer("cost", 0, int32_max));
            words.end("cost");
        } else if (kind == "wish") {
            auto bit = capability("name", words);
            auto cost = words.integer("cost", 0, int32_max);
            if (bit) rules.unmet_wish_cost[std::size_t(std::countr_zero(bit))] = cost;
            words.end("cost");
        } else {
            words.fail("", "capability、certificate、rule、load、colour、wish、person、order 之一",
                       "one of capability, certificate, rule, load, colour, wish, person, order");
        }
    }

    Result<Market> take() {
        if (market_.rules.colour_cost.empty()) market_.rules.colour_cost = {0};
        if (auto sound = check_market(market_); !sound) {
            return std::unexpected(with_lines(std::move(sound.error())));
        }
        return std::move(market_);
    }

  private:
    void read_capability(InstanceWords& words) {
        auto name = words.word();
        auto bit = market_.rules.capability_names.size();
        if (name.empty() || name == "-" || name.find(',') != std::string_view::npos) {
            words.fail("name", "不含逗号的名称", "a name without commas");
        } else if (bit >= 64) {
            words.fail("name", "至多 64 项", "at most 64 capabilities");
        } else if (!bits_.emplace(name, Capabilities(1) << bit).second) {
            words.fail("name", "每个名称只出现一次", "each name once");
        } else {
            market_.rules.capability_names.emplace_back(name);
        }
        words.end("name");
    }

    Capabilities named(std::string_view name) const {
        auto bit = bits_.find(std::string(name));
        return bit == bits_.end() ? 0 : bit->second;
    }

    Capabilities capability(std::string_view field, InstanceWords& words) {
        auto bit = named(words.word());
        if (!bit) words.fail(field, "前面列出的能力名称", "the name of a capability listed before");
        return bit;
    }

    Capabilities capabilities(std::string_view field, InstanceWords& words) {
        Capabilities out = 0;
        words.list(field, "前面列出的能力名称，以逗号分隔，没有则写 -",
                   "names of capabilities listed before with commas between them, or -",
                   [&](std::string_view name) {
                       auto bit = named(name);
                       out |= bit;
                       return bit != 0;
                   });
        return out;
    }

    void read_rule(InstanceWords& words, std::size_t line) {
        auto name = words.word();
        rule_line_.insert_or_assign(std::string(name), line);
        if (name == "tie_salt") {
            market_.rules.tie_salt =
                words.integer<std::uint64_t>(name, 0, std::numeric_limits<std::uint64_t>::max());
            return words.end(name);
        }
        auto rule = std::ranges::find(named_rules, name, &NamedRule::name);
        if (rule == std::end(named_rules)) {
            std::string known = "tie_salt";
            for (auto& each : named_rules) known += ", " + std::string(each.name);
            return words.fail("name", known, known);
        }
        market_.rules.*rule->member = words.integer(name, 0, int32_max);
        words.end(name);
    }

    void read_person(InstanceWords& words) {
        MarketPerson person;
        person.id = words.integer<std::int64_t>("id", 1, int64_max);
        person.x_m =
            words.integer("x", -market_limits::coordinate_max_m, market_limits::coordinate_max_m);
        person.y_m =
            words.integer("y", -market_limits::coordinate_max_m, market_limits::coordinate_max_m);
        person.reach_m = words.integer("reach", 0, market_limits::reach_max_m);
        person.free = words.hexadecimal("free");
        person.minutes_month = words.integer("minutes_month", 0, int32_max);
        person.minutes_left = words.integer("minutes_left", 0, int32_max);
        person.colour = static_cast<std::uint8_t>(words.integer("colour", 0, 255));
        person.capabilities = capabilities("capabilities", words);
        words.end("capabilities");
        market_.people.push_back(person);
    }

    std::vector<std::int64_t> ids(std::string_view field, InstanceWords& words) {
        std::vector<std::int64_t> out;
        words.list(field, "大于 0 的编号，以逗号分隔，没有则写 -",
                   "ids above 0 with commas between them, or -", [&](std::string_view text) {
                       auto id = InstanceWords::parsed<std::int64_t>(text, 10).value_or(0);
                       out.push_back(id);
                       return id > 0;
                   });
        return out;
    }

    void read_order(InstanceWords& words) {
        MarketOrder order;
        order.id = words.integer<std::int64_t>("id", 1, int64_max);
        order.x_m =
            words.integer("x", -market_limits::coordinate_max_m, market_limits::coordinate_max_m);
        order.y_m =
            words.integer("y", -market_limits::coordinate_max_m, market_limits::coordinate_max_m);
        order.reach_m = words.integer("reach", 0, int32_max);
        order.starts = words.hexadecimal("starts");
        order.half_hours = words.integer("half_hours", 1, 63);
        order.people = words.integer("people", 1, market_limits::team_max);
        auto whole = words.word();
        if (whole != "all" && whole != "any") words.fail("whole", "all 或 any", "all or any");
        order.all_or_nothing = whole == "all";
        order.urgency = words.integer("urgency", 0, int32_max);
        order.days_waiting = words.integer("days", 0, int32_max);
        order.required = capabilities("required", words);
        order.lead_required = capabilities("lead", words);
        order.wished = capabilities("wished", words);
        order.known = ids("known", words);
        order.excluded = ids("excluded", words);
        words.end("excluded");
        market_.orders.push_back(std::move(order));
    }

    // What only the whole market shows is told by the line too.
    Refusal with_lines(Refusal refusal) const {
        for (auto& fault : refusal.fields) {
            std::string_view at = fault.field;
            if (refusal.is(refusals::market_duplicate_id)) {
                auto line = at == "/people" ? second_of(market_.people, person_line_)
                                            : second_of(market_.orders, order_line_);
                fault.field = "line " + std::to_string(line) + ", id";
            } else if (auto line = line_of(at)) {
                auto slash = at.rfind('/');
                bool has_part = std::ranges::count(at, '/') == 3 || at.starts_with("/rules/");
                auto part = has_part ? ", " + std::string(at.substr(slash + 1)) : "";
                fault.field = "line " + std::to_string(*line) + part;
            }
        }
        return refusal;
    }

    template <class T>
    static std::size_t second_of(const std::vector<T>& records,
                                 const std::vector<std::size_t>& lines) {
        std::unordered_set<std::int64_t> seen;
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (!seen.insert(records[i].id).second) return lines[i];
        }
        return 0;
    }

    // "/people/3/colour" and "/rules/empty_cost_max" have a line; "/orders" as a whole has none.
    std::optional<std::size_t> line_of(std::string_view pointer) const {
        auto after = [&](std::string_view head, const std::vector<std::size_t>& lines) {
            auto rest = pointer.substr(head.size());
            auto number = InstanceWords::parsed<std::size_t>(rest.substr(0, rest.find('/')), 10);
            return number && *number < lines.size() ? std::optional(lines[*number]) : std::nullopt;
        };
        if (pointer.starts_with("/people/")) return after("/people/", person_line_);
        if (pointer.starts_with("/orders/")) return after("/orders/", order_line_);
        if (!pointer.starts_with("/rules/")) return std::nullopt;
        auto rule = rule_line_.find(std::string(pointer.substr(7)));
        return rule == rule_line_.end() ? std::nullopt : std::optional(rule->second);
    }

    Market market_;
    std::unordered_map<std::string, Capabilities> bits_;  // only looked up
    std::vector<std::size_t> person_line_, order_line_;
    std::map<std::string, std::size_t> rule_line_;
};

}  // namespace

Result<Market> read_market(std::string_view text) {
    InstanceLines lines(text);
    auto title = lines.next();
    InstanceWords head(title.value_or(""));
    if (head.word() != "hezhi-dispatch" || head.word() != "1" || !head.word().empty()) {
        return wrong_line(1, {"", "hezhi-dispatch 1", "hezhi-dispatch 1"});
    }
    MarketReader reader;
    while (auto line = lines.next()) {
        InstanceWords words(*line);
        auto kind = words.word();
        if (kind.empty() || kind.front() == '#') continue;
        reader.read_line(kind, words, lines.number());
        if (words.fault()) return wrong_line(lines.number(), *words.fault());
    }
    return reader.take();
}

Result<CostMatrix> read_matrix(std::string_view text) {
    InstanceLines lines(text);
    CostMatrix out;
    std::size_t wanted = 0;
    auto is_next = [&] {
        auto at = out.costs.size();
        return "cost of row " + std::to_string(at / out.size + 1) + ", column " +
               std::to_string(at % out.size + 1);
    };
    while (auto line = lines.next()) {
        InstanceWords words(*line);
        for (auto word = words.word(); !word.empty(); word = words.word()) {
            auto value = InstanceWords::parsed<std::int64_t>(word, 10).value_or(-1);
            if (out.size == 0) {
                if (value < 1 || value > matrix_size_max) {
                    return wrong_line(lines.number(),
                                      {"size", "hezhi-dispatch 1，或 1 至 5000 的行数",
                                       "hezhi-dispatch 1, or a number of rows from 1 to 5000"});
                }
                out.size = static_cast<std::uint32_t>(value);
                wanted = std::size_t(out.size) * out.size;
                continue;
            }
            if (out.costs.size() == wanted) {
                return wrong_line(lines.number(),
                                  {"", "n×n 个数之后没有其他内容", "nothing after n * n costs"});
            }
            if (value < 0 || value > matrix_cost_max) {
                return wrong_line(lines.number(), {is_next(), "0 至 10000000 的整数",
                                                   "an integer from 0 to 10000000"});
            }
            out.costs.push_back(value);
        }
    }
    if (out.size == 0) {
        return wrong_line(1, {"", "hezhi-dispatch 1，或 OR-Library 指派问题的行数",
                              "hezhi-dispatch 1, or the size of an OR-Library assignment problem"});
    }
    if (out.costs.size() != wanted) {
        return wrong_line(lines.number(), {is_next(), "一共 n×n 个整数", "n * n integers in all"});
    }
    return out;
}

}  // namespace hezhi::dispatch
