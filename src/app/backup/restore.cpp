#include <algorithm>
#include <fstream>

#include "app/backup/backup.h"
#include "app/backup/rows_file.h"
#include "app/queries.h"
#include "app/seal_head.h"
#include "domain/accounts/accounts.h"
#include "journal/journal_copy.h"
#include "store/migrations_list.h"
#include "store/tables.h"

namespace hezhi::app {
namespace {

constexpr std::int64_t restore_told_every = 20'000;

// Brings the rows of one backup into a new database. Everything or nothing of it.
class Loader {
  public:
    Loader(store::Session& db, const std::filesystem::path& folder, const BackupManifest& backup,
           const Progress& progress)
        : db_(db), folder_(folder), backup_(backup), progress_(progress) {}

    // False if an interrupted restore has brought them in already.
    bool load(Instant now) {
        if (began_before()) return false;
        store::migrate(db_, migrations_of_backup());
        db_.begin();
        try {
            for (const BackupFile& file : backup_.files) {
                if (file.name == "journal.ndjson") {
                    load_journal(file);
                } else {
                    load_table(file);
                }
            }
            db_.write(queries::note_restore, {{"begun_at", now},
                                              {"position", backup_.position},
                                              {"chain", std::string_view(backup_.chain)}});
            db_.commit();
        } catch (...) {
            db_.rollback();
            throw;
        }
        return true;
    }

  private:
    bool began_before() {
        if (!db_.has_table("schema_migrations")) return false;
        if (db_.has_table("restores")) {
            if (auto row = db_.row(queries::unfinished_restore)) {
                if (row->text("chain") == backup_.chain) return true;
                refuse_database();
            }
        }
        bool used = db_.has_table("installation") && db_.row(queries::installation).has_value();
        if (used || (db_.has_table("journal_head") && journal::head_of(db_).position > 0)) {
            refuse_database();
        }
        return false;
    }

    [[noreturn]] static void refuse_database() {
        throw CannotOpen(
            "只能恢复到新的空数据库，请另选一个；原库请先保留。 A backup is restored into a new "
            "and "
            "empty database only: name another one, and keep the old one.");
    }

    std::vector<store::Migration> migrations_of_backup() {
        std::vector<store::Migration> wanted;
        for (std::int32_t number : backup_.migrations) {
            auto found =
                std::ranges::find(store::all_migrations, number, &store::Migration::number);
            if (found == store::all_migrations.end()) {
                throw CannotOpen("备份由更新的程序 " + backup_.program +
                                 " 写成，请用该版本恢复。 The backup was written by a newer "
                                 "program; restore it with that.");
            }
            wanted.push_back(*found);
        }
        return wanted;
    }

    void load_journal(const BackupFile& file) {
        std::ifstream in(folder_ / file.name, std::ios::binary);
        journal::JournalCopy copy(db_);
        std::int64_t done = 0;
        for (std::string line; std::getline(in, line);) {
            copy.add(line);
            told(file, ++done);
        }
        const auto& head = copy.finish();
        if (head.position != backup_.position || head.chain != backup_.chain) {
            throw CannotOpen("流水与备份清单不符 the journal does not end as the manifest says");
        }
    }

    void load_table(const BackupFile& file) {
        std::string table = file.name.substr(0, file.name.rfind('.'));
        if (file.rows == 0 || left_out_of_backup(table)) return;
        if (!db_.has_table(table)) {
            throw CannotOpen("备份中有未知的表 the backup holds a table that is not known: " +
                             table);
        }
        store::RowInserter inserter(db_, table, file.columns);
        RowsReader reader(folder_ / file.name, file.columns.size());
        std::int64_t done = 0;
        for (std::vector<store::Value> row; reader.next(row);) {
            inserter.insert(row);
            told(file, ++done);
        }
    }

    void told(const BackupFile& file, std::int64_t done) {
        if (progress_ && done % restore_told_every == 0) progress_(file.name, done, file.rows);
    }

