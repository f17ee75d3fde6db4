// Assertions stay on in production: a programmer's mistake stops the action, not the data.
#pragma once

#include <stdexcept>
#include <string>

namespace hezhi {

// Thrown by HEZHI_ASSERT. Caught in one place (the writer, the HTTP session) and logged.
struct BrokenInvariant : std::logic_error {
    using std::logic_error::logic_error;
};

[[noreturn]] inline void broken_invariant(const char* what, const char* file, int line) {
    throw BrokenInvariant(std::string(what) + " (" + file + ":" + std::to_string(line) + ")");
}

}  // namespace hezhi

#define HEZHI_ASSERT(condition) \
    ((condition) ? void(0) : ::hezhi::broken_invariant(#condition, __FILE__, __LINE__))
