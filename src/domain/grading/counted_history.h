// What the months count (services with their reviews, incidents, memberships), folded beside the
// journal, as it stands and as it stood a while before. For `hezhi verify`: a month was read beside
// the writer, somewhat before its fact.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <variant>
#include <vector>

#include "domain/grading/grade_rules.h"
#include "journal/fold.h"

namespace hezhi::grading {

class CountedHistory {
  public:
    CountedHistory() = default;
    CountedHistory(const CountedHistory&) = delete;
    CountedHistory& operator=(const CountedHistory&) = delete;

    // They feed it, and live as long as it does.
    journal::Watches watches();

    // Looks at everything as it stands, then as it stood before each change that was later than
    // `position`, newest first, until `look` is satisfied.
    void each_state(std::int64_t position, const std::function<bool()>& look);
    // The earliest `position` that can be asked for: some time in the month before that of `now`.
    std::int64_t earliest(const Fact& now);

    // As services_of_person, services_of_team and the same of incidents in queries.sql; older ones
    // may be there or not.
    template <class Use>
    void services(GradeSubject graded, std::int64_t subject, Use use) const {
        each_member(graded, subject, [&](std::int64_t person, auto belonged) {
            for (const GradedService& one : found_in(services_, person)) {
                if (belonged(one.service.starts_at)) use(one);
            }
        });
    }
    template <class Use>
    void incidents(GradeSubject graded, std::int64_t subject, Use use) const {
        each_member(graded, subject, [&](std::int64_t person, auto belonged) {
            for (std::int64_t id : found_in(incidents_of_, person)) {
                const GradedIncidentState& one = incidents_.at(id);
                if (one.person.value == person && belonged(one.settled_at)) use(one);
            }
        });
    }

  private:
    template <class Row>
    using RowsById = boost::unordered_flat_map<std::int64_t, std::vector<Row>>;
    struct Order {
        std::vector<PersonId> people;  // who accepted it; few
        GradedReviewState review;
    };
    // A row before a fact; while that is undone, after it. Its keys tell which.
    struct Change {
        std::int64_t position = 0;
        std::variant<GradedService, GradedMemberState, GradedIncidentState> other;
    };

    template <class Row>
    static const std::vector<Row>& found_in(const RowsById<Row>& rows, std::int64_t id) {
        static const std::vector<Row> none;
        auto found = rows.find(id);
        return found == rows.end() ? none : found->second;
    }
    template <class Use>
    void each_member(GradeSubject graded, std::int64_t subject, Use use) const {
        if (graded == GradeSubject::person) {
            use(subject, [](Instant) { return true; });
            return;
        }
        for (const GradedMemberState& member : found_in(members_, subject)) {
            use(member.person.value, [&member](Instant at) {
                return member.joined_at <= at && (!member.left_at || member.left_at > at);
            });
        }
    }

    void note(const GradedServiceState&, const Fact&);
    void note(const GradedReviewState&, const Fact&);
    void note(const GradedMemberState&, const Fact&);
    void note(const GradedIncidentState&, const Fact&);
    template <class Row>
    void change(Row& row, Row after, const Fact& fact);
    void exchange(Change& change);
    void forget_before(const Fact& now);

    GradedService* find(PersonId person, OrderId order);
    GradedMemberState* find(OrganizationId team, PersonId person);
    GradedService& new_service(const GradedServiceState& state);

    RowsById<GradedService> services_;  // by person
    boost::unordered_flat_map<std::int64_t, Order> orders_;
    RowsById<GradedMemberState> members_;  // by team
    boost::unordered_flat_map<std::int64_t, GradedIncidentState> incidents_;
    RowsById<std::int64_t> incidents_of_;  // by person: whom they were ever put down to
    // Of this month and the one before.
    std::vector<Change> changes_;
    Instant month_until_;
    std::int64_t before_month_ = 0, earliest_ = 0;  // positions
};

}  // namespace hezhi::grading
