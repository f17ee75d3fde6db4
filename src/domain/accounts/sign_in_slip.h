// How a slip's code is found again; for the sign-in.
#pragma once

#include "crypto/suite.h"

namespace hezhi::accounts {

// Of a clean code (crypto::clean_code).
std::string slip_index(const crypto::Suite&, std::string_view code);

}  // namespace hezhi::accounts
