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
#include "rules/calendar_rules.h"
#include "rules/certification_rules.h"
#include "rules/clause.h"
#include "rules/color_grade_rules.h"
#include "rules/hotline_rules.h"
#include "rules/phone_rules.h"
#include "rules/staff_rules.h"
#include "rules/time_bank_rules.h"
#include "rules/time_limit.h"

namespace hezhi::rules {

// --- time limits -----------------------------------------------------------------------------

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

// How far a service may lie from its planned time before somebody says why.
struct AttendanceRules {
    Clause clause;
    std::int32_t apart_minutes_max = INT32_MAX;
};

// --- asking ----------------------------------------------------------------------------------

struct AskingRules {
    Clause secrecy_clause;
    std::string sealed_kind;  // of the area that a secret address still tells
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

    Clause case_load_clause;
    std::int32_t case_load_max = INT32_MAX;  // weighted, of one social worker
    std::int32_t case_load_warn_from = INT32_MAX;
    std::int32_t heavy_weight = 1;
    std::vector<std::string> heavy_classes;  // keys of limit classes

    Clause alarm_clause;
    std::string alarm_class;  // of a need where nobody answers the door; empty: not asked for
    Words alarm_what;         // what it says

    Clause protection_clause;
    TimeLimit answer_within;  // of a mandatory report
    Clause plans_clause;
    TimeLimit make_ahead;  // how long before a service its order is made
    std::int32_t plan_days_max = 0;

    // Packs of older releases have none of the following: no project is proposed, nobody is called
    // before an order is offered, and every requester is called afterwards.
    Clause projects_clause;
    std::int32_t project_needs_min = 0;    // of one category in one area; 0: none is proposed
    std::int32_t project_within_days = 0;  // in which they were reported
    std::string project_kind;              // an AreaKind of the pack: of which area
    std::string project_class;             // of the need that the project becomes
    Words project_what;                    // what that need says, after the category
    Clause phone_checks_clause;
    std::int32_t absences_min = INT32_MAX;  // of one requester; then somebody calls first
    std::int32_t absences_within_days = 0;
    std::vector<std::string> phone_check_except;  // keys of limit classes
    Clause revisits_clause;
    std::vector<std::string> revisit_all;  // keys of limit classes: every order is called about
    std::int32_t revisit_percent = 100;    // of the orders of the other classes

    const TimeLimit& assess(std::string_view limit_class) const;
    // What one case of this class counts.
    std::int32_t case_weight(std::string_view limit_class) const;
};

// --- categories ------------------------------------------------------------------------------

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
    std::optional<std::string> field;       // a CertificationField in which they are certified
    std::optional<Words> skill;             // the special course or licence, in words
    std::optional<std::string> credential;  // always set when a boundary is professional_only
    std::int32_t minutes_planned = 0;
    std::int32_t people_first = 1;  // people at the first visit to a recipient
    std::int32_t people_after = 1;
    RiskLevel risk_level = RiskLevel::R1;
    std::string default_class;      // a LimitClass of the pack
    std::optional<Words> response;  // what is asked beyond the class ("booked 48 hours ahead")
    std::int32_t age_years_min = 18;
    bool minors_with_adult = false;      // below adult_from_years only beside an adult of the team
    bool credit_eligible = false;        // minutes may become time credit
    bool redeemable = false;             // time credit may book it
    bool insurance = false;              // proof of insurance before the start
    bool at_home = false;                // in the recipient's home: two at the first visit
    bool personal_care = false;          // always two, so that nobody's sex need be asked
    std::optional<Words> alone_because;  // why one may go where two is the rule
    bool minor_contact = false;          // a crime-record query that holds
    std::vector<std::string> checks;     // BackgroundChecks of the pack; with the one above
    bool address_secret = false;         // the recipient's address is hidden from all others
    Words safety_notes;                  // shown to whoever takes the order

    DutyBoundary boundary(bool first_visit) const {
        return first_visit ? duty_boundary : duty_boundary_after_first;
    }
    std::int32_t people(bool first_visit) const {
        return first_visit ? people_first : people_after;
    }
};

// --- dispatch --------------------------------------------------------------------------------

// When nobody was found, look further: after a share of the time left, up to an area kind.
struct WideningStep {
    std::int32_t at_percent = 0;  // of the time that was left when the order was opened; ascending
    std::string reach;            // an AreaKind of the pack, or "staff"
};

// Hours of each day; past midnight if `until` is not after `from`.
struct DailyHours {
    std::int32_t from_minute = 0;   // of the day
    std::int32_t until_minute = 0;  // not included
    bool operator==(const DailyHours&) const = default;
};

