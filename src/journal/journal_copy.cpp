#include "journal/journal_copy.h"

#include "journal/queries.h"

namespace hezhi::journal {

Head head_of(store::Session& db) {
    auto row = db.row(queries::head_read);
    if (!row) throw BrokenInvariant("the journal has no head");
    return {row->integer("position"), row->instant("recorded_at"), std::string(row->text("chain"))};
}

std::string chain_at(store::Session& db, std::int64_t position) {
    auto row = db.row(queries::chain_at, {{"position", position}});
    return row ? std::string(row->text("chain")) : std::string();
}

std::vector<Fact> facts_of_kind(store::Session& db, std::string_view kind) {
    std::vector<Fact> facts;
    db.each(queries::facts_of_kind, {{"kind", kind}, {"until", INT64_MAX}},
            [&](const store::Row& row) { facts.push_back(read_fact(row.text("body"))); });
    return facts;
}

JournalCopy::JournalCopy(store::Session& db) : db_(db), head_(head_of(db)) {
    HEZHI_ASSERT(head_.position == 0);
}

void JournalCopy::add(std::string_view line) {
    Fact fact = read_fact(line);
    if (fact.position != head_.position + 1) {
        throw BrokenInvariant("fact " + std::to_string(fact.position) + " stands where " +
                              std::to_string(head_.position + 1) + " should");
    }
    head_ = {fact.position, fact.recorded_at, next_chain(head_.chain, line)};
    db_.write(queries::insert_fact, {{"position", fact.position},
                                     {"kind", fact.kind.view()},
                                     {"recorded_at", fact.recorded_at},
                                     {"body", line},
                                     {"chain", head_.chain}});
    for (const auto& [noun, id] : fact.subjects) {
        db_.write(queries::insert_subject,
                  {{"noun", noun}, {"id", id}, {"position", fact.position}});
    }
}

const Head& JournalCopy::finish() {
    db_.write(
        queries::move_head,
        {{"position", head_.position}, {"recorded_at", head_.recorded_at}, {"chain", head_.chain}});
    return head_;
}

}  // namespace hezhi::journal
