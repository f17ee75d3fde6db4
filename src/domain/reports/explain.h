// "Why": the facts behind a record, in their order.
#pragma once

#include "domain/reports/reports.h"

namespace hezhi::reports {

struct FactValue {
    std::string key;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(FactValue, (), (key, value))

struct FactShown {
    std::int64_t position = 0;
    std::string kind;
    std::string zh;
    std::string en;
    Instant recorded_at;
    Instant occurred_at;
    Via via = Via::system;
    std::optional<std::string> actor;  // masked name
    std::optional<std::string> permission;
    std::optional<std::string> in_place_of;  // the masked name of whom the actor stood in for
    std::optional<PersonId> person;          // whom it is about, beside the record
    std::vector<FactValue> values;
};
BOOST_DESCRIBE_STRUCT(FactShown, (),
                      (position, kind, zh, en, recorded_at, occurred_at, via, actor, permission,
                       in_place_of, person, values))

struct FactList {
    std::vector<FactShown> items;
};
BOOST_DESCRIBE_STRUCT(FactList, (), (items))

// All facts about the record `id` of `noun`. The caller has been checked to see the record.
FactList facts_about(const api::Reading& reading, const people::Register& people,
                     const api::ActionRows& labels, std::string_view noun, std::int64_t id);

}  // namespace hezhi::reports
