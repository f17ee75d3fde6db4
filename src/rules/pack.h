// What a rule pack says, as plain values. A pack is data that the district owns: every number and
// every Chinese word about how things count stands in packs/, none in C++.
//
// A Pack is immutable once read; readers on other threads share it by pointer (pack_history.h).
// It is checked as a whole when it is read (pack_reader.h), so that whoever holds one may trust it:
// every key that it names exists, every number is inside its limits.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "facts/duty_boundary.h"

namespace hezhi::rules {

// The same words in the two languages.
struct Words {
    std::string zh;
    std::string en;

    bool operator==(const Words&) const = default;
};

// What a clause says of itself, and where it stands, for "why".
struct Clause {
    std::string file;  // "base/categories.toml"
    std::int32_t line = 0;
    Words says;          // one sentence each
    std::string source;  // the published rule that it follows; empty if it is the district's own

    bool operator==(const Clause&) const = default;
};

// --- time limits -----------------------------------------------------------------------------

enum class TimeUnit { minutes, hours, days };
BOOST_DESCRIBE_ENUM(TimeUnit, minutes, hours, days)

// Calendar clocks run day and night; working clocks run in the working hours of working days.
enum class ClockKind { calendar, working };
BOOST_DESCRIBE_ENUM(ClockKind, calendar, working)

struct TimeLimit {
    std::int32_t amount = 0;  // at least 1
    TimeUnit unit = TimeUnit::minutes;
    ClockKind clock = ClockKind::calendar;

    bool operator==(const TimeLimit&) const = default;
};

// How urgent a need is, and what must then happen by when. All clocks start when the need is
// reported, except offer_open, which starts with each offer.
struct LimitClass {
    std::string key;  // "P1"
    Words name;
    Clause clause;
    std::optional<Words> do_first;  // what to do before anything else ("call 110 at once")
    TimeLimit first_step;           // triage by the social worker on duty
    TimeLimit first_contact;        // somebody has spoken with the person
    TimeLimit handling;             // handled and reported back; for P4: the plan
    TimeLimit offer_open;           // how long volunteers may answer an offer
};

// Limits of an order that do not depend on its class.
struct OrderLimits {
    Clause clause;
    TimeLimit confirm_within;  // the requester's confirmation, from delivery; then it is automatic
    TimeLimit brief_closes;    // the volunteer's access to the order brief, from the order's end
    TimeLimit reopen_within;   // a closed need may be reopened; its last day counts whole
    std::int32_t joint_meeting_from = 0;  // the reopening that goes to a joint meeting (联席会议)
};

// --- asking ----------------------------------------------------------------------------------

struct AskingRules {
    Clause assessment_clause;
    TimeLimit assess_within;
    TimeLimit assess_within_urgent;           // for the classes in `urgent_classes`
    std::vector<std::string> urgent_classes;  // keys of limit classes
    Clause referral_clause;
    TimeLimit receipt_within;
    TimeLimit remind_every;
    Clause merging_clause;
    TimeLimit suggest_within;          // how far apart two reports of the same thing may lie
    TimeLimit undo_within;             // how long a merge can be undone
    std::int32_t similar_percent = 0;  // of the shorter text's pairs of letters

    Clause protection_clause;
    TimeLimit answer_within;  // of a mandatory report
    Clause plans_clause;
    TimeLimit make_ahead;  // how long before a service its order is made
    std::int32_t plan_days_max = 0;

