#include "faults/faulty_disk.h"

#include <algorithm>
#include <fstream>
#include <random>

namespace hezhi::testing {
namespace {

constexpr std::size_t piece = 512;  // what a disk writes whole or not at all

// What SQLite sees as its file, with the system's own behind it.
struct DiskFile {
    sqlite3_file base;
    FaultyDisk* disk;
    const char* name;  // SQLite keeps it as long as the file is open; null for temporary files
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

DiskFile* of(sqlite3_file* file) {
    return reinterpret_cast<DiskFile*>(file);
}

}  // namespace

// The calls of SQLite. Those that change nothing go straight through.
struct DiskCalls {
    static sqlite3_file* real(sqlite3_file* file) { return of(file)->real(); }

    static int close(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }
    static int read(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
        return real(file)->pMethods->xRead(real(file), out, size, at);
    }
    static int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
        FaultyDisk& disk = *of(file)->disk;
        if (!of(file)->name) return real(file)->pMethods->xWrite(real(file), data, size, at);
        std::lock_guard lock(disk.mutex_);
        disk.meet();
        int fitting = size;
        if (disk.space_left_) {
            sqlite3_int64 now = 0;
            if (int rc = real(file)->pMethods->xFileSize(real(file), &now)) return rc;
            std::int64_t growth = std::max<std::int64_t>(0, at + size - now);
            if (growth > *disk.space_left_) {
                ++disk.refused_writes_;
                fitting = size / 2;
            } else {
                *disk.space_left_ -= growth;
            }
        }
        auto* bytes = static_cast<const std::uint8_t*>(data);
        disk.file(of(file)->name)
            .unsynced.push_back({static_cast<std::size_t>(at), {bytes, bytes + fitting}});
        int rc = real(file)->pMethods->xWrite(real(file), data, fitting, at);
        return fitting < size && rc == SQLITE_OK ? SQLITE_FULL : rc;
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        if (of(file)->name) {
            FaultyDisk& disk = *of(file)->disk;
            std::lock_guard lock(disk.mutex_);
            disk.meet();
            disk.file(of(file)->name)
                .unsynced.push_back({static_cast<std::size_t>(size), {}, true});
        }
        return real(file)->pMethods->xTruncate(real(file), size);
    }
    static int sync(sqlite3_file* file, int) {
        if (!of(file)->name) return SQLITE_OK;
        FaultyDisk& disk = *of(file)->disk;
        std::lock_guard lock(disk.mutex_);
        disk.meet();
        auto& state = disk.file(of(file)->name);
        for (const auto& change : state.unsynced) FaultyDisk::apply(state.synced, change);
        state.unsynced.clear();
        state.entry_synced = true;
        return SQLITE_OK;  // the real disk need not wait: the cut is ours
    }
    static int size(sqlite3_file* file, sqlite3_int64* out) {
        return real(file)->pMethods->xFileSize(real(file), out);
    }
    static int lock(sqlite3_file* file, int kind) {
        return real(file)->pMethods->xLock(real(file), kind);
    }
    static int unlock(sqlite3_file* file, int kind) {
        return real(file)->pMethods->xUnlock(real(file), kind);
    }
    static int check_lock(sqlite3_file* file, int* out) {
        return real(file)->pMethods->xCheckReservedLock(real(file), out);
    }
    static int control(sqlite3_file* file, int what, void* argument) {
        // Sizes set ahead would be writes that nobody sees.
        if (what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_OK;
        return real(file)->pMethods->xFileControl(real(file), what, argument);
    }
    static int sector(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
    static int traits(sqlite3_file* file) {
        return real(file)->pMethods->xDeviceCharacteristics(real(file));
    }
    static int map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
        return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
    }
    static int shared_lock(sqlite3_file* file, int offset, int count, int flags) {
        return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
    }
    static void barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
    static int unmap(sqlite3_file* file, int remove) {
        return real(file)->pMethods->xShmUnmap(real(file), remove);
    }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
        auto* disk = static_cast<FaultyDisk*>(vfs->pAppData);
        auto* opened = of(file);
        *opened = {};
        opened->disk = disk;
        opened->name = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)
                           ? name
                           : nullptr;
        int rc = disk->system_->xOpen(disk->system_, name, opened->real(), flags, out);
        if (rc == SQLITE_OK || opened->real()->pMethods) file->pMethods = &methods;
        if (rc == SQLITE_OK && opened->name) {
            std::lock_guard lock(disk->mutex_);
            auto& state = disk->file(name);
            if (state.deleted) state = {};  // made anew before its deletion was synced
        }
        return rc;
    }
    static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
        auto* disk = static_cast<FaultyDisk*>(vfs->pAppData);
        std::lock_guard lock(disk->mutex_);
        disk->meet();
        if (sync_folder) {
            disk->files_.erase(name);
        } else if (auto found = disk->files_.find(name); found != disk->files_.end()) {
            found->second.deleted = true;
        }
        return disk->system_->xDelete(disk->system_, name, 0);
    }

    static const sqlite3_io_methods methods;  // version 2: with shared memory, without mmap
};

