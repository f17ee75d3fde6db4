// How telephone numbers are written where the pack holds, so that each has one spelling.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/clause.h"

namespace hezhi::rules {

// One kind of number. Where the pattern has groups, they are written with a hyphen between them.
struct PhoneForm {
    std::string pattern;  // ECMAScript, over all digits
    bool extension = false;
};

struct PhoneRules {
    Clause clause;
    Words hint;                  // what a form asks for
    std::string country_code;    // "86"; empty: none is left out
    std::string trunk_prefix;    // "0", which a number from abroad leaves out; empty: none
    std::string extension_word;  // "转"; empty: there are no extensions
    std::int32_t extension_digits_max = 0;
    bool foreign = false;          // numbers of other countries are kept with their plus
    std::vector<PhoneForm> forms;  // the first that fits; none in packs of older releases
};

}  // namespace hezhi::rules
