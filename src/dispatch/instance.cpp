#include "dispatch/instance.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <optional>
#include <unordered_map>

namespace hezhi::dispatch {

namespace {

std::unexpected<Refusal> wrong_line(std::size_t line, std::string zh, std::string en) {
    return refuse(refusals::instance_invalid,
                  {"line " + std::to_string(line), std::move(zh), std::move(en)});
}

// The words of one line, taken one after the other.
class Words {
  public:
    explicit Words(std::string_view line) : rest_(line) {}

    std::string_view word() {
        auto begin = rest_.find_first_not_of(" \t\r");
        if (begin == std::string_view::npos) {
            rest_ = {};
            return {};
        }
        auto end = std::min(rest_.find_first_of(" \t\r", begin), rest_.size());
        auto out = rest_.substr(begin, end - begin);
        rest_.remove_prefix(end);
        return out;
    }

    template <class T>
    T integer(int base = 10) {
        T out{};
        auto text = word();
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
        if (text.empty() || error != std::errc() || end != text.data() + text.size()) good_ = false;
        return out;
    }

    // Calls `each` for every part of "a,b,c"; nothing for "-".
    template <class Each>
    void list(Each&& each) {
        auto text = word();
        if (text.empty()) good_ = false;
        if (text == "-") return;
        while (!text.empty()) {
            auto comma = std::min(text.find(','), text.size());
            if (!each(text.substr(0, comma))) good_ = false;
            text.remove_prefix(std::min(comma + 1, text.size()));
        }
    }

    void fail() { good_ = false; }
    bool ended_well() { return good_ && word().empty(); }

  private:
    std::string_view rest_;
    bool good_ = true;
};

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

    bool read_line(std::string_view kind, Words& words) {
        if (kind == "person") return read_person(words);
        if (kind == "order") return read_order(words);
        if (kind == "capability") return read_capability(words);
        auto& rules = market_.rules;
        if (kind == "certificate") {
            rules.certificates |= named(words.word(), words);
        } else if (kind == "rule") {
            read_rule(words);
        } else if (kind == "load") {
            auto from = words.integer<std::int32_t>();
            rules.load_steps.push_back({from, words.integer<std::int32_t>()});
        } else if (kind == "colour") {
            rules.colour_cost.push_back(words.integer<std::int32_t>());
        } else if (kind == "wish") {
            auto bit = named(words.word(), words);
            auto cost = words.integer<std::int32_t>();
            if (bit) rules.unmet_wish_cost[std::size_t(std::countr_zero(bit))] = cost;
        } else {
            return false;
        }
        return words.ended_well();
    }

    Market take() {
        if (market_.rules.colour_cost.empty()) market_.rules.colour_cost = {0};
        return std::move(market_);
    }

  private:
    bool read_capability(Words& words) {
        auto name = words.word();
        auto bit = market_.rules.capability_names.size();
        if (name.empty() || name == "-" || name.find(',') != std::string_view::npos || bit >= 64) {
            return false;
        }
        market_.rules.capability_names.emplace_back(name);
        return bits_.emplace(name, Capabilities(1) << bit).second && words.ended_well();
    }

    Capabilities named(std::string_view name, Words& words) {
        auto bit = bits_.find(std::string(name));
        if (bit != bits_.end()) return bit->second;
        words.fail();
        return 0;
    }

    Capabilities capabilities(Words& words) {
        Capabilities out = 0;
        words.list([&](std::string_view name) {
            auto bit = named(name, words);
            out |= bit;
            return bit != 0;
        });
        return out;
    }

    void read_rule(Words& words) {
        auto name = words.word();
        if (name == "tie_salt") {
            market_.rules.tie_salt = words.integer<std::uint64_t>();
            return;
        }
        auto rule = std::ranges::find(named_rules, name, &NamedRule::name);
        if (rule == std::end(named_rules)) return words.fail();
        market_.rules.*rule->member = words.integer<std::int32_t>();
    }

    bool read_person(Words& words) {
        MarketPerson person;
        person.id = words.integer<std::int64_t>();
        person.x_m = words.integer<std::int32_t>();
        person.y_m = words.integer<std::int32_t>();
        person.reach_m = words.integer<std::int32_t>();
        person.free = words.integer<HalfHours>(16);
        person.minutes_month = words.integer<std::int32_t>();
        person.minutes_left = words.integer<std::int32_t>();
        person.colour = words.integer<std::uint8_t>();
        person.capabilities = capabilities(words);
        market_.people.push_back(person);
        return words.ended_well();
    }

