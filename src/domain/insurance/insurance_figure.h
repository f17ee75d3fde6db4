// The register of insurance as figures: one row a policy, one a person whom a policy names.
#pragma once

#include "facts/insurance_facts.h"
#include "journal/figure.h"

namespace hezhi::insurance {

struct InsuranceState {
    InsuranceId id;
    AreaId area;
    std::string area_path;
    InsuranceCovers covers = InsuranceCovers::members;
    OrganizationId organization;  // whose members; none otherwise
    Instant from_at;
    Instant until_at;  // not included; earlier than first said once it was ended
    Instant warn_at;
    Instant warned_at;
    Instant ended_at;
    std::int64_t people = 0;  // who are named
};
BOOST_DESCRIBE_STRUCT(InsuranceState, (),
                      (id, area, area_path, covers, organization, from_at, until_at, warn_at,
                       warned_at, ended_at, people))

struct InsuranceFigure {
    using State = InsuranceState;
    static constexpr std::string_view name = "insurances";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"until_at, id", "organization, until_at", "warned_at, warn_at"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// One person named by one policy, by "insurance/person".
struct CoverState {
    std::string id;
    InsuranceId insurance;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(CoverState, (), (id, insurance, person))

std::string cover_key(InsuranceId insurance, PersonId person);

struct CoverFigure {
    using State = CoverState;
    static constexpr std::string_view name = "covers";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"person", "insurance, person"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::insurance
