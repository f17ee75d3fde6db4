// Facts about insurance (志愿者保险): who is covered by which policy, and until when. The insurer
// and the policy's number stand in the register of texts under the insurance's id.
#pragma once

#include "facts/organization_facts.h"

namespace hezhi {

using InsuranceId = Id<struct InsuranceTag>;

enum class InsuranceKind { accident_insurance };
BOOST_DESCRIBE_ENUM(InsuranceKind, accident_insurance)

enum class InsuranceCovers {
    members,       // 队伍成员: who belongs to the organisation, or to a team of it, at the time
    named_people,  // 指定人员: subject "person" of every cover.added
    activities,    // 活动参加者: whoever comes to an activity that names it
};
BOOST_DESCRIBE_ENUM(InsuranceCovers, members, named_people, activities)

// Subject "insurance" is self; "organization" stands beside it where members are covered.
struct InsuranceAdded {
    static constexpr std::string_view kind = "insurance.added";
    static constexpr int version = 1;
    InsuranceKind insurance_kind = InsuranceKind::accident_insurance;
    InsuranceCovers covers = InsuranceCovers::members;
    Instant from;
    Instant until;    // the end of its last day
    Instant warn_at;  // when whoever keeps it is to look for the next one
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(InsuranceAdded, (), (insurance_kind, covers, from, until, warn_at, pack))

struct CoverAdded {
    static constexpr std::string_view kind = "cover.added";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(CoverAdded, (), ())

// Covers nobody from now on, before its time.
struct InsuranceEnded {
    static constexpr std::string_view kind = "insurance.ended";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(InsuranceEnded, (), ())

// It runs out soon.
struct InsuranceWarned {
    static constexpr std::string_view kind = "insurance.warned";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(InsuranceWarned, (), (due_at))

}  // namespace hezhi
