// Two packs' outcomes side by side: who gains, who loses, by area, kind of person and age band.
// Pure.
#pragma once

#include "domain/back_tests/mechanisms.h"

namespace hezhi::back_tests {

// Whom the groups are of, from the figures under the new pack, whose bands and area kind hold for
// both sides.
class Grouping {
  public:
    explicit Grouping(journal::PackFold& fold);

    struct Person {
        std::string_view kind;      // minor, social_worker, volunteer, resident, unknown
        std::string_view age_band;  // "18-29", or unknown
    };
    std::string area(std::string_view path) const;  // an area's id; empty: none
    Person person(PersonId person) const;
    std::int32_t small_group() const { return fold_.pack().back_test.small_group; }

  private:
    journal::PackFold& fold_;
    std::vector<std::string> age_bands_;
};

// The figures that grouping reads.
journal::Figures grouping_figures();

// Groups with fewer subjects than the pack's limit are hidden; and where those hidden of one kind
// together are fewer still, so is the next smallest, or the total would tell them.
BackTestPart compare(const Mechanism& mechanism, const std::vector<Outcome>& before,
                     const std::vector<Outcome>& after, const Grouping& grouping,
                     const std::vector<std::string>& bands);

}  // namespace hezhi::back_tests
