// The lock of those who write to an SQLite file: of two bytes of a file beside it. The first is
// held by those who write, the second is shared by those who wait for the first.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "store/sqlite_session.h"

namespace hezhi::store {

namespace {

constexpr off_t writing = 0, waiting = 1;
constexpr std::chrono::milliseconds between_tries{2};

class SqliteWritersLock final : public WritersLock {
  public:
    SqliteWritersLock(const std::string& path, std::chrono::milliseconds patience)
        : path_(path + "-writers"), patience_(patience) {}
    ~SqliteWritersLock() override {
        if (file_ >= 0) close(file_);
    }

    void share(Session&) override {
        if (lock(F_RDLCK, writing)) return;
        lock(F_RDLCK, waiting);
        auto until = std::chrono::steady_clock::now() + patience_;
        bool got = false;
        do {
            std::this_thread::sleep_for(between_tries);
            got = lock(F_RDLCK, writing);
        } while (!got && std::chrono::steady_clock::now() < until);
        lock(F_UNLCK, waiting);
        if (got) return;
        throw StoreError(StoreError::Kind::busy,
                         "Another process writes to this database and does not step aside.");
    }
    void unshare() noexcept override {
        struct flock all = described(F_UNLCK, writing);
        if (file_ >= 0) fcntl(file_, F_OFD_SETLK, &all);
    }

    bool take() override { return lock(F_WRLCK, writing); }
    Found look() override {
        struct flock wanted = described(F_WRLCK, waiting);
        if (fcntl(file_, F_OFD_GETLK, &wanted) != 0) refuse();
        return wanted.l_type == F_UNLCK ? Found::undisturbed : Found::wanted;
    }
    void release() override { lock(F_UNLCK, writing); }

  private:
    static struct flock described(short type, off_t byte) {
        struct flock one {};
        one.l_type = type;
        one.l_whence = SEEK_SET;
        one.l_start = byte;
        one.l_len = 1;
        return one;
    }

    // False if others hold it.
    bool lock(short type, off_t byte) {
        if (file_ < 0) file_ = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        struct flock wanted = described(type, byte);
        if (file_ >= 0 && fcntl(file_, F_OFD_SETLK, &wanted) == 0) return true;
        if (file_ >= 0 && (errno == EAGAIN || errno == EACCES)) return false;
        refuse();
    }

    [[noreturn]] void refuse() const {
        throw StoreError(StoreError::Kind::other,
                         "Cannot lock " + path_ + ": " + std::strerror(errno) +
                             ". Check that its folder exists and may be written.");
    }

    const std::string path_;
    const std::chrono::milliseconds patience_;
    int file_ = -1;
};

}  // namespace

std::unique_ptr<WritersLock> sqlite_writers_lock(const std::string& path,
                                                 std::chrono::milliseconds patience) {
    return std::make_unique<SqliteWritersLock>(path, patience);
}

}  // namespace hezhi::store
