// A disk that can lose power and run full, under SQLite: a layer over the system's own file system
// (sqlite3_vfs) that knows of every file what was synced and what was only written.
//
//   FaultyDisk disk;                      // from now on every SQLite database of the process is on
//   it disk.before_operation = [&] { … };    // called before each write, sync, truncation,
//   deletion disk.cut(seed, folder);               // what a power cut at this moment leaves, as
//   files disk.set_space_left(4096);            // how far files may still grow
//
// What was written and not synced may be there or not after a cut, piece by piece, in any order: of
// each write any 512-byte pieces survive. What was synced survives. A deletion that was not synced
// may be undone. Any threads; `before_operation` runs on whichever writes.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace hezhi::testing {

class FaultyDisk {
  public:
    FaultyDisk();   // becomes the default file system of SQLite
    ~FaultyDisk();  // gives the place back; all connections must be closed
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    // Writes every file that would be there after a cut into `folder`, under its own name. The
    // running connections go on as if nothing had happened.
    void cut(std::uint64_t seed, const std::filesystem::path& folder) const;
    // Pieces that were written and not synced at this moment.
    std::size_t unsynced_writes() const;

    std::function<void()> before_operation;
    // By how many bytes files may still grow; a write that needs more leaves its first half and
    // fails as on a full disk. Unlimited without a value.
    void set_space_left(std::optional<std::int64_t> bytes);
    std::int64_t refused_writes() const;  // for want of space

  private:
    friend struct DiskCalls;

    using Content = std::vector<std::uint8_t>;
    // A write at an offset, or with no bytes a truncation to it.
    struct Change {
        std::size_t at;
        Content bytes;
        bool truncates = false;
    };
    struct File {
        Content synced;
        std::vector<Change> unsynced;
        bool entry_synced = false;  // the folder's entry: a new file may vanish
        bool deleted = false;       // not yet synced
    };

    static void apply(Content& content, const Change& change);
    void meet();  // calls before_operation, but not from within it
    File& file(const std::string& name);

    sqlite3_vfs layer_{};
    sqlite3_vfs* system_;
    mutable std::recursive_mutex mutex_;  // before_operation may ask for a cut
    std::map<std::string, File> files_;
    std::optional<std::int64_t> space_left_;
    std::int64_t refused_writes_ = 0;
    bool meeting_ = false;
};

}  // namespace hezhi::testing
