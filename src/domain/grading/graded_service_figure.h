// What a grade is counted from, folded from facts of orders, incidents and teams: one row a service
// of a person, an order's review, an incident put down to somebody, a membership.
#pragma once

#include "facts/incident_facts.h"
#include "facts/order_facts.h"
#include "facts/organization_facts.h"
#include "journal/figure.h"

namespace hezhi::grading {

enum class ServiceOutcome {
    none,             // accepted, and nothing is known yet
    completed,        // 完成
    no_show,          // 未到
    given_back,       // 提前说明
    given_back_late,  // 临近开始才退出
    withdrawn,        // the order was cancelled
    reassigned,       // 改派: dispatch to the person was suspended
};
BOOST_DESCRIBE_ENUM(ServiceOutcome, none, completed, no_show, given_back, given_back_late,
                    withdrawn, reassigned)

struct GradedServiceState {
    std::string id;  // "order-person"
    OrderId order_id;
    PersonId person;
    Instant accepted_at;
    Instant starts_at;
    Instant ends_at;
    Instant record_until;  // its record is complete in time until then
    ServiceOutcome outcome = ServiceOutcome::none;
    Instant known_at;         // when the outcome was known
    Instant false_at;         // when its record was proven false; never, if it was not
    Instant excused_at;       // when its no-show or late leaving was excused; never, if it was not
    std::int64_t excuse = 0;  // the fact by which it was
};
BOOST_DESCRIBE_STRUCT(GradedServiceState, (),
                      (id, order_id, person, accepted_at, starts_at, ends_at, record_until, outcome,
                       known_at, false_at, excused_at, excuse))

struct GradedServiceFigure {
    using State = GradedServiceState;
    static constexpr std::string_view name = "graded_services";
    static constexpr int revision = 4;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"person, ends_at", "ends_at, person"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// What the requester or a call-back said of an order.
struct GradedReviewState {
    OrderId id;
    Resolution resolution = Resolution::not_answered;
    std::int32_t satisfaction = 0;
    Instant reviewed_at;
};
BOOST_DESCRIBE_STRUCT(GradedReviewState, (), (id, resolution, satisfaction, reviewed_at))

struct GradedReviewFigure {
    using State = GradedReviewState;
    static constexpr std::string_view name = "graded_reviews";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// Only what was confirmed and put down to one of those who served.
struct GradedIncidentState {
    IncidentId id;
    PersonId person;
    AreaId area;
    std::string area_path;
    std::string severity;
    std::int32_t percent = 0;  // taken from safety, by the pack of the day
    Instant settled_at;
    AccountId settled_by;       // took part, if a proposal is made of it
    bool suspends = false;      // a trigger of the pack names its class …
    std::string trigger;        // … this one
    std::int64_t proposal = 0;  // made of it
};
BOOST_DESCRIBE_STRUCT(GradedIncidentState, (),
                      (id, person, area, area_path, severity, percent, settled_at, settled_by,
                       suspends, trigger, proposal))

struct GradedIncidentFigure {
    using State = GradedIncidentState;
    static constexpr std::string_view name = "graded_incidents";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"person, settled_at", "suspends, proposal"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// From when until when somebody belongs to a team; the last time they came.
struct GradedMemberState {
    std::string id;  // "team/person"
    OrganizationId organization;
    PersonId person;
    Instant joined_at;
    Instant left_at;  // never, while they belong to it
};
BOOST_DESCRIBE_STRUCT(GradedMemberState, (), (id, organization, person, joined_at, left_at))

struct GradedMemberFigure {
    using State = GradedMemberState;
    static constexpr std::string_view name = "graded_members";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"organization, person", "person"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::grading
