#include "rules/pack_changes.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/assert.h"
#include "rules/pack_merge.h"

namespace hezhi::rules {

namespace {

struct Leaf {
    std::string value;
    Words says;
};

// By file and key.
using Leaves = std::map<std::pair<std::string, std::string>, Leaf>;

// A value as a file of a pack would say it.
std::string written(const TomlNode& node) {
    switch (node.kind) {
        case TomlNode::Kind::text:
            return node.text;
        case TomlNode::Kind::integer:
            return std::to_string(node.integer);
        case TomlNode::Kind::boolean:
            return node.boolean ? "true" : "false";
        case TomlNode::Kind::day:
            return to_string(node.day);
        case TomlNode::Kind::array:
        case TomlNode::Kind::table: {
            std::string out;
            for (const auto& item : node.items) {
                out += (out.empty() ? "" : ", ") + written(item);
            }
            for (const auto& [key, value] : node.members) {
                out += (out.empty() ? "" : ", ") + key + " = " + written(value);
            }
            return out;
        }
        case TomlNode::Kind::other:
            break;
    }
    return {};
}

bool is_value(const TomlNode& node) {
    return node.kind != TomlNode::Kind::table;
}

// A table whose members are all plain values and that does not say itself is one value: a time
// limit, a pair of words.
bool is_inline(const TomlNode& node) {
    if (node.member("says")) return false;
    for (const auto& [key, value] : node.members) {
        if (!is_value(value)) return false;
    }
    return !node.members.empty();
}

Words said_by(const TomlNode& clause, const Words& around) {
    const TomlNode* says = clause.member("says");
    if (!says) return around;
    const TomlNode* zh = says->member("zh");
    const TomlNode* en = says->member("en");
    return {zh ? zh->text : "", en ? en->text : ""};
}

void gather(const TomlNode& table, const std::string& file, const std::string& path,
            const Words& around, Leaves& out) {
    Words says = said_by(table, around);
    for (const auto& [name, value] : table.members) {
        if (name == "says") continue;
        std::string key = path.empty() ? name : path + "." + name;
        if (is_value(value) || is_inline(value)) {
            out[{file, key}] = {written(value), says};
        } else {
            gather(value, file, key, says, out);
        }
    }
}

Leaves leaves_of(const Pack& pack) {
    auto layers = read_canonical_text(pack.canonical_text);
    HEZHI_ASSERT(layers.has_value());
    std::vector<RuleError> errors;
    std::set<std::string> broken;
    auto documents = merge_layers(*layers, errors, broken);
    HEZHI_ASSERT(errors.empty());  // it was read
    Leaves out;
    for (const auto& [file, tree] : documents) gather(tree, file, "", {}, out);
    return out;
}

}  // namespace

std::vector<PackChange> pack_changes(const Pack& before, const Pack& after) {
    Leaves old_values = leaves_of(before), new_values = leaves_of(after);
    std::vector<PackChange> out;
    for (const auto& [place, leaf] : new_values) {
        auto old = old_values.find(place);
        std::string was = old == old_values.end() ? "" : old->second.value;
        if (was != leaf.value)
            out.push_back({place.first, place.second, was, leaf.value, leaf.says});
    }
    for (const auto& [place, leaf] : old_values) {
        if (!new_values.contains(place)) {
            out.push_back({place.first, place.second, leaf.value, "", leaf.says});
        }
    }
    for (PackChange& change : out) {
        change.says = with_bank_name(after.time_bank, change.says.zh, change.says.en);
    }
    std::ranges::sort(out, {},
                      [](const PackChange& change) { return std::tie(change.file, change.key); });
    return out;
}

}  // namespace hezhi::rules
