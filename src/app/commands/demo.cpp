#include <algorithm>
#include <fstream>
#include <iostream>

#include "app/commands/commands.h"
#include "crypto/key_file.h"

namespace hezhi::app {

std::filesystem::path demo_pack(const std::filesystem::path& named) {
    auto known = std::filesystem::path("packs") / named;
    bool folder = std::filesystem::is_directory(named);
    return !folder && std::filesystem::is_directory(known) ? known : named;
}

const DemoPlace* demo_place(const std::filesystem::path& pack) {
    using enum crypto::SuiteName;
    static constexpr DemoPlace places[] = {
        {"base", "370211", "assets/divisions/qingdao-huangdao.csv", gm},
        {"west-coast", "370211", "assets/divisions/qingdao-huangdao.csv", gm},
        {"daxing", "110115", "assets/divisions/beijing-daxing.csv", gm},
        {"taiyuan", "140105", "assets/divisions/taiyuan.csv", gm},
        {"international", "900101", "assets/divisions/invented/northvale.csv", intl},
    };
    auto folder = (pack / "").lexically_normal().parent_path().filename().string();
    const auto* found = std::ranges::find(places, folder, &DemoPlace::pack);
    return found == std::end(places) ? nullptr : found;
}

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
