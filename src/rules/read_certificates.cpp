#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {
namespace {

constexpr std::int32_t listed_max = 2000;  // records of one certificate: some pages

// Every part once and apart from the others, so that no two numbers read alike.
bool is_number_form(std::string form) {
    for (const char* part : {"{area}", "{year}", "{serial}"}) {
        auto at = form.find(part);
        if (at == std::string::npos) return false;
        form.replace(at, std::string_view(part).size(), "#");
    }
    return form.find("##") == std::string::npos && form.size() <= 20 &&
           std::ranges::count(form, '#') == 3 && std::ranges::all_of(form, [](char c) {
               return c == '#' || c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
           });
}

}  // namespace

void read_certificates(TableReader& root, Pack& pack) {
    root.table("certificate", [&](TableReader& row) {
        CertificateRules& rules = pack.certificates;
        rules.clause = row.clause();
        rules.number = row.text("number");
        if (!rules.number.empty() && !is_number_form(rules.number)) {
            row.wrong("number",
                      "{area}、{year}、{serial} 各一次、互不相连，其余只用大写字母、数字和 -",
                      "{area}, {year} and {serial} once each and apart, otherwise capital letters, "
                      "digits and -");
        }
        rules.serial_digits = row.integer("serial_digits", {3, 9});
        rules.document = row.choice<CertificateDocument>("document");
        rules.records_max = row.integer("records_max", {1, listed_max});
        rules.posted_days = row.integer_or("posted_days", {0, 366}, 0);
        rules.printing_open_minutes = row.integer_or("printing_open_minutes", {1, 1440}, 10);
        if (row.has("objection_within")) {
            rules.objection_within = row.time_limit("objection_within");
        }
        rules.title = row.words("title");
    });
}

}  // namespace hezhi::rules
