// Older payload versions are lifted by pure functions on reading; the journal is never rewritten.
#pragma once

#include <boost/json/object.hpp>
#include <span>
#include <string_view>

namespace hezhi {

// Turns a payload of `from_version` into one of `from_version + 1`.
struct Lift {
    std::string_view kind;
    int from_version;
    void (*step)(boost::json::object& payload);
};

// All lifts, ordered by kind and version. A new version of a payload adds a row.
std::span<const Lift> lifts();

// Whether some lift is for payloads of this version.
bool needs_lifting(std::string_view kind, int version);

// Applies every lift that a payload of this version still needs.
void lift(std::string_view kind, int version, boost::json::object& payload,
          std::span<const Lift> rows = lifts());

}  // namespace hezhi
