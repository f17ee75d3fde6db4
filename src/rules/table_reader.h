// Takes typed values out of one TOML table and gathers what is wrong with them. Internal to rules.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/shape.h"
#include "rules/pack.h"
#include "rules/pack_reader.h"
#include "rules/toml_document.h"

namespace hezhi::rules {

struct Span {
    std::int64_t lowest;
    std::int64_t highest;
};

// The reader of one table. After an error a reading function returns its type's zero value and goes
// on, so that one run finds every error. `table` and `errors` outlive the reader.
class TableReader {
  public:
    TableReader(const TomlNode& table, std::string path, std::vector<RuleError>& errors);

    std::string text(const std::string& key);  // required, not empty
    std::optional<std::string> optional_text(const std::string& key);
    Words words(const std::string& key);  // { zh = "…", en = "…" }
    std::optional<Words> optional_words(const std::string& key);
    std::int32_t integer(const std::string& key, Span span);
    std::int32_t integer_or(const std::string& key, Span span, std::int32_t otherwise);
    bool boolean_or(const std::string& key, bool otherwise);
    Day day(const std::string& key);
    std::vector<std::string> texts(const std::string& key, bool required);
    std::vector<std::int32_t> integers(const std::string& key, Span span);
    std::vector<Day> days(const std::string& key);
    TimeLimit time_limit(const std::string& key);  // { hours = 2, clock = "calendar" }
    Clause clause();                               // says, source, and the table's place

    template <class E>
    E choice(const std::string& key) {
        return *from_label<E>(choice_label(key, shape_of<E>().labels));
    }
    template <class E>
    E choice_or(const std::string& key, E otherwise) {
        return find(key) ? choice<E>(key) : otherwise;
    }

    // The node, or null with an error if it is required and missing or not of that kind.
    const TomlNode* node(const std::string& key, TomlNode::Kind kind, bool required);

    // Calls `each(name, TableReader&)` for every table inside the table `key`, by name, and
    // finishes its reader.
    template <class Each>
    void entries(const std::string& key, bool required, Each each) {
        const TomlNode* group = node(key, TomlNode::Kind::table, required);
        if (!group) return;
        for (auto& [name, value] : group->members) {
            if (!check_entry(key, name, value)) continue;
            TableReader reader(value, path_of(key) + "." + name, errors_);
            each(name, reader);
            reader.finish();
        }
    }

    // Calls `read(TableReader&)` for the required table `key` and finishes its reader.
    template <class Read>
    void table(const std::string& key, Read read) {
        const TomlNode* found = node(key, TomlNode::Kind::table, true);
        if (!found) return;
        TableReader reader(*found, path_of(key), errors_);
        read(reader);
        reader.finish();
    }

    // Calls `each(TableReader&)` for every table in the list `key`, in order.
    template <class Each>
    void rows(const std::string& key, bool required, Each each) {
        const TomlNode* list = node(key, TomlNode::Kind::array, required);
        if (!list) return;
        for (auto& item : list->items) {
            if (!check_row(key, item)) continue;
            TableReader reader(item, path_of(key), errors_);
            each(reader);
            reader.finish();
        }
    }

    // Call once at the end: whatever was not asked for is unknown.
    void finish();

    // Adds an error at `key` of this table, or at the table itself if it has no such key.
    void wrong(const std::string& key, std::string expected_zh, std::string expected_en);
    // The same, at another place.
    void wrong_at(const TomlNode& place, const std::string& key, std::string expected_zh,
                  std::string expected_en);
    bool has(const std::string& key) { return find(key) != nullptr; }
    std::string path_of(const std::string& key) const;

  private:
    const TomlNode* find(const std::string& key);
    bool check_row(const std::string& key, const TomlNode& item);
    bool check_entry(const std::string& group, const std::string& name, const TomlNode& value);
    // Always one of `labels`: the first after an error.
    std::string_view choice_label(const std::string& key,
                                  const std::vector<std::string_view>& labels);

    const TomlNode& table_;
    std::string path_;
    std::vector<RuleError>& errors_;
    std::set<std::string> asked_;
};

// The one of `known` that is nearest to `word` by single-letter changes, or empty if none is near.
std::string nearest(std::string_view word, const std::set<std::string>& known);

}  // namespace hezhi::rules
