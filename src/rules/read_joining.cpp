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
        if (out.accompanied_below_years < out.consent_from_years) {
            row.wrong("accompanied_below_years", "不应小于 consent_from_years",
                      "no less than consent_from_years");
        }
    });
}

}  // namespace hezhi::rules
