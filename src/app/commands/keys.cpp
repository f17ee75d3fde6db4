// keys rotate.
#include <iostream>

#include "app/commands/commands.h"
#include "app/keys/rotate_keys.h"

namespace hezhi::app {

int run_rotate_keys(const Location& location) {
    SystemClock clock;
    crypto::SystemRandom random;
    Rotated done = rotate_keys(
        location, clock, random, [](std::string_view table, std::int64_t at, std::int64_t all) {
            if (at % 1000 != 0 && at != all) return;
            std::cerr << "\r" << table << " " << at << " / " << all << "   " << std::flush;
        });
    std::cerr << "\n";
    std::cout
        << "主密钥已更换 the master key was changed: " << crypto::to_string(done.old_key) << " → "
        << crypto::to_string(done.new_key) << ", 重新加密 sealed anew: " << done.values
        << "\n请备份新的密钥文件 back up the new key file: " << location.key_file.string()
        << "\n旧密钥文件只在更换之前的备份还保留时需要，请移到离线处 the old one is needed only as "
           "long as backups from before are kept; move it off line: "
        << done.kept_copy.string() << "\n";
    return 0;
}

}  // namespace hezhi::app
