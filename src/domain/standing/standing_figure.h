// What a person may be trusted with, as far as the facts tell: one row a person.
#pragma once

#include "facts/certification_facts.h"
#include "facts/grade_color.h"
#include "facts/person_facts.h"
#include "facts/standing_facts.h"
#include "journal/figure.h"

namespace hezhi::standing {

struct LicenceHeld {
    std::string licence;
    Instant valid_until;
    bool operator==(const LicenceHeld&) const = default;
};
BOOST_DESCRIBE_STRUCT(LicenceHeld, (), (licence, valid_until))

struct CheckHeld {
    std::string check;
    Instant valid_until;  // without an end, if it is 0
    bool operator==(const CheckHeld&) const = default;
};
BOOST_DESCRIBE_STRUCT(CheckHeld, (), (check, valid_until))

struct StandingState {
    PersonId id;
    AreaId area;
    std::string area_path;
    bool volunteer = false;
    bool social_worker = false;      // a registered credential
    std::string credentials;         // the keys of all of them, each after a space
    std::int32_t certification = 0;  // V0–V4, as long as it is valid
    bool professional = false;       // V4: by a licence that was verified
    Instant certified_until;         // never ends, if it is 0
    std::string fields;              // certified in which, each after a space
    std::optional<std::int32_t> age_years;
    bool guardian_consent = false;    // given and not withdrawn; asked of minors
    std::vector<CheckHeld> checks;    // background checks that were answered
    std::int64_t minutes_served = 0;  // in all; never a ranking
    std::int64_t orders_served = 0;
    std::vector<LicenceHeld> licences;  // of `credentials`, those that end
    Instant served_until;               // the latest end of a time that stands in a service record
    GradeColor grade = GradeColor::ungraded;  // what dispatch goes by
    Instant reassign_from;  // since when what they accepted goes to others; never, if it does not
    Instant certification_suspended_until;  // the level stands and opens nothing; 0: it opens
    Instant recheck_from;  // since a lowering whose orders were not looked through yet; 0: none
};
BOOST_DESCRIBE_STRUCT(StandingState, (),
                      (id, area, area_path, volunteer, social_worker, credentials, certification,
                       professional, certified_until, fields, age_years, guardian_consent, checks,
                       minutes_served, orders_served, licences, served_until, grade, reassign_from,
                       certification_suspended_until, recheck_from))

bool holds_credential(const StandingState& standing, std::string_view key);
// Until when the licence holds; the end of time if it was registered without an end.
Instant licence_until(const StandingState& standing, std::string_view key);
// Until when a licence holds V4 up: the last to end of those that were verified; the end of time if
// V4 was granted without one.
Instant professional_until(const StandingState& standing);
// Until when the background check holds; 0 if there is none.
Instant check_until(const StandingState& standing, std::string_view check);
// The level that counts at `at`: none after its end, also before the timer has said so.
std::int32_t certification_at(const StandingState& standing, Instant at);
// The same for one level; V4 stands beside the others.
bool certified_at(const StandingState& standing, std::int32_t level, Instant at);
bool certification_suspended(const StandingState& standing);
bool certified_in(const StandingState& standing, std::string_view field);

struct StandingFigure {
    using State = StandingState;
    static constexpr std::string_view name = "standings";
    static constexpr int revision = 10;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"area_path", "reassign_from", "recheck_from"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::standing
