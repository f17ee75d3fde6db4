#include "domain/insurance/insurance_figure.h"

#include <algorithm>

namespace hezhi::insurance {

std::vector<std::string_view> InsuranceFigure::kinds() {
    return {InsuranceAdded::kind, CoverAdded::kind, InsuranceEnded::kind, InsuranceWarned::kind};
}

journal::Keys InsuranceFigure::keys(const Fact& fact) {
    return {fact.subject("insurance")};
}

void InsuranceFigure::step(State& insurance, const Fact& fact, const rules::Pack&) {
    if (fact.is<InsuranceAdded>()) {
        const auto& added = fact.as<InsuranceAdded>();
        insurance.area = fact.place.area;
        insurance.area_path = fact.place.path;
        insurance.covers = added.covers;
        insurance.organization = OrganizationId(fact.subject("organization"));
        insurance.from_at = added.from;
        insurance.until_at = added.until;
        insurance.warn_at = added.warn_at;
    } else if (fact.is<CoverAdded>()) {
        ++insurance.people;
    } else if (fact.is<InsuranceEnded>()) {
        insurance.ended_at = fact.occurred_at;
        // One that had not begun has covered nobody.
        insurance.until_at =
            std::max(insurance.from_at, std::min(insurance.until_at, fact.occurred_at));
    } else {
        insurance.warned_at = fact.occurred_at;
    }
}

std::string cover_key(InsuranceId insurance, PersonId person) {
    return std::to_string(insurance.value) + "/" + std::to_string(person.value);
}

std::vector<std::string_view> CoverFigure::kinds() {
    return {CoverAdded::kind};
}

journal::Keys CoverFigure::keys(const Fact& fact) {
    return {cover_key(InsuranceId(fact.subject("insurance")), PersonId(fact.subject("person")))};
}

void CoverFigure::step(State& cover, const Fact& fact, const rules::Pack&) {
    cover.insurance = InsuranceId(fact.subject("insurance"));
    cover.person = PersonId(fact.subject("person"));
}

}  // namespace hezhi::insurance
