// Reads rule packs and checks everything. All errors of all files are gathered, so that an officer
// mends a pack in one go.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/pack.h"

namespace hezhi::rules {

// One thing that is wrong: the place, and what was expected there.
struct RuleError {
    std::string file;       // "base/categories.toml"
    std::int32_t line = 0;  // from 1; 0 if the whole file is meant
    std::string key;        // "category.visit_alone_elder.minutes_planned"; may be empty
    std::string expected_zh;
    std::string expected_en;

    bool operator==(const RuleError&) const = default;
};

// "base/categories.toml:12: category.x.minutes: expected …", for logs and the command line.
std::string to_string(const RuleError& error);

// A file of a pack, as somebody wrote it.
struct PackFile {
    std::string name;  // "calendar.toml"
    std::string text;
};

// One folder: a pack without those that it extends.
struct PackSource {
    std::string name;
    std::vector<PackFile> files;  // sorted by name
};

using PackResult = std::expected<Pack, std::vector<RuleError>>;

// Finds the folder of a pack that another one extends.
using FolderOf = std::function<std::filesystem::path(const std::string& pack_name)>;

// Limits of what is read: a pack is written by hand, and one that is larger is a mistake.
inline constexpr std::size_t pack_file_bytes_max = 1 << 20;
inline constexpr std::size_t pack_files_max = 64;
inline constexpr std::size_t pack_extends_max = 8;

// Reads all *.toml files of `folder` and of the packs that it extends. Anything unreadable is a
// RuleError as well.
PackResult read_pack_folder(const std::filesystem::path& folder, const FolderOf& folder_of);
// The extended packs lie beside `folder`.
PackResult read_pack_folder(const std::filesystem::path& folder);

// Reads a pack back from its canonical text. Pure.
PackResult read_pack_text(std::string_view canonical_text);

// Reads a pack that an officer drafts: `files` are its own, and what it extends is found among the
// layers of `known`, a published pack. Its name is what its pack.toml says. Pure.
PackResult read_pack_draft(std::vector<PackFile> files, const Pack& known);

// The layers of a pack, the extended ones first, its own last.
std::vector<PackSource> pack_layers(const Pack& pack);

}  // namespace hezhi::rules
