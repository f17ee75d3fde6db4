// Where the chain over the facts begins; next_chain (turn.h) goes on from there.
#pragma once

#include <string_view>

namespace hezhi::journal {

// SHA-256 of nothing.
inline constexpr std::string_view first_chain =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

}  // namespace hezhi::journal
