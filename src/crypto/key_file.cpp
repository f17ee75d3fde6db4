#include "crypto/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include "crypto/crypto_refusals.h"

namespace hezhi::crypto {
namespace {

constexpr std::string_view first_line = "hezhi-master-keys 1";
constexpr std::size_t file_bytes_max = 64 * 1024;  // some 800 keys; more is not a key file

// A file descriptor that closes itself.
class OpenFile {
  public:
    explicit OpenFile(int fd) : fd_(fd) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    explicit operator bool() const { return fd_ >= 0; }
    int fd() const { return fd_; }

  private:
    int fd_;
};

std::unexpected<Refusal> refuse_file(const RefusalRow& row, const std::filesystem::path& path,
                                     std::string zh, std::string en) {
    return refuse(row, FieldError{path.string(), std::move(zh), std::move(en)});
}

std::unexpected<Refusal> refuse_by_system(const RefusalRow& row,
                                          const std::filesystem::path& path) {
    std::string reason = std::strerror(errno);
    return refuse_file(row, path, "系统提示：" + reason, "The system says: " + reason);
}

std::unexpected<Refusal> refuse_line(const std::filesystem::path& path, int line, std::string zh,
                                     std::string en) {
    std::string number = std::to_string(line);
    return refuse_file(refusals::key_file_damaged, path, "第 " + number + " 行：" + zh,
                       "line " + number + ": " + en);
}

std::string text_of(const MasterKeys& keys) {
    std::string out =
        "# "
        "合志主密钥。没有它，数据库里的加密数据永远无法读取。请离线备份，并与数据库备份分开存放。\n"
        "# Master keys of Hezhi. Without them the encrypted data can never be read again. Keep a\n"
        "# copy off line, apart from the backups of the database.\n";
    out += std::string(first_line) + "\n";
    if (!keys.codes().empty()) {
        std::string digits = to_hex(keys.codes());
        out += "codes " + to_string(id_of_key(keys.codes())) + " " + digits + "\n";
        wipe(digits);
    }
    for (std::size_t i = 0; i < keys.count(); ++i) {
        std::string digits = to_hex(keys.key(i));
        out += "key " + to_string(keys.id(i)) + " " + digits + "\n";
        wipe(digits);
    }
    return out + "end " + std::to_string(keys.count()) + "\n";
}

bool write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// A new file is durable only when its folder's entry is.
bool sync_folder(const std::filesystem::path& path) {
    auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    OpenFile opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened && ::fsync(opened.fd()) == 0;
}

std::optional<std::string> read_all(int fd) {
    std::string text(file_bytes_max + 1, '\0');
    std::size_t held = 0;
    while (held < text.size()) {
        ssize_t got = ::read(fd, text.data() + held, text.size() - held);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::nullopt;
        if (got == 0) break;
        held += static_cast<std::size_t>(got);
    }
    text.resize(held);
    return text;
}

// "<word> <id> <digits>" → the bytes, if their id is the one that the line names.
std::optional<Secret> parse_secret_line(std::string_view word, std::size_t size,
                                        std::string_view line) {
    const std::size_t id_at = word.size() + 1, digits_at = id_at + 9;
    if (line.size() != digits_at + size * 2 || line[digits_at - 1] != ' ') return std::nullopt;
    auto bytes = from_hex(line.substr(digits_at));
    if (!bytes) return std::nullopt;
    Secret secret(std::move(*bytes));
    if (to_string(id_of_key(secret.view())) != line.substr(id_at, 8)) return std::nullopt;
    return secret;
}

bool holds(const std::vector<Secret>& keys, const Secret& wanted) {
    return std::ranges::any_of(
        keys, [&](const Secret& key) { return equal_in_constant_time(key.view(), wanted.view()); });
}

Result<MasterKeys> parse(const std::filesystem::path& path, std::string_view text) {
    std::vector<Secret> keys;
    Secret codes;
    bool begun = false, ended = false;
    int number = 0;
    while (!text.empty()) {
        auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty() || line.starts_with('#')) continue;
        if (!begun) {
            if (line != first_line) {
                return refuse_line(path, number, "应为 “hezhi-master-keys 1”。",
                                   "expected \"hezhi-master-keys 1\".");
            }
            begun = true;
        } else if (!ended && line.starts_with("key ")) {
            auto key = parse_secret_line("key", master_key_size, line);
            if (!key || holds(keys, *key)) {
                return refuse_line(path, number, "密钥与其编号不符，或重复。",
                                   "the key does not fit its id, or is there twice.");
            }
            keys.push_back(std::move(*key));
        } else if (!ended && line.starts_with("codes ")) {
            auto read = parse_secret_line("codes", codes_size, line);
            if (!read || codes.size() > 0) {
                return refuse_line(path, number, "单据密钥与其编号不符，或重复。",
                                   "the key of codes does not fit its id, or is there twice.");
            }
            codes = std::move(*read);
        } else if (!ended && line == "end " + std::to_string(keys.size())) {
            ended = true;
        } else {
            return refuse_line(path, number, "应为密钥，或密钥数量。",
                               "expected a key, or the number of keys.");
        }
    }
    if (!ended || keys.empty()) {
        return refuse_line(path, number, "文件在末行 “end” 之前中断，或没有密钥。",
                           "the file stops before its last line \"end\", or holds no key.");
    }
    return MasterKeys(std::move(keys), std::move(codes));
}

}  // namespace