    const TimeLimit& assess(std::string_view limit_class) const;
};

// --- categories ------------------------------------------------------------------------------

enum class RiskLevel { R1, R2, R3, R4 };  // trivial, contact, home or vulnerable, danger
BOOST_DESCRIBE_ENUM(RiskLevel, R1, R2, R3, R4)

// Certification of volunteers by the platform: V0 … V4 are 0 … 4.
inline constexpr std::int32_t certification_max = 4;

// A licence from outside that the register may hold for a person.
struct Credential {
    std::string key;  // "social_worker"
    Words name;
    Clause clause;
};

// A class of the catalogue (为老服务): where a page puts a category.
struct CategoryGroup {
    std::string key;  // "elders"
    Words name;
    Clause clause;
    std::int32_t rank = 0;  // order in which pages show them
};

struct Category {
    std::string key;          // "visit_alone_elder"
    std::int32_t number = 0;  // in the catalogue; no two categories share one
    std::string group;        // a CategoryGroup of the pack
    Words name;
    Clause clause;
    DutyBoundary duty_boundary = DutyBoundary::professional_only;  // of the first visit
    DutyBoundary duty_boundary_after_first = DutyBoundary::professional_only;
    std::optional<Words> boundary_note;     // where a part of the service has another boundary
    std::int32_t certification_min = 0;     // of volunteers
    std::optional<Words> skill;             // the special course or licence, in words
    std::optional<std::string> credential;  // always set when a boundary is professional_only
    std::int32_t minutes_planned = 0;
    std::int32_t people_first = 1;  // people at the first visit to a recipient
    std::int32_t people_after = 1;
    RiskLevel risk_level = RiskLevel::R1;
    std::string default_class;      // a LimitClass of the pack
    std::optional<Words> response;  // what is asked beyond the class ("booked 48 hours ahead")
    std::int32_t age_years_min = 18;
    bool minors_with_adult = false;  // below adult_from_years only beside an adult of the team
    bool credit_eligible = false;    // minutes may become time credit
    bool insurance = false;          // proof of insurance before the start
    bool minor_contact = false;      // a crime-record query not older than twelve months
    Words safety_notes;              // shown to whoever takes the order

    DutyBoundary boundary(bool first_visit) const {
        return first_visit ? duty_boundary : duty_boundary_after_first;
    }
    std::int32_t people(bool first_visit) const {
        return first_visit ? people_first : people_after;
    }
};

// --- calendar --------------------------------------------------------------------------------

// The published arrangement of one year: only the days that differ from the week.
struct CalendarYear {
    Clause clause;
    std::map<Day, Words> holidays;  // days off, by name; weekend days inside a holiday as well
    std::set<Day> working_days;     // weekend days that are worked (调休)
};

struct WorkingSpan {
    std::int32_t from_minute = 0;  // of the day
    std::int32_t to_minute = 0;    // not included; after from_minute

