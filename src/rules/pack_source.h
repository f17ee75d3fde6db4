// The text of a pack before it is understood: its files and those of the packs that it extends, and
// the one canonical text that holds them all. Internal to rules.
//
//   hezhi pack text 1
//   pack base 2
//   file calendar.toml 1234
//   <1234 bytes, lines ended by LF><LF>
//   file …
//   pack west-coast 1
//   …
//
// The extended pack comes first, files are in byte order of their names, and lengths are in bytes.
// So equal packs have equal texts on every machine.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "rules/pack_reader.h"

namespace hezhi::rules {

// Drops the byte order mark and ends lines by LF, whatever editor wrote the file.
std::string normalised(std::string_view text);

std::string write_canonical_text(const std::vector<PackSource>& layers);

std::expected<std::vector<PackSource>, RuleError> read_canonical_text(std::string_view text);

}  // namespace hezhi::rules
