// The public hotline (政务服务便民热线) that hands its work orders over, where there is one.
#pragma once

#include <string>

#include "rules/clause.h"

namespace hezhi::rules {

// Packs of older releases say nothing of it: every district then had this one.
struct HotlineRules {
    Clause clause;
    Words name{"12345热线", "12345 hotline"};
    std::string number = "12345";  // digits; empty: there is no hotline

    bool exists() const { return !number.empty(); }
};

}  // namespace hezhi::rules
