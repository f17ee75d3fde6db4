#include "rules/pack_sections.h"

namespace hezhi::rules {

void read_reports(TableReader& root, Pack& pack) {
    root.table("satisfied", [&](TableReader& row) {
        pack.reports.satisfied_clause = row.clause();
        pack.reports.satisfied_mark_min = row.integer("mark_min", {2, 5});
    });
}

void read_staff(TableReader& root, Pack& pack) {
    StaffRules& rules = pack.staff;
    root.table("deputies", [&](TableReader& row) {
        rules.deputies_clause = row.clause();
        rules.deputy_days_max = row.integer("lasts_days_max", {1, 3660});
    });
    root.table("home", [&](TableReader& row) {
        rules.home_clause = row.clause();
        rules.due_soon_hours = row.integer("due_soon_hours", {1, 24 * 14});
        rules.readings_shown_days = row.integer("readings_shown_days", {1, 366});
    });
}

void read_sign_in(TableReader& root, Pack& pack) {
    SignInRules& rules = pack.sign_in;
    root.table("lock", [&](TableReader& row) {
        rules.lock_clause = row.clause();
        rules.failures_before_lock = row.integer("failures", {3, 10});
        rules.lock_minutes = row.integer("minutes", {5, 24 * 60});
    });
    root.table("session", [&](TableReader& row) {
        rules.session_clause = row.clause();
        rules.office_idle_minutes = row.integer("office_idle_minutes", {5, 120});
        rules.office_hours_max = row.integer("office_hours_max", {1, 24});
        rules.phone_idle_days = row.integer("phone_idle_days", {1, 90});
        rules.phone_days_max = row.integer("phone_days_max", {1, 366});
        if (rules.office_idle_minutes > rules.office_hours_max * 60) {
            row.wrong("office_idle_minutes", "不应长于 office_hours_max",
                      "no longer than office_hours_max");
        }
        if (rules.phone_idle_days > rules.phone_days_max) {
            row.wrong("phone_idle_days", "不应长于 phone_days_max",
                      "no longer than phone_days_max");
        }
    });
    root.table("slip", [&](TableReader& row) {
        rules.slip_clause = row.clause();
        rules.slip_first_use_days = row.integer("first_use_days", {1, 60});
    });
}

}  // namespace hezhi::rules
