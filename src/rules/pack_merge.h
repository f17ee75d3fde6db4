// The layers of a pack laid over each other: one tree a file name.
#pragma once

#include <set>

#include "rules/pack_source.h"
#include "rules/toml_document.h"

namespace hezhi::rules {

inline constexpr const char* head_file = "pack.toml";
// In a head: what the clauses that are taken over from the packs below name as their source, where
// those cite the law of another place.
inline constexpr const char* inherited_source = "inherited_source";

// The trees by file name.
using Documents = std::map<std::string, TomlNode>;

// Every file of every layer, the extended packs first; a file that a layer's head `replaces` takes
// the place of those below. A file that is not TOML is left out of all layers, so that it yields
// its own error and no others; `broken` gets its name.
Documents merge_layers(const std::vector<PackSource>& layers, std::vector<RuleError>& errors,
                       std::set<std::string>& broken);

}  // namespace hezhi::rules
