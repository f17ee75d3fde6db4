#include "store/migrations.h"

#include <algorithm>

#include "base/assert.h"
#include "store/queries.h"

namespace hezhi::store {

namespace {

constexpr std::string_view schema_migrations = R"sql(
CREATE TABLE IF NOT EXISTS schema_migrations (
    number {integer} NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) {strict};
)sql";

std::string known_as(std::int64_t number, std::string_view name) {
    return std::to_string(number) + " (" + std::string(name) + ")";
}

void require_ascending(std::span<const Migration> all) {
    for (std::size_t i = 1; i < all.size(); ++i) {
        HEZHI_ASSERT(all[i - 1].number < all[i].number);
    }
}

// True if it was applied here; false if another process was faster.
bool apply(Session& session, const Migration& migration) {
    session.begin();
    try {
        // First the line: its primary key makes a second process wait here, and then fail.
        session.write(queries::add_migration,
                      {{"number", migration.number}, {"name", migration.name}});
        session.flush();
    } catch (const StoreError& error) {
        session.rollback();
        if (error.kind == StoreError::Kind::unique) return false;
        throw;
    }
    try {
        session.script(migration.sql);
        session.commit();
    } catch (const StoreError& error) {
        session.rollback();
        throw StoreError(error.kind, "migration " + known_as(migration.number, migration.name) +
                                         " was rolled back: " + error.what());
    }
    return true;
}

}  // namespace

std::vector<Migration> pending_migrations(Session& session, std::span<const Migration> all) {
    require_ascending(all);
    std::vector<Migration> rest(all.begin(), all.end());
    if (!session.has_table("schema_migrations")) return rest;
    session.each(queries::migrations, {}, [&](const Row& row) {
        std::int64_t number = row.integer("number");
        std::string_view name = row.text("name");
        auto known = std::ranges::find(rest, number, &Migration::number);
        if (known == rest.end() || known->name != name) {
            throw StoreError(StoreError::Kind::newer_schema,
                             "数据库版本高于本程序（迁移 " + known_as(number, name) +
                                 "），请使用建库的程序或更高版本，或恢复此前的备份。"
                                 " The database holds migration " +
                                 known_as(number, name) +
                                 ", which this program does not know. Run the program that "
                                 "made it or a newer one, or restore a backup from before.");
        }
        rest.erase(known);
    });
    return rest;
}

std::vector<Migration> migrate(Session& session, std::span<const Migration> all) {
    std::vector<Migration> pending = pending_migrations(session, all);
    if (!session.has_table("schema_migrations")) session.script(schema_migrations);
    std::vector<Migration> done;
    for (const Migration& migration : pending) {
        if (apply(session, migration)) done.push_back(migration);
    }
    return done;
}

void require_migrated(Session& session, std::span<const Migration> all) {
    std::vector<Migration> pending = pending_migrations(session, all);
    if (pending.empty()) return;
    throw StoreError(StoreError::Kind::newer_schema,
                     "数据库尚未升级（缺迁移 " +
                         known_as(pending.front().number, pending.front().name) +
                         "），请先备份，再运行 hezhi migrate。 The database lacks migration " +
                         known_as(pending.front().number, pending.front().name) +
                         ". Make a backup, then run: hezhi migrate");
}

}  // namespace hezhi::store
