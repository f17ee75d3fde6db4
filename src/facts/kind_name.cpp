#include "facts/kind_name.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <mutex>
#include <unordered_set>

namespace hezhi {
namespace {

// Where a name stands for all threads.
const std::string* place_of(std::string_view name) {
    static std::mutex held;
    static std::unordered_set<std::string> names;  // what it holds stays where it is
    std::lock_guard lock(held);
    return &*names.emplace(name).first;
}

}  // namespace

KindName::KindName(std::string_view name) {
    // Each thread remembers, so that it waits for no other.
    thread_local boost::unordered_flat_map<std::string_view, const std::string*> known;
    auto found = known.find(name);
    if (found == known.end()) {
        const std::string* place = place_of(name);
        found = known.emplace(*place, place).first;
    }
    name_ = found->second;
}

}  // namespace hezhi
