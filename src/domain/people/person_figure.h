// People as a figure: one row a person, without a word about who they are. Who they are stands in
// the register (people.h).
#pragma once

#include "facts/guardian_facts.h"
#include "facts/joining_facts.h"
#include "facts/person_facts.h"
#include "facts/secrecy_facts.h"
#include "facts/standing_facts.h"
#include "journal/figure.h"

namespace hezhi::people {

struct PersonState {
    PersonId id;
    AreaId area;
    std::string area_path;
    Instant registered_at;
    std::optional<std::int32_t> age_years;  // as last noted
    Instant age_until;  // when a minor's age is looked at again; never, for others
    bool volunteer = false;
    bool social_worker = false;   // a credential is registered
    bool erased = false;          // the register entry is empty
    bool address_sealed = false;  // the area is coarse, the rest is for the keeper
    AccountId keeper;
    std::optional<std::int32_t> certification;  // 0–4 stands for V0–V4
};
BOOST_DESCRIBE_STRUCT(PersonState, (),
                      (id, area, area_path, registered_at, age_years, age_until, volunteer,
                       social_worker, erased, address_sealed, keeper, certification))

struct PersonFigure {
    using State = PersonState;
    static constexpr std::string_view name = "people";
    static constexpr int revision = 5;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path, id", "age_until"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// --- one row each time that clear text was shown ---

struct ReadingState {
    std::int64_t id = 0;  // the position of the fact, under which the reason is kept
    std::string area_path;
    Instant read_at;
    AccountId account;  // who read; none at the command line
    PersonId person;    // whose register entry, or none
    NeedId need;        // which need's contact, or none
};
BOOST_DESCRIBE_STRUCT(ReadingState, (), (id, area_path, read_at, account, person, need))

struct ReadingFigure {
    using State = ReadingState;
    static constexpr std::string_view name = "readings";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path, id"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// --- one row a dispute about a registered document number ---

enum class DisputeStep { open, settled };
BOOST_DESCRIBE_ENUM(DisputeStep, open, settled)

struct DisputeState {
    DisputeId id;
    PersonId person;  // whose entry has the number
    AreaId area;
    std::string area_path;
    Instant disputed_at;
    DisputeStep state = DisputeStep::open;
    std::optional<DisputeOutcome> outcome;
};
BOOST_DESCRIBE_STRUCT(DisputeState, (), (id, person, area, area_path, disputed_at, state, outcome))

struct DisputeFigure {
    using State = DisputeState;
    static constexpr std::string_view name = "disputes";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path, id", "person"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::people