// Where two people go together (两人同行), beside what each category asks for.
struct TwoPeopleRules {
    Clause clause;
    DailyHours night;                     // a service that touches these hours
    RiskLevel risk_from = RiskLevel::R3;  // categories of this risk, unless they say why one may
};

// When ordinary services are not done at all.
struct NightRules {
    Clause clause;
    DailyHours hours;
    std::vector<std::string> only_classes;  // limit classes that are served in these hours as well
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
    std::int32_t fairness_minutes_full = 0;  // minutes in `load_days` that leave no fairness points
    std::int32_t preference_unstated_percent = 0;  // for whoever has stated no wish
    Clause offers_clause;
    std::int32_t offers_at_a_time = 0;
    std::int32_t adult_from_years = 0;
    std::vector<WideningStep> widening;
    Clause load_clause;
    std::int32_t load_days = 30;                // days before now whose service counts
    std::int32_t load_minutes_max = INT32_MAX;  // of a volunteer within them
    Clause batch_clause;
    std::int32_t empty_points = 200;  // what an empty place costs a batch; above a score's 100
    std::int32_t empty_points_per_day = 0;  // of waiting
    std::int32_t empty_points_max = 2000;
    std::map<std::string, std::int32_t> urgency_points;  // by limit class
    RiskLevel leader_from_risk = RiskLevel::R4;          // a team has somebody experienced
    std::int32_t experienced_certification_min = 2;      // either makes experienced
    std::int32_t experienced_orders_min = 10;
    Clause day_clause;
    // Between two places by how many areas up one must go; beyond: the last.
    std::vector<std::int32_t> travel_minutes{10, 20, 40};
    // From when the parts of a day run in which places stay empty: before it is the morning.
    Clause day_parts_clause;
    std::int32_t afternoon_from_minute = 12 * 60;  // of the day
    std::int32_t evening_from_minute = 18 * 60;
    Clause door_clause;
    std::vector<std::string> door_words;  // of which two make the word said at a door; no repeats
    TwoPeopleRules two_people;
    NightRules night;
};

// --- service records and activities -----------------------------------------------------------

// What an employer's released time (单位准假) is worth to the record.
enum class ReleasedTime { recorded, refused };
BOOST_DESCRIBE_ENUM(ReleasedTime, recorded, refused)

struct RecordRules {
    Clause clause;
    TimeLimit enter_within;        // from the end of the service; then the record is locked
    TimeLimit remind_after;        // what is not recorded by then stands out on the leader's page
    std::int32_t minutes_max = 0;  // of one record
    ReleasedTime employer_released = ReleasedTime::refused;
    Clause unrecorded_clause;
    std::int32_t unrecorded_shown_days = 60;  // what nobody has recorded leaves the leader's page
};

// Whether somebody without a registered document gets a certificate.
enum class CertificateDocument { required, if_known };
BOOST_DESCRIBE_ENUM(CertificateDocument, required, if_known)

struct CertificateRules {
    Clause clause;
    // With {area}, {year} and {serial}, once each; fit for an address.
    std::string number = "ZF{area}-{year}-{serial}";
    std::int32_t serial_digits = 5;
    CertificateDocument document = CertificateDocument::if_known;
    std::int32_t records_max = 500;  // of one certificate
    std::int32_t posted_days = 0;    // shown inside the unit after the issue; 0: not
    // How long a member of the staff may fetch the paper after issuing it or saying that it is
    // printed.
    std::int32_t printing_open_minutes = 10;
    TimeLimit objection_within{10, TimeUnit::days, ClockKind::working};  // to decide one
    Words title{"志愿服务记录证明", "Certificate of Volunteer Service"};
};

struct ActivityRules {
    Clause clause;
    std::int32_t capacity_max = 0;  // people of one shift
    std::int32_t waiting_max = 0;   // people who wait for a place of one shift
    std::int32_t shifts_max = 0;    // of one activity
    RiskLevel insurance_from = RiskLevel::R3;
    Clause minors_clause;
    std::int32_t minors_per_adult_max = INT32_MAX;
    Clause past_clause;
    std::int32_t past_shown_days = 7;  // one's own, after their end, among those near
};

struct InsuranceRules {
    Clause clause;
    std::int32_t warn_days_before = 0;  // the end of a policy
    std::int32_t lasts_days_max = 0;    // of one policy, both days counted
};

// --- incidents and complaints ------------------------------------------------------------------

struct IncidentClass {
    std::string key;  // "minor"
    Words name;
    Clause clause;
    Words examples;
    TimeLimit settle_within;
    std::int32_t rank = 0;  // order in which forms show them
};

struct EmergencyNumber {
    std::string number;  // "120"
    Words name;
};

