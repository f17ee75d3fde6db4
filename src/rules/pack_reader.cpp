#include "rules/pack_reader.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/assert.h"
#include "rules/check_reach.h"
#include "rules/pack_merge.h"
#include "rules/pack_sections.h"

namespace hezhi::rules {

namespace {

using Errors = std::vector<RuleError>;

void read_head(TableReader& root, const PackSource& top, Pack& pack) {
    pack.clause = root.clause();
    pack.name = root.text("name");
    if (!pack.name.empty() && pack.name != top.name) {
        root.wrong("name", "应与文件夹同名：" + top.name, "the name of its folder: " + top.name);
    }
    pack.version = root.text("version");
    pack.title = root.words("title");
    pack.extends = root.optional_text("extends");
    pack.language = root.choice_or("language", Language::zh);
    for (const auto& name : root.texts("replaces", false)) {
        if (name != head_file &&
            std::ranges::find(top.files, name, &PackFile::name) != top.files.end())
            continue;
        root.wrong("replaces", "本规则包中的文件名，pack.toml 除外",
                   "names of files of this pack, without pack.toml");
    }
    if (root.optional_text(inherited_source) && !pack.extends) {
        root.wrong(inherited_source, "只用于以其他规则包为基础（extends）的规则包",
                   "only in a pack that extends another");
    }
}

// Whether a pack is about to hold, or stands in a journal and must stay readable.
enum class PackAge { fresh, stored };

PackResult read_layers(std::vector<PackSource> layers, PackAge age) {
    Errors errors;
    std::set<std::string> broken;
    auto documents = merge_layers(layers, errors, broken);
    const PackSource& top = layers.back();
    Pack pack;
    auto read = [&](const char* file, bool required, auto section) {
        if (broken.contains(file)) return;
        auto found = documents.find(file);
        if (found == documents.end()) {
            if (!required) return;
            errors.push_back({top.name + "/" + file, 0, "", "规则包缺少此文件",
                              "this file: the pack does not have it"});
            return;
        }
        TableReader root(found->second, "", errors);
        section(root);
        root.finish();
    };
    read(head_file, true, [&](TableReader& root) { read_head(root, top, pack); });
    for (auto& section : sections) {
        read(section.file, section.required, [&](TableReader& root) { section.read(root, pack); });
    }
    auto limits = documents.find("time_limits.toml");
    if (age == PackAge::fresh && limits != documents.end()) {
        TableReader root(limits->second, "", errors);
        check_time_limits(root, pack);
    }
    if (age == PackAge::fresh && errors.empty()) check_reach(documents, pack, errors);
    if (!errors.empty()) {
        std::ranges::stable_sort(errors, [](const RuleError& a, const RuleError& b) {
            return std::tie(a.file, a.line) < std::tie(b.file, b.line);
        });
        return std::unexpected(std::move(errors));
    }
    pack.canonical_text = write_canonical_text(layers);
    return pack;
}

RuleError unreadable(const std::string& file) {
    return {file, 0, "", "应为可以读取的文件，大小不超过 1 MB",
            "a file that can be read, of 1 MB at most"};
}

std::string folder_name(const std::filesystem::path& folder) {
    auto path = folder.lexically_normal();
    return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
}

// One folder as it lies on the disk.
std::expected<PackSource, RuleError> read_folder(const std::filesystem::path& folder) {
    PackSource out{folder_name(folder), {}};
    std::error_code failed;
    for (auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        if (entry.path().extension() != ".toml") continue;
        auto name = entry.path().filename().string();
        std::ifstream file(entry.path(), std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        if (!file || text.view().size() > pack_file_bytes_max ||
            out.files.size() == pack_files_max) {
            return std::unexpected(unreadable(out.name + "/" + name));
        }
        out.files.push_back({name, normalised(text.view())});
    }
    if (failed) return std::unexpected(unreadable(folder.string()));
    std::ranges::sort(out.files, {}, &PackFile::name);
    return out;
}

constexpr const char* extends_zh = "应为另一个现有规则包的名称，不得循环，不超过 8 层";
constexpr const char* extends_en =
    "the name of another pack that exists, without a circle, 8 deep at most";

// Where a pack says which other it extends; no name if it extends none. A head that is not TOML is
// reported when all is read.
struct Extends {
    std::string name;
    RuleError place;
};

Extends extends_of(const PackSource& source) {
    auto head = std::ranges::find(source.files, head_file, &PackFile::name);
    if (head == source.files.end()) return {};
    auto tree = parse_toml(head->text, source.name + "/" + head_file);
    const TomlNode* node = tree ? tree->member("extends") : nullptr;
    if (!node || node->text.empty()) return {};
    return {node->text, {node->file, node->line, "extends", extends_zh, extends_en}};
}

// What its pack.toml says, so that a draft needs no folder; the head's own checks say what is wrong
// with it.
std::string name_in_head(const std::vector<PackFile>& files) {
    auto head = std::ranges::find(files, head_file, &PackFile::name);
    if (head == files.end()) return {};
    auto tree = parse_toml(head->text, head_file);
    const TomlNode* node = tree ? tree->member("name") : nullptr;
    return node ? node->text : std::string{};
}

}  // namespace

std::string to_string(const RuleError& error) {
    std::string out = error.file;
    if (error.line > 0) out += ":" + std::to_string(error.line);
    if (!error.key.empty()) out += ": " + error.key;
    return out + ": expected " + error.expected_en + " (" + error.expected_zh + ")";
}

PackResult read_pack_folder(const std::filesystem::path& folder, const FolderOf& folder_of) {
    auto source = read_folder(folder);
    if (!source) return std::unexpected(Errors{source.error()});
    std::vector<PackSource> layers{std::move(*source)};
    for (auto extends = extends_of(layers.front()); !extends.name.empty();
         extends = extends_of(layers.front())) {
        bool again = std::ranges::find(layers, extends.name, &PackSource::name) != layers.end();
        if (again || layers.size() == pack_extends_max) {
            return std::unexpected(Errors{extends.place});
        }
        source = read_folder(folder_of(extends.name));
        if (!source) return std::unexpected(Errors{extends.place, source.error()});
        layers.insert(layers.begin(), std::move(*source));
    }
    return read_layers(std::move(layers), PackAge::fresh);
}

PackResult read_pack_folder(const std::filesystem::path& folder) {
    auto beside = folder.lexically_normal();
    if (!beside.has_filename()) beside = beside.parent_path();
    return read_pack_folder(
        folder, [parent = beside.parent_path()](const std::string& name) { return parent / name; });
}

PackResult read_pack_text(std::string_view canonical_text) {
    auto layers = read_canonical_text(canonical_text);
    if (!layers) return std::unexpected(Errors{layers.error()});
    return read_layers(std::move(*layers), PackAge::stored);
}

PackResult read_pack_draft(std::vector<PackFile> files, const Pack& known) {
    for (auto& file : files) file.text = normalised(file.text);
    std::ranges::sort(files, {}, &PackFile::name);
    auto twice = std::ranges::adjacent_find(files, {}, &PackFile::name);
    if (twice != files.end()) {
        return std::unexpected(
            Errors{{twice->name, 0, "", "同名文件只能有一个", "one file of each name"}});
    }
    PackSource own{name_in_head(files), std::move(files)};
    auto extends = extends_of(own);
    std::vector<PackSource> layers;
    if (!extends.name.empty()) {
        layers = pack_layers(known);
        auto found = std::ranges::find(layers, extends.name, &PackSource::name);
        if (found == layers.end() || extends.name == own.name) {
            return std::unexpected(Errors{extends.place});
        }
        layers.erase(std::next(found), layers.end());
        if (std::ranges::find(layers, own.name, &PackSource::name) != layers.end() ||
            layers.size() == pack_extends_max) {
            return std::unexpected(Errors{extends.place});
        }
    }
    layers.push_back(std::move(own));
    auto draft = read_layers(std::move(layers), PackAge::fresh);
    if (draft && !(draft->calendar.zone == known.calendar.zone)) {
        const std::string& stays = known.calendar.zone.name();
        return std::unexpected(Errors{{"calendar.toml", 0, "zone", "应仍为 " + stays,
                                       "still to be " + stays + ": days that were counted stay"}});
    }
    return draft;
}

std::vector<PackSource> pack_layers(const Pack& pack) {
    auto layers = read_canonical_text(pack.canonical_text);
    HEZHI_ASSERT(layers.has_value());
    return std::move(*layers);
}

}  // namespace hezhi::rules
