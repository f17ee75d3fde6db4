#include "journal/facts_about.h"

#include "facts/stored_fact.h"
#include "journal/queries.h"

namespace hezhi::journal {

std::vector<Fact> facts_about(store::Session& db, std::string_view noun, std::int64_t id) {
    std::vector<Fact> facts;
    db.each(queries::facts_about, {{"noun", noun}, {"id", id}},
            [&](const store::Row& row) { facts.push_back(read_stored_fact(row.text("body"))); });
    return facts;
}

void each_fact_line(store::Session& db, const std::function<void(std::string_view)>& on_line) {
    db.each(queries::facts_after, {{"after", 0}, {"until", INT64_MAX}},
            [&](const store::Row& row) { on_line(row.text("body")); });
}

}  // namespace hezhi::journal
