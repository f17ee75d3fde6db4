#include "facts/lifting.h"

#include <algorithm>

namespace hezhi {

namespace {

// Before there were fields and an end: a level held everywhere and for ever.
void lift_certification_granted(boost::json::object& payload) {
    payload["field"] = "any";
    payload["professional"] = payload["level"] == 4;
    payload["valid_until"] = 0;
    payload["warn_at"] = 0;
    payload["pack"] = "";
}

// There was one kind only.
void lift_record_check(boost::json::object& payload) {
    payload["check"] = "crime_record";
}

// Older ones do not say what they changed.
void keep(boost::json::object&) {}

}  // namespace

std::span<const Lift> lifts() {
    static constexpr Lift rows[] = {
        {"certification.granted", 1, lift_certification_granted},
        {"record.confirmed", 1, keep},
        {"record.corrected", 1, keep},
        {"record_check.noted", 1, lift_record_check},
    };
    return rows;
}

bool needs_lifting(std::string_view kind, int version) {
    return std::ranges::any_of(
        lifts(), [&](const Lift& row) { return row.from_version == version && row.kind == kind; });
}

void lift(std::string_view kind, int version, boost::json::object& payload,
          std::span<const Lift> rows) {
    for (const Lift& row : rows) {
        if (row.kind != kind || row.from_version != version) continue;
        row.step(payload);
        ++version;
    }
}

}  // namespace hezhi
