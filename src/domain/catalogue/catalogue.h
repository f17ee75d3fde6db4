// The catalogue: service categories and time limits as pages show them. All of it is pack data.
#pragma once

#include "api/route.h"
#include "facts/order_facts.h"

namespace hezhi::catalogue {

struct Category {
    std::string key;
    std::int32_t number = 0;
    std::string name_zh;
    std::string name_en;
    std::string group;
    std::string group_zh;
    std::string group_en;
    DutyBoundary duty_boundary = DutyBoundary::volunteer;
    DutyBoundary duty_boundary_after_first = DutyBoundary::volunteer;
    std::optional<std::string> boundary_note_zh;
    std::optional<std::string> boundary_note_en;
    std::int32_t certification = 0;
    std::int32_t minutes = 0;
    std::int32_t people = 0;  // at the first visit
    std::int32_t people_after = 0;
    std::optional<std::string> credential_zh;
    std::optional<std::string> credential_en;
    std::optional<std::string> skill_zh;
    std::optional<std::string> skill_en;
    std::optional<std::string> response_zh;
    std::optional<std::string> response_en;
    bool insurance = false;  // proof of insurance before the start
    bool minor_contact = false;
    std::optional<std::string> checks_zh;  // background checks that hold
    std::optional<std::string> checks_en;
    bool credit_eligible = false;
    bool redeemable = false;
    std::int32_t age_years_min = 18;
    std::string risk_level;
    std::string default_class;
    std::string notes_zh;
    std::string notes_en;
};
BOOST_DESCRIBE_STRUCT(Category, (),
                      (key, number, name_zh, name_en, group, group_zh, group_en, duty_boundary,
                       duty_boundary_after_first, boundary_note_zh, boundary_note_en, certification,
                       minutes, people, people_after, credential_zh, credential_en, skill_zh,
                       skill_en, response_zh, response_en, insurance, minor_contact, checks_zh,
                       checks_en, credit_eligible, redeemable, age_years_min, risk_level,
                       default_class, notes_zh, notes_en))

// "24 小时", "7 个工作日"; "24 hours", "7 working days".
rules::Words say(const rules::TimeLimit& limit);

api::Routes routes();

}  // namespace hezhi::catalogue
