#include "app/installation.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/figures.h"
#include "app/queries.h"
#include "app/sealing.h"
#include "crypto/key_file.h"
#include "journal/rebuild.h"
#include "rules/pack_reader.h"
#include "rules/working_calendar.h"
#include "store/migrations_list.h"

namespace hezhi::app {
namespace {

[[noreturn]] void cannot_open(const Refusal& refusal) {
    std::string text = std::string(refusal.row->zh) + " " + std::string(refusal.row->en);
    for (const auto& field : refusal.fields) {
        text += "\n  " + field.field + ": " + field.expected_zh + " / " + field.expected_en;
    }
    throw CannotOpen(text);
}

store::OwnedRow installation_row(store::Session& db) {
    auto row = db.row(queries::installation);
    if (row) return std::move(*row);
    throw CannotOpen(
        "数据库尚未建好，请先运行 hezhi migrate。 The database is not set up; run `hezhi "
        "migrate`.");
}

std::unique_ptr<crypto::Suite> open_suite(store::Session& db, const crypto::MasterKeys& keys) {
    auto fitting = keys_for(keys, installation_row(db).text("key_check"));
    return std::make_unique<crypto::Suite>(suite_of(db), fitting);
}

void require_finished(store::Session& db) {
    if (db.row(queries::unfinished_restore)) {
        throw CannotOpen(
            "备份的恢复尚未完成，请再次运行 hezhi restore。 "
            "A restore of a backup into this database was not finished; run `hezhi restore` "
            "again.");
    }
    if (db.row(queries::unfinished_rotation)) {
        throw CannotOpen(
            "主密钥的更换尚未完成，请再次运行 hezhi keys rotate。 "
            "A change of the master key was not finished; run `hezhi keys rotate` again.");
    }
}

// A new key only for a database that holds no key check: it would open nothing that exists.
bool note_keys(store::Session& db, const Location& place, crypto::SuiteName suite, Instant now) {
    if (db.row(queries::installation)) return false;
    crypto::SystemRandom random;
    bool made = !std::filesystem::exists(place.key_file);
    auto keys = made ? crypto::create_key_file(place.key_file, random)
                     : crypto::load_key_file(place.key_file);
    if (!keys) cannot_open(keys.error());
    db.write(
        queries::note_installation,
        {{"suite", crypto::to_string(suite)}, {"key_check", keys->key_check()}, {"made_at", now}});
    return made;
}

rules::Pack read_pack(const std::filesystem::path& folder) {
    auto pack = rules::read_pack_folder(folder);
    if (pack) return std::move(*pack);
    std::string text = "规则包有误 the rule pack has errors:";
    for (const auto& error : pack.error()) text += "\n  " + rules::to_string(error);
    throw CannotOpen(text);
}

// The history as the journal tells it, before any figure can be trusted.
rules::PackHistory packs_of(store::Database& database, const Clock& clock) {
    journal::LedgerOptions options{.inline_actions_per_turn = 1, .require_layouts = false};
    journal::Ledger ledger(database, all_figures(), clock, options);
    return *ledger.packs();
}

}  // namespace

crypto::SuiteName suite_of(store::Session& db) {
    auto name = crypto::parse_suite_name(installation_row(db).text("suite"));
    HEZHI_ASSERT(name.has_value());
    return *name;
}

crypto::MasterKeys load_keys(const std::filesystem::path& key_file) {
    auto keys = crypto::load_key_file(key_file);
    if (!keys) cannot_open(keys.error());
    return std::move(*keys);
}

crypto::MasterKeys keys_for(const crypto::MasterKeys& keys, std::string_view key_check) {
    for (std::size_t oldest = 0; oldest < keys.count(); ++oldest) {
        auto some = keys.from(oldest);
        if (some.matches(key_check)) return some;
    }
    throw CannotOpen(
        "密钥文件与数据库不匹配：可能属于另一个系统，或是更换密钥之前的旧文件。请使用该数据库最新的"
        "密钥文件（见备份）。 "
        "This key file does not belong to this database: it is another one's, or is from before "
        "the "
        "master key was changed. Bring back the newest one from the backup of keys.");
}

KeysInUse::KeysInUse(const std::filesystem::path& key_file, By by)
    : fd_(::open(key_file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (fd_ < 0) return;  // load_keys says what is wrong with the file
    bool alone = by == By::rotation;
    if (::flock(fd_, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) return;
    ::close(fd_);
    throw CannotOpen(
        alone ? "服务正在使用密钥文件，请先停止。 The key file is in use; stop the service "
                "and all commands first."
              : "正在更换主密钥，请稍后再试。 The master key is being changed; try again "
                "when that is done.");
}

KeysInUse::~KeysInUse() {
    if (fd_ >= 0) ::close(fd_);
}

Migrated migrate(const Location& place, crypto::SuiteName suite, const std::filesystem::path& pack,
                 const Clock& clock, bool commit) {
    Migrated done;
    auto database = store::Database::open(place.db_url);
    auto db = database->connect();
    journal::FigureTables tables(all_figures());
    auto pending = store::pending_migrations(*db, store::all_migrations);
    for (const auto& migration : pending) done.migrations.emplace_back(migration.name);
    if (!commit) return done;
    // Checked first, so that a pack with an error leaves no half-made database.
    rules::Pack base = read_pack(pack);
    rules::live_by(base);
    store::migrate(*db, store::all_migrations);
    done.key_file_made = note_keys(*db, place, suite, clock.now());
    db->flush();
    auto packs = packs_of(*database, clock);
    auto changed = journal::changed_layouts(*db, tables);
    for (const auto* table : changed) done.figures.emplace_back(table->def().name);
    if (!changed.empty()) journal::rebuild(*db, changed, packs);
    if (packs.all().empty()) {
        journal::Ledger ledger(*database, all_figures(), clock, {.inline_actions_per_turn = 1});
        auto published = ledger.act<std::int64_t>([&](journal::Turn& turn) {
            // From the beginning of time, so that imported history has a pack too.
            return journal::publish_pack(turn, {.via = Via::command}, base, Instant{1});
        });
        HEZHI_ASSERT(published.has_value());
    }
    make_seal_key(*database, place, clock);
    return done;
}

void rebuild_all(const Location& place) {
    SystemClock clock;
    auto database = store::Database::open(place.db_url);
    auto db = database->connect();
    store::require_migrated(*db, store::all_migrations);
    journal::FigureTables tables(all_figures());
    std::vector<const journal::FigureTable*> all;
    for (const auto& table : tables.all()) all.push_back(table.get());
    journal::rebuild(*db, all, packs_of(*database, clock));
}

Installation::Installation(const Location& place, const Clock& clock, crypto::Random& random,
                           journal::LedgerOptions options, store::Options store_options,
                           Opening opening)
    : place_(place),
      keys_in_use_(place.key_file, KeysInUse::By::readers),
      random_(random),
      database_(store::Database::open(place.db_url, std::move(store_options))) {
    engine_name_ = database_->engine() == store::Engine::sqlite ? "SQLite" : "PostgreSQL";
    {
        auto db = database_->connect();
        store::require_migrated(*db, store::all_migrations);
        if (opening == Opening::whole) require_finished(*db);
        suite_ = open_suite(*db, load_keys(place.key_file));
    }
    ledger_ = std::make_unique<journal::Ledger>(*database_, all_figures(), clock, options);
    people_ = std::make_unique<people::Register>(*suite_, random_);
    tree_ = std::make_unique<areas::AreaTree>(*ledger_);
}

}  // namespace hezhi::app
