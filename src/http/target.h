// The request target ("/orders/7?lang=en") taken apart. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hezhi::http {

struct Target {
    std::string path;
    std::vector<std::pair<std::string, std::string>> query;
};

// nullopt if the target is no path, holds a broken percent sequence, an encoded slash or NUL,
// a control character or malformed UTF-8, or climbs above the root.
std::optional<Target> parse_target(std::string_view target);

}  // namespace hezhi::http