const sqlite3_io_methods DiskCalls::methods = {
    2,       close,  read,   write, truncate,    sync,    size,  lock,    unlock, check_lock,
    control, sector, traits, map,   shared_lock, barrier, unmap, nullptr, nullptr};

FaultyDisk::FaultyDisk() : system_(sqlite3_vfs_find(nullptr)) {
    layer_ = *system_;
    layer_.zName = "hezhi-faulty";
    layer_.pNext = nullptr;
    layer_.pAppData = this;
    layer_.szOsFile = static_cast<int>(sizeof(DiskFile)) + system_->szOsFile;
    layer_.xOpen = DiskCalls::open;
    layer_.xDelete = DiskCalls::remove;
    // The others of the system look at nothing of the layer but its mxPathname.
    sqlite3_vfs_register(&layer_, 1);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_unregister(&layer_);
    sqlite3_vfs_register(system_, 1);
}

void FaultyDisk::meet() {
    if (!before_operation || meeting_) return;
    meeting_ = true;
    before_operation();
    meeting_ = false;
}

void FaultyDisk::set_space_left(std::optional<std::int64_t> bytes) {
    std::lock_guard lock(mutex_);
    space_left_ = bytes;
}

std::int64_t FaultyDisk::refused_writes() const {
    std::lock_guard lock(mutex_);
    return refused_writes_;
}

FaultyDisk::File& FaultyDisk::file(const std::string& name) {
    return files_[name];
}

void FaultyDisk::apply(Content& content, const Change& change) {
    if (change.truncates) {
        content.resize(change.at);
        return;
    }
    content.resize(std::max(content.size(), change.at + change.bytes.size()));
    std::ranges::copy(change.bytes, content.begin() + static_cast<std::ptrdiff_t>(change.at));
}

std::size_t FaultyDisk::unsynced_writes() const {
    std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [name, state] : files_) count += state.unsynced.size();
    return count;
}

void FaultyDisk::cut(std::uint64_t seed, const std::filesystem::path& folder) const {
    std::lock_guard lock(mutex_);
    std::mt19937_64 random(seed);
    auto coin = [&] { return random() % 2 == 0; };
    for (const auto& [name, state] : files_) {
        if (state.deleted && coin()) continue;
        if (!state.entry_synced && coin()) continue;
        // All of it, none of it, or any pieces: each happens, and the extremes must not be rare.
        auto fate = random() % 4;
        std::vector<Change> pieces;
        for (const Change& change : state.unsynced) {
            if (change.truncates) {
                if (fate == 1 || (fate > 1 && coin())) pieces.push_back(change);
                continue;
            }
            for (std::size_t from = 0; from < change.bytes.size(); from += piece) {
                if (fate == 0 || (fate > 1 && coin())) continue;
                auto to = std::min(from + piece, change.bytes.size());
                pieces.push_back({change.at + from,
                                  {change.bytes.begin() + static_cast<std::ptrdiff_t>(from),
                                   change.bytes.begin() + static_cast<std::ptrdiff_t>(to)}});
            }
        }
        if (fate == 3) std::ranges::shuffle(pieces, random);
        Content left = state.synced;
        for (const Change& change : pieces) apply(left, change);
        std::ofstream out(folder / std::filesystem::path(name).filename(), std::ios::binary);
        out.write(reinterpret_cast<const char*>(left.data()),
                  static_cast<std::streamsize>(left.size()));
    }
}

}  // namespace hezhi::testing
