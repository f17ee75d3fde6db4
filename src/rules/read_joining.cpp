#include "rules/pack_sections.h"

namespace hezhi::rules {

void read_joining(TableReader& root, Pack& pack) {
    JoiningRules& out = pack.joining;
    root.table("agreement", [&](TableReader& row) {
        out.agreement_clause = row.clause();
        out.pledge = row.words("pledge");
        out.risks = row.words("risks");
        out.terms = row.words("terms");
    });
    root.table("minors", [&](TableReader& row) {
        out.minors_clause = row.clause();
        out.consent_from_years = row.integer("consent_from_years", {0, 18});
        out.accompanied_below_years = row.integer("accompanied_below_years", {0, 18});
        out.sensitive_below_years = row.integer("sensitive_below_years", {0, 18});
        out.age_noted_days = row.integer("age_noted_days", {1, 366});
        out.reading_valid_hours = row.integer("reading_valid_hours", {1, 24 * 14});
        out.guardian_consent = row.words("guardian_consent");
        out.sensitive_consent = row.words("sensitive_consent");
        out.photo_consent = row.words("photo_consent");
        if (out.accompanied_below_years < out.consent_from_years) {
            row.wrong("accompanied_below_years", "不应小于 consent_from_years",
                      "no less than consent_from_years");
        }
    });
    if (root.has("guardian_page")) {
        root.table("guardian_page", [&](TableReader& row) {
            out.guardian_page_clause = row.clause();
            out.outings_shown_days = row.integer("outings_shown_days", {1, 366});
        });
    }
    if (!root.has("volunteer_number")) return;
    root.table("volunteer_number", [&](TableReader& row) {
        out.volunteer_number_clause = row.clause();
        out.volunteer_register = row.words("register");
        out.volunteer_number_pattern = row.text("pattern");
        if (!is_regex(out.volunteer_number_pattern)) {
            row.wrong("pattern", "应为正确的正则表达式", "a well-formed regular expression");
        }
    });
}

}  // namespace hezhi::rules