struct IncidentRules {
    Clause clause;
    std::vector<EmergencyNumber> emergency_numbers;
    std::vector<IncidentClass> classes;  // by rank

    const IncidentClass* find(std::string_view key) const;
};

struct ComplaintRules {
    Clause clause;
    TimeLimit acknowledge_within;
    TimeLimit decide_within;
    Clause review_clause;
    TimeLimit ask_review_within;  // of the decision; once
    TimeLimit review_within;
};

// --- back-tests ------------------------------------------------------------------------------

// How a back-test groups what it compares. Packs of older releases have none.
struct BackTestRules {
    Clause clause;
    std::string area_kind;                 // an AreaKind of the pack; empty: the topmost areas
    std::vector<std::int32_t> age_bands;   // the first year of each band after the youngest
    std::vector<std::int32_t> hour_bands;  // the first hour of each band after the lowest
    std::int32_t small_group = 10;         // smaller numbers are hidden; `small_group_min` at least
};

// What a back-test tells of fewer people could be put down to one of them.
inline constexpr std::int32_t small_group_min = 10;

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
    bool joining = true;  // somebody may join by themselves with it; without a number only if said
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
    std::int32_t age_noted_days = 90;       // how often a minor's age is looked at again
    std::int32_t reading_valid_hours = 24;  // of an approval to read a minor's entry
    Words guardian_consent;                 // what a guardian reads before the yes
    Words sensitive_consent;                // the separate text for the youngest
    Words photo_consent;
    Clause guardian_page_clause;
    std::int32_t outings_shown_days = 7;  // after their end, on the guardian's page
    Clause volunteer_number_clause;
    Words volunteer_register;              // outside this platform, which numbers volunteers
    std::string volunteer_number_pattern;  // of a whole number; empty: none is noted
};

// What becomes of a kind of personal data when somebody is erased, and why: told to the person.
enum class Keeps { erased, restricted, blank };
BOOST_DESCRIBE_ENUM(Keeps, erased, restricted, blank)
struct RetentionRule {
    std::string key;  // a field of the register, or what else there is about a person
    Words name;
    Clause clause;
    Keeps keeps = Keeps::erased;
    std::optional<std::int32_t> years;  // of what is restricted; absent: as the clause says
    std::optional<std::int32_t> days;   // instead of years
    std::int32_t rank = 0;              // order in which they are told
};

// 网络安全法 第二十三条: logs are kept six months at least, of which the longest have 184 days.
inline constexpr std::string_view security_log_retention = "security_log";
inline constexpr std::int32_t security_log_days_min = 184;

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

// What a role is called where the pack holds, instead of its usual name.
struct RoleName {
    std::string key;  // "street_staff"
    Words name;
    Clause clause;
};

// --- the whole -------------------------------------------------------------------------------

// Of what the program itself writes into the register, where staff read it later.
enum class Language { zh, en };
BOOST_DESCRIBE_ENUM(Language, zh, en)

struct Pack {
    std::string name;     // "base"
    std::string version;  // "2026.1"
    std::optional<std::string> extends;
    Words title;
    Clause clause;
    Language language = Language::zh;
    std::vector<Credential> credentials;         // these vectors are sorted by key …
    std::vector<CategoryGroup> category_groups;  // these by rank
    std::vector<Category> categories;
    std::vector<LimitClass> limit_classes;
    OrderLimits order_limits;
    AttendanceRules attendance;
    AskingRules asking;
    Calendar calendar;
    DispatchRules dispatch;
    JoiningRules joining;
    RecordRules records;
    CertificationRules certification;
    std::vector<BackgroundCheck> checks;  // by key
    StarRules stars;
    std::vector<RetentionRule> retention;  // by rank
    CertificateRules certificates;
    ActivityRules activities;
    InsuranceRules insurance;
    IncidentRules incidents;
    ComplaintRules complaints;
    ColorGradeRules color_grades;
    TrueHoursRules true_hours;
    TimeBankRules time_bank;
    BackTestRules back_test;
    PhoneRules phones;
    ReportRules reports;
    StaffRules staff;
    SignInRules sign_in;
    HotlineRules hotline;
    std::vector<RoleName> role_names;  // by key; of the roles that it calls something else
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
    const BackgroundCheck* check(std::string_view key) const;
    // How long the log of sign-ins is kept, and the clause that says so.
    std::int32_t security_log_days() const;
    // As they are written down in the district's language.
    const std::string& written(const Words& words) const;
};

// `name` without the longest ending that the kind's search drops, unless nothing would be left:
// "新港山路社区居委会" → "新港山路".
std::string_view search_name(const AreaKind& kind, std::string_view name);

}  // namespace hezhi::rules
