#include "rules/table_reader.h"

#include <algorithm>
#include <numeric>

namespace hezhi::rules {

namespace {

// What a kind is called in an error.
Words kind_words(TomlNode::Kind kind) {
    switch (kind) {
        case TomlNode::Kind::table:
            return {"应为一组键值", "a table of keys and values"};
        case TomlNode::Kind::array:
            return {"应为列表", "a list"};
        case TomlNode::Kind::text:
            return {"应为带引号的文字", "a text in quotes"};
        case TomlNode::Kind::integer:
            return {"应为整数", "a whole number"};
        case TomlNode::Kind::boolean:
            return {"应为 true 或 false", "true or false"};
        case TomlNode::Kind::day:
            return {"应为日期，如 2026-03-05", "a day such as 2026-03-05"};
        case TomlNode::Kind::other:
            break;
    }
    return {"不支持的写法", "another kind of value"};
}

bool is_key(std::string_view text) {
    auto letter_or_digit = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    return !text.empty() && text.size() <= 60 && std::ranges::all_of(text, letter_or_digit);
}

// The number of single-letter changes that make `b` of `a`.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
        }
    }
    return row[b.size()];
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string out;
    for (auto word : words) out += (out.empty() ? "" : ", ") + std::string(word);
    return out;
}

}  // namespace

std::string nearest(std::string_view word, const std::set<std::string>& known) {
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (auto& candidate : known) {
        auto d = distance(word, candidate);
        if (d < best_distance) best = candidate, best_distance = d;
    }
    return best;
}

TableReader::TableReader(const TomlNode& table, std::string path, std::vector<RuleError>& errors)
    : table_(table), path_(std::move(path)), errors_(errors) {}

std::string TableReader::path_of(const std::string& key) const {
    if (key.empty()) return path_;
    return path_.empty() ? key : path_ + "." + key;
}

void TableReader::wrong_at(const TomlNode& place, const std::string& key, std::string expected_zh,
                           std::string expected_en) {
    errors_.push_back(
        {place.file, place.line, path_of(key), std::move(expected_zh), std::move(expected_en)});
}

void TableReader::wrong(const std::string& key, std::string expected_zh, std::string expected_en) {
    const TomlNode* place = table_.member(key);
    wrong_at(place ? *place : table_, key, std::move(expected_zh), std::move(expected_en));
}

const TomlNode* TableReader::find(const std::string& key) {
    asked_.insert(key);
    return table_.member(key);
}

const TomlNode* TableReader::node(const std::string& key, TomlNode::Kind kind, bool required) {
    const TomlNode* found = find(key);
    Words expected = kind_words(kind);
    if (!found) {
        if (required) wrong(key, "缺少此项，" + expected.zh, "this key, with " + expected.en);
        return nullptr;
    }
    if (found->kind != kind) {
        wrong(key, expected.zh, expected.en);
        return nullptr;
    }
    return found;
}

std::string TableReader::text(const std::string& key) {
    const TomlNode* found = node(key, TomlNode::Kind::text, true);
    if (!found) return {};
    auto clean = clean_text(found->text);
    if (!clean || clean->empty() || *clean != found->text || found->text.size() > 2000) {
        wrong(key, "应为非空文字，首尾不留空白",
              "a text that is not empty, without space around it");
        return {};
    }
    return found->text;
}

std::optional<std::string> TableReader::optional_text(const std::string& key) {
    if (!find(key)) return std::nullopt;
    return text(key);
}

Words TableReader::words(const std::string& key) {
    const TomlNode* found = node(key, TomlNode::Kind::table, true);
    if (!found) return {};
    TableReader inner(*found, path_of(key), errors_);
    Words out{inner.text("zh"), inner.text("en")};
    inner.finish();
    return out;
}

std::optional<Words> TableReader::optional_words(const std::string& key) {
    if (!find(key)) return std::nullopt;
    return words(key);
}

std::int32_t TableReader::integer(const std::string& key, Span span) {
    const TomlNode* found = node(key, TomlNode::Kind::integer, true);
    if (!found) return 0;
    if (found->integer < span.lowest || found->integer > span.highest) {
        auto low = std::to_string(span.lowest), high = std::to_string(span.highest);
        wrong(key, "应为 " + low + " 到 " + high + " 之间的整数",
              "a whole number from " + low + " to " + high);
        return 0;
    }
    return static_cast<std::int32_t>(found->integer);
}

std::int32_t TableReader::integer_or(const std::string& key, Span span, std::int32_t otherwise) {
    return find(key) ? integer(key, span) : otherwise;
}

bool TableReader::boolean_or(const std::string& key, bool otherwise) {
    if (!find(key)) return otherwise;
    const TomlNode* found = node(key, TomlNode::Kind::boolean, true);
    return found ? found->boolean : otherwise;
}

