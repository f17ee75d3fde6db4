// Who was erased: kept in a file outside the database, because a database that is restored from a
// backup does not know of the erasures that came after it.
//
//     hezhi-erasures 1
//     of 8d01…                             chain value after the installation's first fact
//     erased 4711 2f0c…  1772672400000     person, chain value at the person's id, when
//     known 1772672460000                  everything until then stands above
//
// No personal data: an id and a fingerprint. The chain value says which person is meant: after a
// restore another person may get the same id, and an erasure of the first must not touch them.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "facts/ids.h"
#include "http/log.h"
#include "journal/ledger.h"

namespace hezhi::app {

struct Erasure {
    PersonId person;
    std::string chain;
    Instant erased_at;
};

struct ErasureList {
    std::string origin;  // of which installation; empty for a list that was lost
    std::vector<Erasure> items;
    Instant known_at;  // complete until then

    bool lost() const { return origin.empty(); }
    bool holds(const Erasure& wanted) const;
};

// What the journal of a database says; complete until `now`.
ErasureList erasures_in(store::Session& db, Instant now);

// Adds what is not there yet and that it is known until `list.known_at`; on the disk when it
// returns. Throws CannotOpen if it cannot be written, or belongs to another installation.
void note_erasures(const std::filesystem::path& file, const ErasureList& list);

// Where a restore learns of erasures: an erasures file, a newer backup's folder, the URL of a
// database that can still be read, or the word `lost`. Throws CannotOpen.
ErasureList read_erasures(const std::string& source, Instant now);

// Keeps the file up to date while the service runs.
class ErasuresKept {
  public:
    // Writes the file at once; throws CannotOpen if that is impossible. All must outlive it.
    ErasuresKept(journal::Ledger& ledger, std::filesystem::path file, http::Log& log);
    // False since an erasure could not be written; the next one tries again.
    bool whole() const { return whole_; }

  private:
    void note();

    journal::Ledger& ledger_;
    std::filesystem::path file_;
    http::Log& log_;
    std::atomic<bool> whole_{true};
};

}  // namespace hezhi::app
