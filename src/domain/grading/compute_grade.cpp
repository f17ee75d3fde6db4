// 月度评级: reads each subject beside the writer, and enters what it comes to as a fact.
#include <map>

#include "domain/grading/grading.h"
#include "domain/grading/queries.h"

namespace hezhi::grading {
namespace {

GradedService read_service(const store::Row& row) {
    GradedService one;
    auto& service = one.service;
    service.id = row.text("id");
    service.order_id = row.id<OrderId>("order_id");
    service.person = row.id<PersonId>("person");
    service.accepted_at = row.instant("accepted_at");
    service.starts_at = row.instant("starts_at");
    service.ends_at = row.instant("ends_at");
    service.record_until = row.instant("record_until");
    service.outcome = from_label<ServiceOutcome>(row.text("outcome")).value();
    service.known_at = row.instant("known_at");
    service.false_at = row.instant("false_at");
    service.excused_at = row.instant("excused_at");
    service.excuse = row.integer("excuse");
    one.resolution = from_label<Resolution>(row.text("resolution")).value();
    one.satisfaction = static_cast<std::int32_t>(row.integer("satisfaction"));
    one.reviewed_at = row.instant("reviewed_at");
    return one;
}

// What the run of a month has come to. Kept in memory: after a restart it begins again, and what is
// computed already is not found any more.
struct Progress {
    Instant until;
    std::int64_t team_after = 0;
    std::int64_t person_after = 0;
    std::map<std::string, SubjectRows> rows;
};

constexpr std::int64_t team_due = 1, person_due = 2, month_due = 3;

std::vector<jobs::Due> find_due(store::Session& db, Instant now, std::int64_t limit,
                                Progress& progress) {
    Instant until = month_start(now);
    if (progress.until != until) progress = Progress{.until = until};
    progress.rows.clear();
    auto done = db.row(queries::last_month, {});
    if (done->instant("until_at") >= until) return {};
    if (db.row(queries::services_before, {{"until", until}})->integer("services") == 0) return {};
    std::vector<jobs::Due> due;
    auto gather = [&](const store::Query& query, std::int64_t kind, store::Params params) {
        db.each(query, params, [&](const store::Row& row) {
            due.push_back({row.integer("subject"), kind, until});
        });
    };
    gather(queries::teams_to_grade, team_due,
           std::vector<store::Param>{
               {"until", until}, {"after", progress.team_after}, {"limit", limit}});
    if (std::ssize(due) < limit) {
        gather(queries::people_to_grade, person_due,
               std::vector<store::Param>{{"until", until},
                                         {"from", months_before(until, months_read)},
                                         {"after", progress.person_after},
                                         {"limit", limit - std::ssize(due)}});
    }
    for (const auto& one : due) {
        auto graded = one.other == team_due ? GradeSubject::team : GradeSubject::person;
        progress.rows[grade_key(graded, one.id)] =
            subject_rows(db, graded, one.id, months_before(until, months_read), until);
    }
    if (due.empty()) due.push_back({0, month_due, until});
    return due;
}

Result<std::int64_t> run_due(journal::Turn& turn, const jobs::Due& due, Progress& progress) {
    if (due.other == month_due) return close_grading_month(turn, due.due_at);
    auto graded = due.other == team_due ? GradeSubject::team : GradeSubject::person;
    auto done =
        compute_grade(turn, graded, due.id, due.due_at, progress.rows[grade_key(graded, due.id)]);
    (due.other == team_due ? progress.team_after : progress.person_after) = due.id;
    return done;
}

// Of those whom the pack grades: whoever is refused would be found again in every round.
std::vector<jobs::Due> find_incidents(const journal::Ledger& ledger, store::Session& db,
                                      Instant now, std::int64_t limit) {
    auto packs = ledger.packs();
    const auto* in_force = packs->in_force(now);
    if (!in_force || !in_force->pack->color_grades.persons) return {};
    std::vector<jobs::Due> due;
    db.each(queries::incidents_to_propose,
            {{"now", now}, {"limit", limit}, {"adult", in_force->pack->dispatch.adult_from_years}},
            [&](const store::Row& row) {
                due.push_back({row.integer("id"), 0, row.instant("settled_at")});
            });
    return due;
}

void propose_down(journal::Turn& turn, const Graded& subject, const GradeResult& result,
                  std::int64_t computed) {
    GradeProposed proposed;
    proposed.graded = subject.graded;
    proposed.from = as_blue(subject.grade.color);
    proposed.to = *result.proposed;
    proposed.reasons = reasons_down(result, turn.pack()->pack->color_grades);
    proposed.effective = subject.grade.effective;
    proposed.computed = computed;
    proposed.pack = turn.pack()->hash;
    Subjects subjects = subjects_of(subject.graded, subject.subject);
    subjects["grade_proposal"] = self;
    turn.append(draft(proposed, {}, subject.place, std::move(subjects), turn.now()));
}

}  // namespace

SubjectRows subject_rows(store::Session& db, GradeSubject graded, std::int64_t subject,
                         Instant from, Instant until) {
    SubjectRows rows;
    rows.position = db.row(queries::journal_position, {})->integer("position");
    bool team = graded == GradeSubject::team;
    std::vector<store::Param> params{{"subject", subject}, {"from", from}, {"until", until}};
    db.each(team ? queries::services_of_team : queries::services_of_person, params,
            [&](const store::Row& row) { rows.services.push_back(read_service(row)); });
    db.each(team ? queries::incidents_of_team : queries::incidents_of_person, params,
            [&](const store::Row& row) {
                GradedIncidentState incident;
                incident.id = row.id<IncidentId>("id");
                incident.person = row.id<PersonId>("person");
                incident.severity = row.text("severity");
                incident.percent = static_cast<std::int32_t>(row.integer("percent"));
                incident.settled_at = row.instant("settled_at");
                rows.incidents.push_back(std::move(incident));
            });
    return rows;
}

Result<std::int64_t> compute_grade(journal::Turn& turn, GradeSubject graded, std::int64_t subject,
                                   Instant until, const SubjectRows& rows) {
    auto found = load_graded(turn, graded, subject);
    if (!found) return std::unexpected(found.error());
    if (found->grade.computed_until >= until) return refuse(refusals::grade_state_forbids);
    const auto* pack = turn.pack();
    const rules::ColorGradeRules& rules = pack->pack->color_grades;
    GradeWindow window{until - std::chrono::days(rules.window_days), until, turn.now(), graded,
                       rows.position};
    GradeBefore before;
    before.color = found->grade.color;
    before.color_since = found->grade.color_since;
    before.bands = found->grade.bands;
    before.undecided = found->grade.proposal || found->grade.appeal;
    before.remedial_minutes = found->grade.remedial_minutes;
    before.good_services =
        good_services(rows.services, found->grade.color_since, turn.now(), rules);
    GradeComputed computed;
    computed.graded = graded;
    computed.from = window.from;
    computed.until = until;
    computed.position = rows.position;
    computed.counts = count(rows.services, rows.incidents, window, rules);
    GradeResult result = grade(computed.counts, before, window, rules);
    computed.parts = result.parts;
    computed.gates = result.gates;
    computed.enough = result.enough;
    computed.band = result.band;
    computed.color = result.color;
    computed.effective = before.undecided ? found->grade.effective : result.color;
    computed.remedied = result.remedied;
    computed.pack = pack->hash;
    std::int64_t position =
        turn.append(draft(computed, {}, found->place, subjects_of(graded, subject), turn.now()));
    if (result.proposed) propose_down(turn, *found, result, position);
    return position;
}

Result<std::int64_t> close_grading_month(journal::Turn& turn, Instant until) {
    auto done = turn.db().row(queries::last_month, {});
    if (done->instant("until_at") >= until) return refuse(refusals::grade_state_forbids);
    return turn.append(draft(GradingMonthClosed{until}, {}, {}, {}, turn.now()));
}

std::vector<jobs::Timer> timers(const journal::Ledger& ledger) {
    auto progress = std::make_shared<Progress>();
    auto late = [](const store::Query& query) {
        return [&query](store::Session& db, Instant now, std::int64_t limit) {
            std::vector<jobs::Due> due;
            db.each(query, {{"now", now}, {"limit", limit}}, [&](const store::Row& row) {
                due.push_back({row.integer("id"), 0, row.instant("escalate_at")});
            });
            return due;
        };
    };
    return {
        {"compute_grade",
         [progress](store::Session& db, Instant now, std::int64_t limit) {
             return find_due(db, now, limit, *progress);
         },
         [progress](journal::Turn& turn, const jobs::Due& due) {
             return run_due(turn, due, *progress);
         }},
        {"propose_grade",
         [&ledger](store::Session& db, Instant now, std::int64_t limit) {
             return find_incidents(ledger, db, now, limit);
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return propose_after_incident(turn, IncidentId(due.id));
         }},
        {"escalate_grade_appeal", late(queries::due_suspensions),
         [](journal::Turn& turn, const jobs::Due& due) {
             return escalate_grade_proposal(turn, GradeProposalId(due.id), due.due_at);
         }},
        {"escalate_grade_appeal", late(queries::due_escalations),
         [](journal::Turn& turn, const jobs::Due& due) {
             return escalate_grade_appeal(turn, GradeAppealId(due.id), due.due_at);
         }},
    };
}

}  // namespace hezhi::grading
