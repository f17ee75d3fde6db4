// Checks the number of an identity document against its scheme. The scheme is pack data.
#pragma once

#include <string_view>

#include "rules/pack.h"

namespace hezhi::rules {

// Does `number` have the scheme's form, with its check digit and a birth date that exists? The
// number comes normalised: without spaces, letters in capitals. A scheme without a pattern has no
// number, so only the empty text fits it.
bool fits_scheme(std::string_view number, const IdScheme& scheme);

}  // namespace hezhi::rules
