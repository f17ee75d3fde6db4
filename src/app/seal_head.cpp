#include "app/seal_head.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "app/backup/durable_file.h"
#include "base/json.h"

namespace hezhi::app {
namespace {

constexpr std::uintmax_t head_bytes_max = 64 * 1024;

[[noreturn]] void cannot_write(const std::filesystem::path& file) {
    throw CannotOpen("无法写入 cannot be written: " + file.string() + ": " + std::strerror(errno));
}

// An administrator may seal for the user who runs the service.
void give_to_owner_of(const std::filesystem::path& key, const std::filesystem::path& file) {
    struct stat owner {};
    if (::geteuid() != 0 || ::stat(key.c_str(), &owner) != 0) return;
    if (::chown(file.c_str(), owner.st_uid, owner.st_gid) != 0) cannot_write(file);
}

}  // namespace

Result<std::optional<journal::SignedHead>> kept_head(const Location& place) {
    auto file = place.seal_head_file();
    std::error_code missing;
    auto bytes = std::filesystem::file_size(file, missing);
    if (missing == std::errc::no_such_file_or_directory) return std::nullopt;
    std::ostringstream text;
    if (!missing && bytes <= head_bytes_max) text << std::ifstream(file, std::ios::binary).rdbuf();
    auto head = from_json<journal::SignedHead>(std::move(text).str(), Reading::stored);
    if (!head) return refuse(seal_head_damaged, {file.string(), "流水末端", "a signed head"});
    return std::optional(std::move(*head));
}

void keep_head(const Location& place, const journal::SignedHead& head) {
    auto file = place.seal_head_file();
    // Several processes may seal one journal.
    std::filesystem::path part = file.string() + ".part-" + std::to_string(::getpid());
    ::unlink(part.c_str());
    DurableFile out(part);
    out.write(to_json(head));
    out.finish();
    give_to_owner_of(place.seal_key_file(), part);
    if (::rename(part.c_str(), file.c_str()) != 0) cannot_write(file);
    sync_folder(file.parent_path());
}

void accept_head(store::Session& db, const Location& place) {
    auto block = journal::last_block(db);
    if (block) return keep_head(place, {*block, journal::seal_keys(db).back().key.pem()});
    std::filesystem::remove(place.seal_head_file());
}

}  // namespace hezhi::app
