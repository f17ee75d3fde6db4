#include "support/ledger_fixture.h"

#include <stdexcept>

#include "journal/rebuild.h"
#include "rules/pack_reader.h"
#include "store/migrations_list.h"

namespace hezhi::testing {

void lay_tables(store::Database& database, const journal::Figures& figures) {
    auto db = database.connect();
    store::migrate(*db, store::all_migrations);
    journal::FigureTables tables(figures);
    std::vector<const journal::FigureTable*> all;
    for (const auto& table : tables.all()) all.push_back(table.get());
    journal::rebuild(*db, all, {});
}

const rules::Pack& base_pack() {
    static const rules::Pack pack = [] {
        auto read = rules::read_pack_folder("packs/base");
        if (!read) throw std::runtime_error(rules::to_string(read.error().front()));
        return std::move(*read);
    }();
    return pack;
}

void hold_packs(journal::SharedPacks packs) {
    static journal::SharedPacks held;
    held = std::move(packs);
}

}  // namespace hezhi::testing
