// The catalogue: service categories and time limits as pages show them. All of it is pack data.
#pragma once

#include "api/route.h"
#include "facts/order_facts.h"

namespace hezhi::catalogue {

struct Category {
    std::string key;
    std::string name_zh;
    std::string name_en;
    DutyBoundary duty_boundary = DutyBoundary::volunteer;
    std::int32_t certification = 0;
    std::int32_t minutes = 0;
    std::int32_t people = 0;  // at the first visit
    std::string risk_level;
    std::string default_class;
    std::string notes_zh;
    std::string notes_en;
};
BOOST_DESCRIBE_STRUCT(Category, (),
                      (key, name_zh, name_en, duty_boundary, certification, minutes, people,
                       risk_level, default_class, notes_zh, notes_en))

// "24 小时", "7 个工作日"; "24 hours", "7 working days".
rules::Words say(const rules::TimeLimit& limit);

api::Routes routes();

}  // namespace hezhi::catalogue
