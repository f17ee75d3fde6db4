// backup, restore.
#include <iostream>

#include "app/backup/backup.h"
#include "app/commands/commands.h"

namespace hezhi::app {
namespace {

void print_progress(std::string_view what, std::int64_t done, std::int64_t all) {
    std::cerr << "\r" << what << " " << done << " / " << all << "   " << std::flush;
}

int print_restored(const Restored& done, const ErasureList& erasures) {
    for (const auto& difference : done.verified.differences) {
        std::cout << difference.place << ": 应为 expected " << difference.expected
                  << ", 实为 found " << difference.found << "\n";
    }
    std::cout << "备份 backup: " << to_string(done.backup.made_at) << ", 流水 facts "
              << done.backup.position << "\n再次清除 erased again: " << done.erased << "\n";
    if (erasures.lost()) {
        std::cout << "警告：清除名单已丢失，备份之后要求清除的人员可能又在库中，请逐一核对。\n"
                     "Warning: the list of erasures was lost. Whoever was erased after the backup "
                     "stands in the database again; find and erase them.\n";
    } else {
        std::cout << "清除名单截至 erasures known until: " << to_string(erasures.known_at) << "\n";
    }
    std::cout << "差异 differences: " << done.verified.differences.size()
              << (done.verified.more ? "+" : "") << "\n";
    return done.verified.differences.empty() ? 0 : 1;
}

}  // namespace

int run_backup(const Location& location, const std::filesystem::path& folder, bool drilled) {
    SystemClock clock;
    crypto::SystemRandom random;
    Installation installation(location, clock, random, {.inline_actions_per_turn = 1});
    BackupManifest manifest = back_up(installation, folder, print_progress);
    std::cout
        << "备份 backup: " << folder.string() << ", 流水 facts " << manifest.position
        << "\n清除名单 list of erasures: " << location.erasures_file().string()
        << "\n请把两者复制到别处；密钥文件另处保存。 Copy both to another place; the key file is "
           "kept apart from them.\n";
    if (!drilled) return 0;
    Restored done = drill(installation, folder, print_progress);
    std::cout << "恢复演练 drill:\n";
    auto known = erasures_in(*installation.ledger().read(), clock.now());
    return print_restored(done, known);
}

int run_restore(const Location& location, const std::filesystem::path& folder,
                const std::string& erasures) {
    SystemClock clock;
    ErasureList known = read_erasures(erasures, clock.now());
    return print_restored(restore(location, folder, known, clock, print_progress), known);
}

}  // namespace hezhi::app
