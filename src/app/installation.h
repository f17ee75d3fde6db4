// An installation: one database with its keys, opened in the right order for whoever needs it.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "crypto/random.h"
#include "crypto/suite.h"
#include "domain/areas/areas.h"
#include "domain/people/people.h"
#include "journal/ledger.h"
#include "store/database.h"

namespace hezhi::app {

struct Location {
    std::string db_url;  // sqlite:PATH or postgresql://…
    std::filesystem::path key_file;
    std::filesystem::path erasures{};  // empty: beside the key file
    std::filesystem::path seal_key{};  // empty: beside the key file

    // Who was erased, for a restore (backup/erasures.h). Outside the database.
    std::filesystem::path erasures_file() const {
        return erasures.empty() ? std::filesystem::path(key_file.string() + ".erasures") : erasures;
    }
    // The private key of the seals (sealing.h).
    std::filesystem::path seal_key_file() const {
        return seal_key.empty() ? std::filesystem::path(key_file.string() + ".seal") : seal_key;
    }
    // The last block that it signed (seal_head.h).
    std::filesystem::path seal_head_file() const { return seal_key_file().string() + ".head"; }
};

// Told to the operator as it stands, in Chinese and English.
struct CannotOpen : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Migrated {
    std::vector<std::string> migrations;  // names of what was applied
    std::vector<std::string> figures;     // names of what was rebuilt
    bool key_file_made = false;
};

// Brings a database up to this program, or makes a new one: schema, key file, the base pack,
// changed figure layouts. With `commit` false it only tells what it would do.
Migrated migrate(const Location& place, crypto::SuiteName suite, const std::filesystem::path& pack,
                 const Clock& clock, bool commit);

// The suite that the database was made with. Throws CannotOpen if it was not made.
crypto::SuiteName suite_of(store::Session& db);

// The keys of a file. Throws CannotOpen.
crypto::MasterKeys load_keys(const std::filesystem::path& key_file);

// Of the file's keys those that a database with this key check needs: all, or after a rotation that
// was cut off at its very end, those that are left of it. Throws CannotOpen with what to do.
crypto::MasterKeys keys_for(const crypto::MasterKeys& keys, std::string_view key_check);

// Held while a process uses the keys of a file: a rotation waits for nobody and begins only when
// nobody does. Works between the processes of one machine.
class KeysInUse {
  public:
    enum class By { readers, rotation };
    // Throws CannotOpen if a rotation runs, or for a rotation if anybody else uses the keys.
    KeysInUse(const std::filesystem::path& key_file, By by);
    ~KeysInUse();
    KeysInUse(const KeysInUse&) = delete;
    KeysInUse& operator=(const KeysInUse&) = delete;

  private:
    int fd_ = -1;
};

// Rebuilds every figure from the journal.
void rebuild_all(const Location& place);

// Whether a database may be opened that was restored and in which erasures are not yet applied.
enum class Opening { whole, restoring };

// Owns everything; the members are made in this order and ended in the reverse.
class Installation {
  public:
    // Throws CannotOpen or StoreError with what to do.
    Installation(const Location& place, const Clock& clock, crypto::Random& random,
                 journal::LedgerOptions options = {}, store::Options store_options = {},
                 Opening opening = Opening::whole);

    store::Database& database() { return *database_; }
    const crypto::Suite& suite() const { return *suite_; }
    crypto::Random& random() { return random_; }
    journal::Ledger& ledger() { return *ledger_; }
    const people::Register& people() const { return *people_; }
    const areas::AreaTree& tree() const { return *tree_; }
    const Location& place() const { return place_; }
    const std::string& engine_name() const { return engine_name_; }

  private:
    Location place_;
    KeysInUse keys_in_use_;
    crypto::Random& random_;
    std::unique_ptr<store::Database> database_;
    std::string engine_name_;
    std::unique_ptr<crypto::Suite> suite_;
    std::unique_ptr<journal::Ledger> ledger_;
    std::unique_ptr<people::Register> people_;
    std::unique_ptr<areas::AreaTree> tree_;
};

}  // namespace hezhi::app