std::vector<std::string> TableReader::texts(const std::string& key, bool required) {
    std::vector<std::string> out;
    const TomlNode* found = node(key, TomlNode::Kind::array, required);
    if (!found) return out;
    for (auto& item : found->items) {
        if (item.kind != TomlNode::Kind::text || item.text.empty()) {
            wrong_at(item, key, "列表中每一项应为带引号的文字", "a list of texts in quotes");
        } else {
            out.push_back(item.text);
        }
    }
    return out;
}

std::vector<std::int32_t> TableReader::integers(const std::string& key, Span span) {
    std::vector<std::int32_t> out;
    const TomlNode* found = node(key, TomlNode::Kind::array, true);
    if (!found) return out;
    for (auto& item : found->items) {
        if (item.kind != TomlNode::Kind::integer || item.integer < span.lowest ||
            item.integer > span.highest) {
            auto low = std::to_string(span.lowest), high = std::to_string(span.highest);
            wrong_at(item, key, "列表中每一项应为 " + low + " 到 " + high + " 之间的整数",
                     "a list of whole numbers from " + low + " to " + high);
        } else {
            out.push_back(static_cast<std::int32_t>(item.integer));
        }
    }
    return out;
}

Day TableReader::day(const std::string& key) {
    const TomlNode* found = node(key, TomlNode::Kind::day, true);
    return found ? found->day : Day{};
}

std::vector<Day> TableReader::days(const std::string& key) {
    std::vector<Day> out;
    const TomlNode* found = node(key, TomlNode::Kind::array, true);
    if (!found) return out;
    for (auto& item : found->items) {
        if (item.kind == TomlNode::Kind::day) {
            out.push_back(item.day);
        } else {
            wrong_at(item, key, "列表中每一项应为日期，如 2026-03-05",
                     "a list of days such as 2026-03-05");
        }
    }
    return out;
}

TimeLimit TableReader::time_limit(const std::string& key) {
    const TomlNode* found = node(key, TomlNode::Kind::table, true);
    if (!found) return {};
    TableReader inner(*found, path_of(key), errors_);
    TimeLimit out;
    int units = 0;
    for (auto [name, unit, most] :
         {std::tuple{"minutes", TimeUnit::minutes, 10080},
          std::tuple{"hours", TimeUnit::hours, 1440}, std::tuple{"days", TimeUnit::days, 366}}) {
        if (!inner.find(name)) continue;
        out.amount = inner.integer(name, {1, most});
        out.unit = unit;
        ++units;
    }
    if (units != 1) {
        wrong(key, "应只写 minutes（分钟）、hours（小时）、days（天）之一",
              "exactly one of minutes, hours, days");
    }
    out.clock = inner.choice<ClockKind>("clock");
    inner.finish();
    return out;
}

Clause TableReader::clause() {
    Clause out{table_.file, table_.line, {}, {}};
    if (find("says")) {
        out.says = words("says");
    } else {
        wrong("says", "缺少 says：每一条规则须用中英文各一句话说明自己",
              "says = { zh, en }: every clause says itself in one sentence");
    }
    out.source = optional_text("source").value_or("");
    return out;
}

bool TableReader::check_row(const std::string& key, const TomlNode& item) {
    if (item.kind == TomlNode::Kind::table) return true;
    wrong_at(item, key, "列表中每一项应为 { 键 = 值 }", "a list of { key = value }");
    return false;
}

bool TableReader::check_entry(const std::string& group, const std::string& name,
                              const TomlNode& value) {
    if (!is_key(name)) {
        wrong_at(value, group + "." + name, "键名只用英文字母、数字和下划线",
                 "a key of letters, digits and underscores");
        return false;
    }
    if (value.kind != TomlNode::Kind::table) {
        wrong_at(value, group + "." + name, "应为 [" + path_of(group) + ".名称] 一节",
                 "a section [" + path_of(group) + ".<key>]");
        return false;
    }
    return true;
}

std::string_view TableReader::choice_label(const std::string& key,
                                           const std::vector<std::string_view>& labels) {
    const TomlNode* found = find(key);
    if (found && found->kind == TomlNode::Kind::text) {
        auto label = std::ranges::find(labels, found->text);
        if (label != labels.end()) return *label;
    }
    auto list = joined(labels);
    wrong(key, (found ? "应为以下之一：" : "缺少此项，应为以下之一：") + list,
          (found ? "one of " : "this key, with one of ") + list);
    return labels.front();
}

void TableReader::finish() {
    for (auto& [key, value] : table_.members) {
        if (asked_.contains(key)) continue;
        std::set<std::string> unused;
        for (auto& known : asked_) {
            if (!table_.member(known)) unused.insert(known);
        }
        auto near = nearest(key, unused);
        if (near.empty()) near = nearest(key, asked_);
        wrong_at(value, key, near.empty() ? "没有这个键" : "没有这个键，最接近的是 " + near,
                 near.empty() ? "no such key" : "no such key; the nearest is " + near);
    }
}

}  // namespace hezhi::rules
