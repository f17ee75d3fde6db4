// What the TOML library says of a mistake, in the words of whoever writes a pack. Pure.
#pragma once

#include <string_view>

#include "rules/clause.h"

namespace hezhi::rules {

// `description`: "Error while parsing string: encountered end-of-file". What it does not know is
// only said not to be TOML.
Words words_of_toml_mistake(std::string_view description);
// Of what the library does not describe.
Words words_of_other_toml();
Words words_of_deep_toml();

}  // namespace hezhi::rules
