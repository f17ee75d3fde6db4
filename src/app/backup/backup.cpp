#include "app/backup/backup.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "app/backup/durable_file.h"
#include "app/backup/rows_file.h"
#include "app/queries.h"
#include "app/version.h"
#include "base/json.h"
#include "journal/facts_about.h"
#include "journal/journal_copy.h"
#include "store/migrations_list.h"
#include "store/tables.h"

namespace hezhi::app {
namespace {

constexpr std::string_view journal_file = "journal.ndjson";
constexpr std::string_view manifest_file = "manifest.json";
constexpr std::int64_t told_every = 20'000;  // rows between two words of progress

// What the facts make anew, and what holds for one running service only.
constexpr std::string_view left_out[] = {
    "journal",        // as lines
    "journal_head",   // what the lines add up to
    "fact_subjects",  // from the lines
    "schema_migrations",
    "sessions",  // who was signed in then need not be now
    "restores",
};

// A folder that goes again unless it is kept.
class FolderInWork {
  public:
    explicit FolderInWork(const std::filesystem::path& folder) : folder_(without_slash(folder)) {
        part_ = folder_.string() + ".part";
        if (std::filesystem::exists(folder_)) {
            throw CannotOpen("备份文件夹已存在 the folder exists already: " + folder_.string());
        }
        if (std::filesystem::exists(part_)) {
            throw CannotOpen(
                "另一次备份正在进行，或曾被中断：确认后删除 another backup is being "
                "written there, or was interrupted; if none runs, remove " +
                part_.string());
        }
        std::filesystem::create_directories(part_);
        std::filesystem::permissions(part_, std::filesystem::perms::owner_all);
    }
    ~FolderInWork() {
        std::error_code ignored;
        if (!kept_) std::filesystem::remove_all(part_, ignored);
    }
    const std::filesystem::path& part() const { return part_; }
    void keep() {
        std::filesystem::rename(part_, folder_);
        sync_folder(folder_.parent_path());
        kept_ = true;
    }

  private:
    std::filesystem::path folder_, part_;
    bool kept_ = false;
};

// Writes everything that the open snapshot sees.
class BackupWriter {
  public:
    BackupWriter(store::Session& db, std::filesystem::path folder, const Progress& progress)
        : db_(db), folder_(std::move(folder)), progress_(progress) {}

    BackupManifest run(Instant now) {
        auto installation = db_.row(queries::installation);
        auto head = journal::head_of(db_);
        BackupManifest out{.format = 1,
                           .program = std::string(version),
                           .made_at = now,
                           .suite = std::string(installation->text("suite")),
                           .key_check = std::string(installation->text("key_check")),
                           .migrations = {},
                           .position = head.position,
                           .chain = head.chain,
                           .files = {}};
        for (const auto& migration : store::all_migrations) {
            out.migrations.push_back(migration.number);
        }
        out.files.push_back(write_journal(head.position));
        for (const auto& table : store::table_names(db_)) {
            if (!left_out_of_backup(table)) out.files.push_back(write_table(table));
        }
        DurableFile manifest(folder_ / manifest_file);
        manifest.write(to_json(out) + "\n");
        manifest.finish();
        return out;
    }

  private:
    BackupFile write_journal(std::int64_t all) {
        BackupFile out{.name = std::string(journal_file), .columns = {}};
        DurableFile file(folder_ / journal_file);
        journal::each_fact_line(db_, [&](std::string_view line) {
            file.write(line);
            file.write("\n");
            told(out.name, ++out.rows, all);
        });
        return summed(out, file);
    }

    BackupFile write_table(const std::string& table) {
        BackupFile out{.name = table + ".rows", .columns = {}};
        DurableFile file(folder_ / out.name);
        store::each_row(db_, table, [&](const store::Row& row) {
            if (out.columns.empty()) out.columns = *row.names();
            file.write(row_bytes(row));
            ++out.rows;
            told(out.name, out.rows, out.rows);
        });
        return summed(out, file);
    }

    static BackupFile summed(BackupFile& out, DurableFile& file) {
        FileSum sum = file.finish();
        out.bytes = sum.bytes;
        out.sha256 = sum.sha256;
        return out;
    }

    void told(const std::string& what, std::int64_t done, std::int64_t all) {
        if (progress_ && done % told_every == 0) progress_(what, done, all);
    }

    store::Session& db_;
    std::filesystem::path folder_;
    const Progress& progress_;
};

[[noreturn]] void not_a_backup(const std::filesystem::path& folder, const std::string& why) {
    throw CannotOpen("这不是完整的备份 this is no whole backup: " + folder.string() + ": " + why);
}

}  // namespace

bool left_out_of_backup(std::string_view table) {
    return table.starts_with("figure_") || std::ranges::find(left_out, table) != std::end(left_out);
}

BackupManifest back_up(Installation& installation, const std::filesystem::path& folder,
                       const Progress& progress) {
    journal::Ledger& ledger = installation.ledger();
    FolderInWork work(folder);
    Instant now = ledger.clock().now();
    auto db = installation.database().connect(store::Access::read_only);
    db->begin_snapshot();
    auto manifest = BackupWriter(*db, work.part(), progress).run(now);
    db->rollback();
    note_erasures(installation.place().erasures_file(), erasures_in(*db, now));
    work.keep();
    auto noted = ledger.act<std::int64_t>([&](journal::Turn& turn) -> Result<std::int64_t> {
        turn.db().write(queries::note_backup, {{"made_at", now},
                                               {"position", manifest.position},
                                               {"chain", std::string_view(manifest.chain)}});
        return manifest.position;
    });
    HEZHI_ASSERT(noted.has_value());
    return manifest;
}

BackupManifest read_backup(const std::filesystem::path& folder, const Progress& progress) {
    std::ifstream in(folder / manifest_file, std::ios::binary);
    if (!in) not_a_backup(folder, "没有 there is no " + std::string(manifest_file));
    std::ostringstream text;
    text << in.rdbuf();
    std::string body = std::move(text).str();
    if (body.ends_with('\n')) body.pop_back();
    auto manifest = from_json<BackupManifest>(body, Reading::stored);
    if (!manifest || manifest->format != 1) {
        not_a_backup(folder, "无法识别 cannot be understood: " + std::string(manifest_file));
    }
    std::int64_t done = 0;
    for (const BackupFile& file : manifest->files) {
        auto path = folder / std::filesystem::path(file.name).filename();
        if (progress) progress(file.name, done++, std::ssize(manifest->files));
        if (!std::filesystem::exists(path)) not_a_backup(folder, "缺少 there is no " + file.name);
        FileSum sum = sum_of(path);
        if (sum.bytes != file.bytes || sum.sha256 != file.sha256) {
            not_a_backup(folder, "校验和不符 the checksum differs: " + file.name);
        }
    }
    return std::move(*manifest);
}

}  // namespace hezhi::app
