// Backup and restore: one folder that holds the journal, the registers and a manifest, made while
// the service runs, restored onto either engine. docs/operating/backup.md has the whole story.
//
//   FOLDER/journal.ndjson   the facts as `export facts` prints them
//   FOLDER/TABLE.rows       every other table that cannot be made anew from the facts
//   FOLDER/manifest.json    written last: a folder without it is no backup
//
// Never in it: keys, figures (rebuilt), sessions (everybody signs in again).
#pragma once

#include <functional>

#include "app/backup/erasures.h"
#include "app/installation.h"
#include "journal/verify.h"

namespace hezhi::app {

struct BackupFile {
    std::string name;
    std::vector<std::string> columns;  // of a table; none for the journal
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(BackupFile, (), (name, columns, rows, bytes, sha256))

struct BackupManifest {
    std::int32_t format = 1;
    std::string program;  // version that wrote it
    Instant made_at;
    std::string suite;
    std::string key_check;  // which keys open it; tells nothing about them
    std::vector<std::int32_t> migrations;
    std::int64_t position = 0;
    std::string chain;
    std::vector<BackupFile> files;
};
BOOST_DESCRIBE_STRUCT(BackupManifest, (),
                      (format, program, made_at, suite, key_check, migrations, position, chain,
                       files))

// What is being done, in how many of how many.
using Progress = std::function<void(std::string_view what, std::int64_t done, std::int64_t all)>;

// Tables that a backup leaves out; a test holds this list against the schema.
bool left_out_of_backup(std::string_view table);

// Writes a backup of one moment while others go on writing. `folder` must not exist. Notes the
// backup in the database, and its erasures in the installation's erasures file.
BackupManifest back_up(Installation& installation, const std::filesystem::path& folder,
                       const Progress& progress = {});

// The manifest, after every file was compared with it. Throws CannotOpen with what to do.
BackupManifest read_backup(const std::filesystem::path& folder, const Progress& progress = {});

struct Restored {
    BackupManifest backup;
    std::int64_t erased = 0;  // persons who were erased after the backup and are again
    journal::Verified verified;
};

// Makes the database of `place` from a backup. The database must be new, or hold a restore of the
// same backup that was interrupted. `place` names the key file that belongs to the backup. Nobody
// is served from the database until this has returned without a difference.
Restored restore(const Location& place, const std::filesystem::path& folder,
                 const ErasureList& erasures, const Clock& clock, const Progress& progress = {});

// Restores the backup into a passing SQLite database beside `folder`, checks it, and notes in the
// installation that it was tested.
Restored drill(Installation& installation, const std::filesystem::path& folder,
               const Progress& progress = {});

}  // namespace hezhi::app