    bool operator==(const WorkingSpan&) const = default;
};

// Where a limit of N working days ends on its last day.
enum class WorkingDayEnd { close, same_time };
BOOST_DESCRIBE_ENUM(WorkingDayEnd, close, same_time)

struct Calendar {
    Clause clause;
    std::set<std::int32_t> weekend;          // 0 Sunday … 6 Saturday
    std::vector<WorkingSpan> working_hours;  // at least one, in order, without overlap
    WorkingDayEnd working_day_end = WorkingDayEnd::close;
    std::int32_t year_missing_warn_days = 0;     // how long before a year without rows to warn
    std::map<std::int32_t, CalendarYear> years;  // 2026 → its arrangement
};

// --- dispatch --------------------------------------------------------------------------------

// When nobody was found, look further: after a share of the time left, up to an area kind.
struct WideningStep {
    std::int32_t at_percent = 0;  // of the time that was left when the order was opened; ascending
    std::string reach;            // an AreaKind of the pack, or "staff"
};

struct DispatchRules {
    Clause score_clause;
    // Points of a score; together 100.
    std::int32_t distance = 0;
    std::int32_t continuity = 0;
    std::int32_t skill_fit = 0;
    std::int32_t fairness = 0;
    std::int32_t preference = 0;
    // Share of the distance points by how many areas up one must go to reach a common one: the
    // first entry is the same community. Beyond the list: none.
    std::vector<std::int32_t> closeness_percent;
    std::int32_t fairness_minutes_full = 0;  // minutes in 30 days that leave no fairness points
    std::int32_t preference_unstated_percent = 0;  // for whoever has stated no wish
    Clause offers_clause;
    std::int32_t offers_at_a_time = 0;
    std::int32_t adult_from_years = 0;
    std::vector<WideningStep> widening;
    Clause door_clause;
    std::vector<std::string> door_words;   // of which two make the word said at a door; no repeats
    std::int32_t record_check_days = 365;  // how long a crime-record query holds
};

// --- service records and activities -----------------------------------------------------------

// What an employer's released time (单位准假) is worth to the record.
enum class ReleasedTime { recorded, refused };
BOOST_DESCRIBE_ENUM(ReleasedTime, recorded, refused)

struct RecordRules {
    Clause clause;
    TimeLimit enter_within;        // from the end of the service; then the record is locked
    std::int32_t minutes_max = 0;  // of one record
    ReleasedTime employer_released = ReleasedTime::refused;
};

struct ActivityRules {
    Clause clause;
    std::int32_t capacity_max = 0;  // people of one shift
    std::int32_t waiting_max = 0;   // people who wait for a place of one shift
    std::int32_t shifts_max = 0;    // of one activity
    RiskLevel insurance_from = RiskLevel::R3;
};

// --- identity documents and areas ------------------------------------------------------------

enum class CheckDigit { none, iso7064_mod11_2 };
BOOST_DESCRIBE_ENUM(CheckDigit, none, iso7064_mod11_2)

struct IdScheme {
    std::string key;  // "resident_id"
    Words name;
    Clause clause;
    std::string pattern;  // ECMAScript regular expression over the whole normalised number; empty
                          // if the scheme has no number ("none")
    CheckDigit check_digit = CheckDigit::none;
    std::optional<std::int32_t> birth_date_at;  // position of YYYYMMDD, counted from 0
    std::int32_t rank = 0;                      // order in which forms offer the schemes
};

// What whoever registers as a volunteer is told and agrees to, and the ages of minors.
struct JoiningRules {
    Clause agreement_clause;
    Words pledge;
    Words risks;
    Words terms;
    Clause minors_clause;
    std::int32_t consent_from_years = 0;       // younger: nobody may consent
    std::int32_t accompanied_below_years = 0;  // with an adult of their own
    std::int32_t sensitive_below_years = 0;
};

struct AreaKind {
    std::string key;  // "community"
    Words name;
    Clause clause;
    std::int32_t depth = 0;  // greater is further down; no two kinds share one
    // Endings that a search drops ("社区居委会"), longest first.
    std::vector<std::string> search_suffixes;
    // The words that division tables use for this kind in their column `level` ("street").
    std::vector<std::string> division_levels;
    // Names that stand in division tables only to fill a level ("市辖区"); pages leave them out.
    std::vector<std::string> placeholder_names;
};

// --- the whole -------------------------------------------------------------------------------

struct Pack {
    std::string name;     // "base"
    std::string version;  // "2026.1"
    std::optional<std::string> extends;
    Words title;
    Clause clause;
    std::vector<Credential> credentials;         // these vectors are sorted by key …
    std::vector<CategoryGroup> category_groups;  // these by rank
    std::vector<Category> categories;
    std::vector<LimitClass> limit_classes;
    OrderLimits order_limits;
    AskingRules asking;
    Calendar calendar;
    DispatchRules dispatch;
    JoiningRules joining;
    RecordRules records;
    ActivityRules activities;
    std::vector<IdScheme> id_schemes;  // … these by rank
    std::vector<AreaKind> area_kinds;  // … and these by depth, highest area first
    // Every file of the pack and of the packs that it extends. Its hash is the pack's identity;
    // read_pack_text() makes the same Pack of it.
    std::string canonical_text;

    // Null if the pack has none of that key.
    const Category* category(std::string_view key) const;
    const CategoryGroup* category_group(std::string_view key) const;
    const LimitClass* limit_class(std::string_view key) const;
    const AreaKind* area_kind(std::string_view key) const;
    const AreaKind* area_kind_of_division_level(std::string_view level) const;
    const IdScheme* id_scheme(std::string_view key) const;
    const Credential* credential(std::string_view key) const;
};

// `name` without the longest ending that the kind's search drops, unless nothing would be left:
// "新港山路社区居委会" → "新港山路".
std::string_view search_name(const AreaKind& kind, std::string_view name);

}  // namespace hezhi::rules
