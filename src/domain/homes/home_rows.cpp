// Role by role what the home shows. A new card is a row here and a statement in queries.sql; the
// pages find its words under "card.<name>" and its place in ui/shared/homes/cards.ts.
#include "domain/homes/homes.h"
#include "domain/homes/queries.h"

namespace hezhi::homes {

std::span<const HomeRow> home_rows() {
    using enum CardKind;
    static const HomeRow rows[] = {
        {"district_officer", "unmet", count, queries::unmet, "figure.read", true},
        {"district_officer", "incidents", count, queries::incidents, "incident.settle", false},
        {"district_officer", "suspensions", count, queries::suspensions, "grade.confirm", false},
        {"district_officer", "complaints", count, queries::complaints, "complaint.decide", false},
        {"district_officer", "meetings", count, queries::meetings, "need.read", false},
        {"district_officer", "due_soon", count, queries::due_soon, "need.read", false},

        {"street_staff", "due_soon", count, queries::due_soon, "need.read", true},
        {"street_staff", "unassigned", count, queries::unassigned, "order.offer", false},
        {"street_staff", "led_in_place", count, queries::led_in_place, "", false},
        {"street_staff", "led", count, queries::led, "", false},
        {"street_staff", "incidents", count, queries::incidents, "incident.settle", false},
        {"street_staff", "complaints", count, queries::complaints, "complaint.decide", false},
        {"street_staff", "meetings", count, queries::meetings, "meeting.note", false},
        {"street_staff", "project_needs", count, queries::project_needs, "project_need.read",
         false},
        {"street_staff", "certifications_ready", count, queries::certifications_ready,
         "certification.grant", false},

        {"community_worker", "visits_due", count, queries::visits_due, "order.read", true},
        {"community_worker", "led_in_place", count, queries::led_in_place, "", false},
        {"community_worker", "unvisited", count, queries::unvisited, "plan.read", false},
        {"community_worker", "phone_checks", count, queries::phone_checks, "phone_check.answer",
         false},
        {"community_worker", "project_needs", count, queries::project_needs, "project_need.read",
         false},
        {"community_worker", "records_waiting", count, queries::records_waiting, "record.confirm",
         false},

        {"social_worker", "case_load", load, queries::case_load, "", true},
        {"social_worker", "led", count, queries::led, "", false},
        {"social_worker", "urgent", count, queries::urgent, "need.read", false},
        {"social_worker", "untouched", count, queries::untouched, "need.contact", false},
        {"social_worker", "led_in_place", count, queries::led_in_place, "", false},

        {"protection_officer", "protections", count, queries::protections, "protection.read", true},

        {"grid_worker", "reports_answered", rate, queries::reports_answered, "", true},

        {"system_administrator", "backup_tested", hours, queries::tested_backups, "health.read",
         true},
        {"system_administrator", "grants_waiting", count, queries::grants_waiting, "account.read",
         false},
        {"security_administrator", "grants_waiting", count, queries::grants_waiting,
         "grant.confirm", true},
        {"auditor", "recent_readings", count, queries::recent_readings, "", true},

        {"volunteer", "minutes_this_year", minutes, queries::minutes_this_year, "", true},
        {"volunteer", "offers", count, queries::offers, "", false},
        {team_lead, "team_records", count, queries::team_records, "", true},
        {team_lead, "team_places", count, queries::team_places, "", false},
        {team_lead, "team_members", rate, queries::team_members, "", false},

        {"resident", "coming", days, queries::coming, "", true},
    };
    return rows;
}

}  // namespace hezhi::homes
