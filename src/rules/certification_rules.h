// The rules of certification (专业认证) and of stars (星级), as a pack says them.
//
// Certification is recognition by the platform, not a national qualification. It decides what may
// be dispatched and never what an hour is worth.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "facts/course_kind.h"
#include "rules/clause.h"
#include "rules/time_limit.h"

namespace hezhi::rules {

// V0 … V4 are 0 … 4.
enum class LevelKey { V0, V1, V2, V3, V4 };
BOOST_DESCRIBE_ENUM(LevelKey, V0, V1, V2, V3, V4)
inline constexpr std::int32_t certification_max = 4;

enum class GateKind {
    course,          // 课程: minutes of a course and its test
    service,         // 服务: minutes that stand in service records
    observed_check,  // 现场考核: passed under a supervisor's eyes, in the field
    months_at,       // 等级年限: months with a lower level, without a gap
    recommendation,  // 督导推荐
    licence,         // 外部执业资格: verified and valid
};
BOOST_DESCRIBE_ENUM(GateKind, course, service, observed_check, months_at, recommendation, licence)

struct CertificationGate {
    std::string key;  // "general_course"
    Clause clause;
    GateKind kind = GateKind::course;
    CourseKind course = CourseKind::general;
    std::int32_t minutes = 0;       // of the course, or of service
    std::int32_t test_percent = 0;  // 0: no test
    std::int32_t level = 0;         // of months_at
    std::int32_t months = 0;
};

struct CertificationLevel {
    std::int32_t level = 0;
    Words name;
    Clause clause;
    RiskLevel risk_max = RiskLevel::R1;
    std::int32_t after = 0;                // the level that one holds before
    bool in_field = false;                 // granted for one field at a time
    bool for_licence = false;              // granted for one licence
    std::vector<CertificationGate> gates;  // by key; none for V0
};

// What somebody is certified in (专项): 为老服务, 助残.
struct CertificationField {
    std::string key;
    Words name;
    Clause clause;
    std::int32_t rank = 0;
};

// What is asked about somebody before certain services (背景核查). Only that it was answered and
// until when it holds is kept, never what it said.
struct BackgroundCheck {
    std::string key;  // "crime_record"
    Words name;
    Clause clause;
    std::int32_t holds_days = 0;        // 0: without an end
    std::vector<std::string> noted_by;  // roles
};
inline constexpr std::string_view crime_record_check = "crime_record";
// The roles that the table of permissions lets note a check, which a pack chooses from.
// (`Permissions.LetThoseNoteChecksWhomAPackMayName`)
inline constexpr std::string_view check_noting_roles[] = {"street_staff", "community_worker"};

// Why a certification may be taken back or suspended.
struct LoweringGround {
    std::string key;  // "complaint_upheld"
    Words name;
    Clause clause;
    std::int32_t rank = 0;
};

struct CertificationRules {
    Clause notice_clause;
    Words notice;  // on every page
    Clause validity_clause;
    std::int32_t valid_months = 0;
    std::int32_t warn_days = 0;  // before the end
    Clause renewal_clause;
    std::int32_t renewal_course_minutes = 0;   // since the grant or the last renewal
    std::int32_t renewal_service_minutes = 0;  // the same
    std::int32_t renewal_late_months = 0;      // after the end
    Clause recognition_clause;
    std::int32_t recognised_within_days = 0;  // of the registration as a volunteer
    std::int32_t recognised_level_max = 0;
    Clause lowering_clause;
    std::int32_t suspend_days_max = 0;
    // Until then it is not confirmed unheard; at once in packs without it.
    std::optional<TimeLimit> lowering_answer_within;
    TimeLimit lowering_appeal_within;
    std::optional<TimeLimit> lowering_acknowledge_within;
    TimeLimit lowering_settle_within;
    std::optional<TimeLimit> lowering_review_within;  // a second review, once; none without it
    // Since it holds, what was accepted and is allowed no longer goes to others.
    std::optional<TimeLimit> lowering_reassign_within;
    std::vector<LoweringGround> lowering_grounds;  // by rank; none in packs from before lowering
    std::vector<CertificationField> fields;        // by rank
    std::vector<CertificationLevel> levels;  // V0 first; empty in packs from before certification

    const CertificationLevel* level(std::int32_t level) const;
    const CertificationField* field(std::string_view key) const;
    const LoweringGround* lowering_ground(std::string_view key) const;
};

struct Star {
    std::int32_t stars = 0;  // 1 …
    Words name;
    Clause clause;
    std::int32_t hours = 0;
    Words granted_by;
};

struct StarRules {
    Clause counting_clause;
    std::vector<Star> ladder;  // ascending
};

}  // namespace hezhi::rules
