#include "journal/rebuild.h"

#include "facts/stored_fact.h"
#include "journal/fold.h"
#include "journal/queries.h"

namespace hezhi::journal {

std::vector<const FigureTable*> changed_layouts(store::Session& db, const FigureTables& tables) {
    std::map<std::string, std::string> stored;
    db.each(queries::layouts, {}, [&](const store::Row& row) {
        stored[std::string(row.text("name"))] = row.text("layout_hash");
    });
    std::vector<const FigureTable*> changed;
    for (const auto& table : tables.all()) {
        auto found = stored.find(std::string(table->def().name));
        if (found == stored.end() || found->second != table->layout_hash()) {
            changed.push_back(table.get());
        }
    }
    return changed;
}

void require_layouts(store::Session& db, const FigureTables& tables) {
    auto changed = changed_layouts(db, tables);
    if (changed.empty()) return;
    throw store::StoreError(store::StoreError::Kind::newer_schema,
                            "the figure " + std::string(changed.front()->def().name) +
                                " was stored in another layout; run `hezhi migrate` "
                                "(账目结构已变，请先运行 hezhi migrate)");
}

void rebuild(store::Session& db, const std::vector<const FigureTable*>& which,
             const rules::PackHistory& packs) {
    if (which.empty()) return;
    Figures figures;
    for (const FigureTable* table : which) figures.push_back(&table->def());
    Fold fold(figures, packs);
    db.begin();
    try {
        db.row(queries::head);  // another process's writer waits until the new tables stand
        db.each(queries::facts_after, {{"after", 0}, {"until", INT64_MAX}},
                [&](const store::Row& row) { fold.add(read_stored_fact(row.text("body"))); });
        for (const FigureTable* table : which) {
            table->drop_if_exists(db);
            table->create(db);
            for (const auto& [key, state] : fold.take_sorted_rows(table->def())) {
                table->insert(db, state.get());
            }
            std::string name(table->def().name);
            db.write(queries::forget_layout, {{"name", name}});
            db.write(queries::note_layout, {{"name", name}, {"layout_hash", table->layout_hash()}});
        }
        db.commit();
    } catch (...) {
        db.rollback();
        throw;
    }
}

}  // namespace hezhi::journal
