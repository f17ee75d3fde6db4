#include "rules/pack_merge.h"

#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {
namespace {

void check_file_name(const PackSource& layer, const PackFile& file,
                     std::vector<RuleError>& errors) {
    std::set<std::string> known{head_file};
    for (auto& section : sections) known.insert(section.file);
    if (known.contains(file.name)) return;
    auto near = nearest(file.name, known);
    errors.push_back({layer.name + "/" + file.name, 0, "",
                      near.empty() ? "规则包中没有这个文件" : "没有这个文件，最接近的是 " + near,
                      near.empty() ? "no such file in a pack"
                                   : "no such file in a pack; the nearest is " + near});
}

// Empty where the layer has none, or none that is TOML.
TomlNode head_of(const PackSource& layer) {
    auto head = std::ranges::find(layer.files, head_file, &PackFile::name);
    if (head == layer.files.end()) return {};
    auto tree = parse_toml(head->text, layer.name + "/" + head_file);
    return tree ? std::move(*tree) : TomlNode{};
}

// The files that a layer does not lay over those below but puts in their place; its head says so.
std::set<std::string> replaced_by(const TomlNode& head) {
    std::set<std::string> names;
    const TomlNode* list = head.member("replaces");
    if (!list) return names;
    for (const auto& item : list->items) names.insert(item.text);
    return names;
}

// Every clause in it names this source.
void cite(TomlNode& node, const std::string& source) {
    for (auto& [key, member] : node.members) {
        if (key == "source" && member.kind == TomlNode::Kind::text) {
            member.text = source;
        } else {
            cite(member, source);
        }
    }
    for (auto& item : node.items) cite(item, source);
}

// Keys that had another name in an earlier release, in whatever layer they stand.
struct Renamed {
    std::string file, table, before, now;
};

void rename_keys(const std::string& file, TomlNode& tree) {
    static const Renamed renamed[] = {{"dispatch.toml", "load", "minutes_30d_max", "minutes_max"}};
    for (const Renamed& row : renamed) {
        auto table = file == row.file ? tree.members.find(row.table) : tree.members.end();
        if (table == tree.members.end()) continue;
        auto key = table->second.members.extract(row.before);
        if (key.empty()) continue;
        key.key() = row.now;
        table->second.members.insert(std::move(key));
    }
}

}  // namespace

Documents merge_layers(const std::vector<PackSource>& layers, std::vector<RuleError>& errors,
                       std::set<std::string>& broken) {
    Documents out;
    for (auto& layer : layers) {
        const TomlNode head = head_of(layer);
        auto replaced = replaced_by(head);
        const TomlNode* source = head.member(inherited_source);
        if (source && !source->text.empty()) {
            for (auto& [name, tree] : out) cite(tree, source->text);
        }
        for (auto& file : layer.files) {
            check_file_name(layer, file, errors);
            auto tree = parse_toml(file.text, layer.name + "/" + file.name);
            if (!tree) {
                errors.push_back(tree.error());
                broken.insert(file.name);
                continue;
            }
            rename_keys(file.name, *tree);
            if (file.name == head_file || !out.contains(file.name) ||
                replaced.contains(file.name)) {
                out[file.name] = std::move(*tree);  // a pack's head is its own
            } else {
                lay_over(out[file.name], std::move(*tree));
            }
        }
    }
    return out;
}

}  // namespace hezhi::rules