    std::vector<std::int64_t> ids(Words& words) {
        std::vector<std::int64_t> out;
        words.list([&](std::string_view text) {
            return (out.push_back(Words(text).integer<std::int64_t>()), out.back() > 0);
        });
        return out;
    }

    bool read_order(Words& words) {
        MarketOrder order;
        order.id = words.integer<std::int64_t>();
        order.x_m = words.integer<std::int32_t>();
        order.y_m = words.integer<std::int32_t>();
        order.reach_m = words.integer<std::int32_t>();
        order.starts = words.integer<HalfHours>(16);
        order.half_hours = words.integer<std::int32_t>();
        order.people = words.integer<std::int32_t>();
        auto whole = words.word();
        if (whole != "all" && whole != "any") words.fail();
        order.all_or_nothing = whole == "all";
        order.urgency = words.integer<std::int32_t>();
        order.days_waiting = words.integer<std::int32_t>();
        order.required = capabilities(words);
        order.lead_required = capabilities(words);
        order.wished = capabilities(words);
        order.known = ids(words);
        order.excluded = ids(words);
        market_.orders.push_back(std::move(order));
        return words.ended_well();
    }

    Market market_;
    std::unordered_map<std::string, Capabilities> bits_;  // only looked up
};

class Lines {
  public:
    explicit Lines(std::string_view text) : rest_(text) {}
    std::optional<std::string_view> next() {
        if (rest_.empty()) return std::nullopt;
        ++number_;
        auto end = std::min(rest_.find('\n'), rest_.size());
        auto line = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        return line;
    }
    std::size_t number() const { return number_; }

  private:
    std::string_view rest_;
    std::size_t number_ = 0;
};

}  // namespace

Result<Market> read_market(std::string_view text) {
    Lines lines(text);
    auto title = lines.next();
    Words head(title.value_or(""));
    if (head.word() != "hezhi-dispatch" || head.integer<int>() != 1 || !head.ended_well()) {
        return wrong_line(1, "hezhi-dispatch 1", "hezhi-dispatch 1");
    }
    MarketReader reader;
    while (auto line = lines.next()) {
        Words words(*line);
        auto kind = words.word();
        if (kind.empty() || kind.front() == '#') continue;
        if (!reader.read_line(kind, words)) {
            return wrong_line(lines.number(), "格式所列的一行", "a line as the format lists it");
        }
    }
    auto market = reader.take();
    if (auto sound = check_market(market); !sound) return std::unexpected(sound.error());
    return market;
}

Result<CostMatrix> read_matrix(std::string_view text) {
    Lines lines(text);
    CostMatrix out;
    bool has_size = false;
    std::size_t wanted = 0;
    while (auto line = lines.next()) {
        auto rest = *line;
        for (;;) {
            auto begin = rest.find_first_not_of(" \t\r");
            if (begin == std::string_view::npos) break;
            rest.remove_prefix(begin);
            auto end = std::min(rest.find_first_of(" \t\r"), rest.size());
            auto value = Words(rest.substr(0, end));
            auto cost = value.integer<std::int64_t>();
            rest.remove_prefix(end);
            bool good = value.ended_well() && cost >= 0;
            if (!has_size) {
                if (!good || cost < 1 || cost > matrix_size_max) {
                    return wrong_line(lines.number(), "1 至 5000", "1 to 5000");
                }
                has_size = true;
                out.size = static_cast<std::uint32_t>(cost);
                wanted = std::size_t(out.size) * out.size;
                continue;
            }
            if (!good || cost > matrix_cost_max || out.costs.size() == wanted) {
                return wrong_line(lines.number(), "n×n 个 0 至 10000000 的整数",
                                  "n * n integers from 0 to 10,000,000");
            }
            out.costs.push_back(cost);
        }
    }
    if (!has_size || out.costs.size() != wanted) {
        return wrong_line(lines.number(), "n×n 个整数", "n * n integers");
    }
    return out;
}

}  // namespace hezhi::dispatch
