// What a person may be trusted with, as far as the facts tell: one row a person.
#pragma once

#include "facts/person_facts.h"
#include "facts/standing_facts.h"
#include "journal/figure.h"

namespace hezhi::standing {

struct StandingState {
    PersonId id;
    AreaId area;
    std::string area_path;
    bool volunteer = false;
    bool social_worker = false;      // a registered credential
    std::string credentials;         // the keys of all of them, each after a space
    std::int32_t certification = 0;  // V0–V4
    std::optional<std::int32_t> age_years;
    Instant record_check_until;       // never, if none is noted
    std::int64_t minutes_served = 0;  // in all; never a ranking
    std::int64_t orders_served = 0;
    Instant served_until;  // the latest end of a time that stands in a service record
};
BOOST_DESCRIBE_STRUCT(StandingState, (),
                      (id, area, area_path, volunteer, social_worker, credentials, certification,
                       age_years, record_check_until, minutes_served, orders_served, served_until))

bool holds_credential(const StandingState& standing, std::string_view key);

struct StandingFigure {
    using State = StandingState;
    static constexpr std::string_view name = "standings";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::standing
