// What guardians said, and who may read a minor's entry in clear, as figures.
#pragma once

#include "facts/guardian_facts.h"
#include "facts/joining_facts.h"
#include "facts/person_facts.h"
#include "journal/figure.h"

namespace hezhi::people {

enum class ConsentStep {
    asked,      // 待监护人答复
    given,      // 已同意
    refused,    // 不同意
    withdrawn,  // 已撤回
};
BOOST_DESCRIBE_ENUM(ConsentStep, asked, given, refused, withdrawn)

// One row a minor whose guardian was asked.
struct ConsentState {
    PersonId id;
    ConsentStep state = ConsentStep::asked;
    std::int64_t asked_by = 0;  // the latest guardian.asked: the link that holds
    Instant asked_at;
    Instant decided_at;  // never, while nobody answered
    std::optional<GuardianRelation> relation;
    bool photos = false;
    bool accompanies = false;
};
BOOST_DESCRIBE_STRUCT(ConsentState, (),
                      (id, state, asked_by, asked_at, decided_at, relation, photos, accompanies))

struct ConsentFigure {
    using State = ConsentState;
    static constexpr std::string_view name = "consents";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"state, id", "asked_by"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

enum class ReadingRequestStep { asked, approved, rejected };
BOOST_DESCRIBE_ENUM(ReadingRequestStep, asked, approved, rejected)

struct ReadingRequestState {
    std::int64_t id = 0;  // the position of reading.requested, under which the reason is kept
    AreaId area;
    std::string area_path;
    PersonId person;
    AccountId account;  // who asks to read
    Instant requested_at;
    ReadingRequestStep state = ReadingRequestStep::asked;
    AccountId decided_by;
    Instant valid_until;  // of an approval
};
BOOST_DESCRIBE_STRUCT(ReadingRequestState, (),
                      (id, area, area_path, person, account, requested_at, state, decided_by,
                       valid_until))

struct ReadingRequestFigure {
    using State = ReadingRequestState;
    static constexpr std::string_view name = "reading_requests";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path, id", "person, account"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::people
