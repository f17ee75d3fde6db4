#include "bench/lived.h"

#include <cstdio>
#include <fstream>

#include "app/demo/demo.h"
#include "bench/measure.h"

namespace hezhi::bench {

app::Location lived_district(int people, int days) {
    auto folder = std::filesystem::absolute("build/bench/lived") /
                  (std::to_string(people) + "x" + std::to_string(days));
    app::Location location{"sqlite:" + (folder / "hezhi.sqlite").string(), folder / "hezhi.keys"};
    const std::filesystem::path pack = "packs/base";
    SystemClock clock;
    if (std::filesystem::exists(folder / "complete")) {
        app::migrate(location, crypto::SuiteName::gm, pack, clock, true);
        return location;
    }
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    app::DemoSettings settings;
    settings.people = people;
    settings.days = days;
    settings.until = lived_until;
    settings.divisions = {"assets/divisions/qingdao-huangdao.csv"};
    settings.pack = pack;
    Stopwatch watch;
    app::live(location, settings);
    std::ofstream(folder / "complete") << "lived\n";
    std::printf("%d people lived %d days in %s s\n", people, days,
                shown(watch.seconds(), 0).c_str());
    return location;
}

}  // namespace hezhi::bench
