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

// Rebuilds every figure from the journal.
void rebuild_all(const Location& place);

// Owns everything; the members are made in this order and ended in the reverse.
class Installation {
  public:
    // Throws CannotOpen or StoreError with what to do.
    Installation(const Location& place, const Clock& clock, crypto::Random& random,
                 journal::LedgerOptions options = {}, store::Options store_options = {});

    store::Database& database() { return *database_; }
    const crypto::Suite& suite() const { return *suite_; }
    crypto::Random& random() { return random_; }
    journal::Ledger& ledger() { return *ledger_; }
    const people::Register& people() const { return *people_; }
    const areas::AreaTree& tree() const { return *tree_; }
    const std::string& engine_name() const { return engine_name_; }

  private:
    crypto::Random& random_;
    std::unique_ptr<store::Database> database_;
    std::string engine_name_;
    std::unique_ptr<crypto::Suite> suite_;
    std::unique_ptr<journal::Ledger> ledger_;
    std::unique_ptr<people::Register> people_;
    std::unique_ptr<areas::AreaTree> tree_;
};

}  // namespace hezhi::app
