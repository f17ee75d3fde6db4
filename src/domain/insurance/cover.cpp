// Until when somebody is covered.
#include <algorithm>

#include "domain/insurance/insurance.h"
#include "domain/insurance/queries.h"

namespace hezhi::insurance {

Instant covered_until(std::vector<Span> spans, Instant at) {
    std::ranges::sort(spans, {}, &Span::from);
    Instant until = at, before;
    for (const Span& span : spans) {
        if (span.from <= until && span.until > until) until = span.until;
        if (span.from < span.until && span.until <= at) before = std::max(before, span.until);
    }
    return until > at ? until : before;
}

Instant insured_until(store::Session& db, PersonId person, Instant at) {
    std::vector<Span> spans;
    db.each(queries::spans_of_person, {{"person", person}}, [&](const store::Row& row) {
        spans.push_back({row.instant("from_at"), row.instant("until_at")});
    });
    return covered_until(std::move(spans), at);
}

std::map<std::int64_t, std::vector<Span>> spans_in_reach(store::Session& db,
                                                         std::string_view path) {
    std::map<std::int64_t, std::vector<Span>> spans;
    db.each(queries::spans_in_reach, {{"path", path}, {"path_end", areas::path_end(path)}},
            [&](const store::Row& row) {
                spans[row.integer("person")].push_back(
                    {row.instant("from_at"), row.instant("until_at")});
            });
    return spans;
}

std::map<std::int64_t, Instant> insured_in_reach(store::Session& db, std::string_view path,
                                                 Instant at) {
    std::map<std::int64_t, Instant> until;
    for (auto& [person, of_one] : spans_in_reach(db, path))
        until[person] = covered_until(std::move(of_one), at);
    return until;
}

bool may_read(const api::Caller& caller, const InsuranceState& insurance) {
    if (caller.may("insurance.read", {.area_path = insurance.area_path})) return true;
    return std::ranges::any_of(caller.areas_of("insurance.read"), [&](const std::string& path) {
        return path.starts_with(insurance.area_path);
    });
}

std::string insurance_words(store::Session& db, const people::Register& people, InsuranceId id) {
    return people.read_text(db, id.value, text_insurer).value_or("") + " · " +
           people.read_text(db, id.value, text_policy).value_or("");
}

}  // namespace hezhi::insurance
