// Two packs' outcomes side by side: who gains, who loses, by area, kind of person and age band.
// Pure.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include "domain/back_tests/mechanisms.h"
#include "domain/people/person_figure.h"

namespace hezhi::back_tests {

// Whom the groups are of. The new pack's bands and area kind hold for both sides.
class Grouping {
  public:
    // `alike`: holds grouping_figures(), and outlives this.
    Grouping(const journal::Folded& alike, const rules::Pack& pack);

    struct Person {
        std::string_view kind;      // minor, social_worker, volunteer, resident, unknown
        std::string_view age_band;  // "18-29", or unknown
    };
    std::string area(std::string_view path) const;  // an area's id; empty: none
    Person person(PersonId person) const;

  private:
    Person placed(const people::PersonState& person, const rules::Pack& pack) const;

    std::string area_kind_;
    std::vector<std::string> age_bands_;
    boost::unordered_flat_map<std::int64_t, std::string_view> area_kinds_;  // by area
    boost::unordered_flat_map<std::int64_t, Person> people_;
};

// The figures that grouping reads; it asks of them only what no pack decides.
journal::Figures grouping_figures();

// With every number, also those that hide_small() takes from what is told.
BackTestPart compare(const Mechanism& mechanism, const Outcomes& before, const Outcomes& after,
                     const Grouping& grouping);

}  // namespace hezhi::back_tests