Result<MasterKeys> create_key_file(const std::filesystem::path& path, Random& random) {
    OpenFile file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) {
        return refuse_by_system(
            errno == EEXIST ? refusals::key_file_exists : refusals::key_file_not_written, path);
    }
    MasterKeys keys = MasterKeys::generate(random);
    std::string text = text_of(keys);
    bool kept = ::fchmod(file.fd(), 0600) == 0 && write_all(file.fd(), text) &&
                ::fsync(file.fd()) == 0 && sync_folder(path);
    wipe(text);
    if (kept) return keys;
    auto refusal = refuse_by_system(refusals::key_file_not_written, path);
    ::unlink(path.c_str());  // half a key file would only be in the way of the next try
    return refusal;
}

Result<void> replace_key_file(const std::filesystem::path& path, const MasterKeys& keys) {
    std::filesystem::path part = path.string() + ".part";
    ::unlink(part.c_str());
    std::string text = text_of(keys);
    bool kept = false;
    {
        OpenFile file(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        struct stat old {};
        // An administrator may do this for the user who runs the service.
        bool same_owner = ::stat(path.c_str(), &old) != 0 ||
                          (file && ::fchown(file.fd(), old.st_uid, old.st_gid) == 0);
        kept = file && same_owner && write_all(file.fd(), text) && ::fsync(file.fd()) == 0;
    }
    wipe(text);
    kept = kept && ::rename(part.c_str(), path.c_str()) == 0 && sync_folder(path);
    if (kept) return {};
    auto refusal = refuse_by_system(refusals::key_file_not_written, path);
    ::unlink(part.c_str());
    return refusal;
}

Result<MasterKeys> load_key_file(const std::filesystem::path& path) {
    // Without O_NONBLOCK a pipe in the file's place would hold up the start for ever.
    OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file) {
        return refuse_by_system(
            errno == ENOENT ? refusals::key_file_missing : refusals::key_file_not_readable, path);
    }
    struct stat about {};
    if (::fstat(file.fd(), &about) != 0) {
        return refuse_by_system(refusals::key_file_not_readable, path);
    }
    if (!S_ISREG(about.st_mode)) {
        return refuse_file(refusals::key_file_not_readable, path, "不是普通文件。",
                           "This is not a plain file.");
    }
    if ((about.st_mode & 077) != 0) {
        return refuse_file(refusals::key_file_too_open, path, "应为 0600 或 0400。",
                           "Expected mode 0600 or 0400.");
    }
    auto text = read_all(file.fd());
    if (!text) return refuse_by_system(refusals::key_file_not_readable, path);
    if (text->size() > file_bytes_max) {
        return refuse_file(refusals::key_file_damaged, path, "文件过大。",
                           "The file is too large.");
    }
    auto keys = parse(path, *text);
    wipe(*text);
    return keys;
}

KeyFileWarning key_file_warning(const std::filesystem::path& path) {
    const std::string rule(72, '*');
    const std::string place = path.string();
    return {rule + "\n已新建主密钥文件：" + place +
                "\n请立即把它备份到另一处，并与数据库备份分开存放。丢失它，所有加密的姓名、电话、"
                "证件号和地址\n将永远无法恢复；任何人得到它和数据库，就能读取全部个人信息。\n" +
                rule,
            rule + "\nA new master key file was made: " + place +
                "\nCopy it to another place now, apart from the backups of the database. If it is "
                "lost, every\nencrypted name, phone, ID number and address is lost for ever; who "
                "has it and the database\ncan read them all.\n" +
                rule};
}

}  // namespace hezhi::crypto
