#include "app/demo/demo.h"

#include <fstream>
#include <sstream>

#include "app/demo/life.h"
#include "app/demo/people_of_demo.h"

namespace hezhi::app {
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw CannotOpen("无法读取 cannot read " + path.string());
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void import_divisions(Installation& installation, const DemoSettings& settings) {
    for (const auto& path : settings.divisions) {
        std::string csv = read_file(path);
        auto imported = installation.ledger().act<std::int64_t>([&](journal::Turn& turn) {
            auto done = areas::import_areas(turn, Actor{.via = Via::command}, csv);
            return done ? Result<std::int64_t>(done->added) : std::unexpected(done.error());
        });
        if (!imported) {
            const auto& field = imported.error().fields.front();
            throw CannotOpen(path.string() + field.field + ": " + field.expected_zh + " " +
                             field.expected_en);
        }
    }
}

}  // namespace

DemoAccounts live(const Location& place, const DemoSettings& settings,
                  const std::function<void(int, int)>& progress) {
    Instant end = start_of(settings.until + 1);
    ManualClock clock(start_of(settings.until + (1 - settings.days)) + std::chrono::hours(6));
    migrate(place, settings.suite, settings.pack, clock, true);
    // Random bytes only seal registers; nothing of them reaches the journal.
    crypto::SystemRandom random;
    Installation installation(place, clock, random, {.inline_actions_per_turn = 1},
                              {.durable = false});
    if (installation.ledger().head().recorded_at > clock.now()) {
        throw CannotOpen(
            "演示需要新的数据库：此库已有更晚的记录。 "
            "The demonstration needs a new database; this one has later facts.");
    }
    import_divisions(installation, settings);
    Chance chance(settings.seed);
    accounts::AccountDesk desk{installation.people(), installation.tree(), installation.suite(),
                               installation.random(), ""};
    DemoPeople people = settle(installation, desk, settings, chance);
    Life(installation, clock, people, chance).run(end, settings.days, progress);
    return people.accounts;
}

}  // namespace hezhi::app