    store::Session& db_;
    const std::filesystem::path& folder_;
    const BackupManifest& backup_;
    const Progress& progress_;
};

void require_keys(const Location& place, const BackupManifest& backup) {
    auto keys = load_keys(place.key_file);
    try {
        keys_for(keys, backup.key_check);
    } catch (const CannotOpen&) {
        throw CannotOpen(
            "密钥文件打不开这份备份，请使用备份时的密钥文件（与备份分开保存的那一份）。 "
            "This key file does not open the backup; bring the one of that time, which was kept "
            "apart.");
    }
}

// A list from before the backup would leave out who was erased in between.
void require_erasures(const ErasureList& erasures, const BackupManifest& backup,
                      const std::string& origin) {
    if (erasures.lost()) return;
    if (erasures.origin != origin) {
        throw CannotOpen(
            "清除名单属于另一个系统，请用本系统的。 This list of erasures belongs to another "
            "installation.");
    }
    if (erasures.known_at >= backup.made_at) return;
    throw CannotOpen(
        "清除名单早于备份，请取最新的一份。 This list of erasures is older than the "
        "backup; bring the newest one.");
}

// What the first fact of a journal makes of the chain.
std::string origin_of(const std::filesystem::path& folder) {
    std::ifstream in(folder / "journal.ndjson", std::ios::binary);
    std::string line;
    if (!std::getline(in, line)) throw CannotOpen("空的备份 an empty backup");
    return journal::next_chain(journal::first_chain, line);
}

std::int64_t erase_again(Installation& installation, const ErasureList& erasures) {
    accounts::AccountDesk desk{installation.people(), installation.tree(), installation.suite(),
                               installation.random(), ""};
    std::int64_t erased = 0;
    for (const Erasure& erasure : erasures.items) {
        auto db = installation.ledger().read();
        // Another person may have got the same id after an earlier restore.
        if (journal::chain_at(*db, erasure.person.value) != erasure.chain) continue;
        auto done = installation.ledger().act<std::int64_t>([&](journal::Turn& turn) {
            return accounts::erase_person_again(turn, desk, erasure.person);
        });
        if (done) ++erased;
    }
    return erased;
}

void finish_restore(Installation& installation, const Restored& done, const ErasureList& erasures) {
    std::optional<Instant> known_at;
    if (!erasures.lost()) known_at = erasures.known_at;
    auto noted =
        installation.ledger().act<std::int64_t>([&](journal::Turn& turn) -> Result<std::int64_t> {
            turn.db().write(
                queries::finish_restore,
                {{"now", turn.now()}, {"erasures_known_at", known_at}, {"erased", done.erased}});
            return done.erased;
        });
    HEZHI_ASSERT(noted.has_value());
}

// A folder that is gone when nothing uses it any more, also after a failure: it holds the register.
class FolderInPassing {
  public:
    explicit FolderInPassing(const std::filesystem::path& path) : path_(path) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    }
    ~FolderInPassing() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    FolderInPassing(const FolderInPassing&) = delete;
    FolderInPassing& operator=(const FolderInPassing&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace

Restored restore(const Location& place, const std::filesystem::path& folder,
                 const ErasureList& erasures, const Clock& clock, const Progress& progress) {
    Restored out{.backup = read_backup(folder, progress), .erased = 0, .verified = {}};
    require_keys(place, out.backup);
    require_erasures(erasures, out.backup, origin_of(folder));
    {
        auto database = store::Database::open(place.db_url);
        auto db = database->connect();
        Loader(*db, folder, out.backup, progress).load(clock.now());
        store::migrate(*db, store::all_migrations);
    }
    rebuild_all(place);
    crypto::SystemRandom random;
    Installation installation(place, clock, random, {.inline_actions_per_turn = 1}, {},
                              Opening::restoring);
    out.erased = erase_again(installation, erasures);
    if (progress) progress("verify", 0, out.backup.position);
    {
        auto db = installation.ledger().read();
        out.verified =
            journal::verify(*db, installation.ledger().tables(), *installation.ledger().packs(),
                            [&](std::int64_t done, std::int64_t all) {
                                if (progress) progress("verify", done, all);
                            });
    }
    if (!out.verified.differences.empty()) return out;
    accept_head(*installation.ledger().read(), place);
    note_erasures(place.erasures_file(), erasures_in(*installation.ledger().read(), clock.now()));
    finish_restore(installation, out, erasures);
    return out;
}

Restored drill(Installation& installation, const std::filesystem::path& folder,
               const Progress& progress) {
    FolderInPassing in_passing(without_slash(folder).string() + ".drill");
    const std::filesystem::path& passing = in_passing.path();
    Location place{"sqlite:" + (passing / "hezhi.sqlite").string(), installation.place().key_file,
                   passing / "erasures", passing / "seal"};
    journal::Ledger& ledger = installation.ledger();
    auto erasures = erasures_in(*ledger.read(), ledger.clock().now());
    Restored done = restore(place, folder, erasures, ledger.clock(), progress);
    if (!done.verified.differences.empty()) return done;
    auto noted = ledger.act<std::int64_t>([&](journal::Turn& turn) -> Result<std::int64_t> {
        turn.db().write(queries::note_tested,
                        {{"tested_at", turn.now()}, {"made_at", done.backup.made_at}});
        return done.backup.position;
    });
    HEZHI_ASSERT(noted.has_value());
    return done;
}

}  // namespace hezhi::app
