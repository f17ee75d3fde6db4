#include "app/backup/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "app/installation.h"

namespace hezhi::app {
namespace {

constexpr std::size_t write_bytes = 1024 * 1024;

[[noreturn]] void cannot_use(const std::filesystem::path& path, int error) {
    throw CannotOpen("无法读写 cannot be read or written: " + path.string() + ": " +
                     std::strerror(error));
}

}  // namespace

DurableFile::DurableFile(const std::filesystem::path& path)
    : DurableFile(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC) {}

DurableFile DurableFile::append_to(const std::filesystem::path& path) {
    return {path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC};
}

DurableFile::DurableFile(const std::filesystem::path& path, int flags)
    : path_(path), fd_(::open(path.c_str(), flags, 0600)), digest_(crypto::DigestKind::sha256) {
    if (fd_ < 0) fail();
}

DurableFile::~DurableFile() {
    if (fd_ >= 0) ::close(fd_);
}

void DurableFile::fail() const {
    cannot_use(path_, errno);
}

void DurableFile::write(std::string_view bytes) {
    waiting_ += bytes;
    if (waiting_.size() >= write_bytes) flush();
}

void DurableFile::flush() {
    digest_.add(std::string_view(waiting_));
    bytes_ += static_cast<std::int64_t>(waiting_.size());
    std::string_view rest = waiting_;
    while (!rest.empty()) {
        ssize_t written = ::write(fd_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail();
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    waiting_.clear();
}

FileSum DurableFile::finish() {
    flush();
    if (::fsync(fd_) != 0) fail();
    sync_folder(path_.parent_path());
    return {bytes_, crypto::to_hex(digest_.finish())};
}

FileSum sum_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) cannot_use(path, errno);
    crypto::Digest digest(crypto::DigestKind::sha256);
    FileSum sum;
    std::vector<char> part(write_bytes);
    while (in.read(part.data(), static_cast<std::streamsize>(part.size())), in.gcount() > 0) {
        digest.add(std::string_view(part.data(), static_cast<std::size_t>(in.gcount())));
        sum.bytes += in.gcount();
    }
    if (in.bad()) cannot_use(path, EIO);
    sum.sha256 = crypto::to_hex(digest.finish());
    return sum;
}

std::filesystem::path without_slash(const std::filesystem::path& folder) {
    return folder.has_filename() ? folder : folder.parent_path();
}

void sync_folder(const std::filesystem::path& folder) {
    std::filesystem::path place = folder.empty() ? std::filesystem::path(".") : folder;
    int fd = ::open(place.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) cannot_use(place, errno);
    int failed = ::fsync(fd) != 0 ? errno : 0;
    ::close(fd);
    if (failed) cannot_use(place, failed);
}

}  // namespace hezhi::app
