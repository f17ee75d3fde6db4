#include <fstream>
#include <iostream>

#include "app/commands/commands.h"
#include "crypto/key_file.h"

namespace hezhi::app {

int run_demo(const Location& location, const DemoSettings& settings,
             const std::filesystem::path& accounts_file) {
    bool new_keys = !std::filesystem::exists(location.key_file);
    DemoAccounts accounts = live(location, settings, [](int day, int days) {
        std::cerr << "\r第 day " << day << " / " << days << std::flush;
    });
    std::cerr << "\n";
    if (!accounts_file.empty()) {
        std::ofstream out(accounts_file);
        out << to_json(accounts) << "\n";
        if (!out.good()) throw CannotOpen("无法写入 cannot write " + accounts_file.string());
    }
    if (new_keys) {
        auto warning = crypto::key_file_warning(location.key_file);
        std::cout << warning.zh << "\n" << warning.en << "\n";
    }
    return 0;
}

}  // namespace hezhi::app
