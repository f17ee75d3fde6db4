// Two packs' outcomes side by side: who gains, who loses, by area, kind of person and age band.
// Pure.
#pragma once

#include "domain/back_tests/mechanisms.h"

namespace hezhi::back_tests {

// Whom the groups are of, from the figures under the new pack, whose bands and area kind hold for
// both sides.
class Grouping {
  public:
    explicit Grouping(journal::PackFold& fold) : fold_(fold) {}

    std::string area(const std::string& path) const;  // an area's id; empty: none
    std::string kind(PersonId person) const;          // minor, social_worker, volunteer, resident
    std::string age_band(PersonId person) const;      // "18-29", or unknown
    std::int32_t small_group() const { return fold_.pack().back_test.small_group; }

  private:
    journal::PackFold& fold_;
};

// The figures that grouping reads.
journal::Figures grouping_figures();

// Groups with fewer subjects than the pack's limit are hidden; and where those hidden of one kind
// together are fewer still, so is the next smallest, or the total would tell them.
BackTestPart compare(const Mechanism& mechanism, const std::vector<Outcome>& before,
                     const std::vector<Outcome>& after, const Grouping& grouping,
                     const std::vector<std::string>& bands);

}  // namespace hezhi::back_tests
