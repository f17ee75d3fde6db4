#include "app/demo/demo.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "app/demo/part.h"
#include "app/timers.h"

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

// Wakes every part each morning, rings the timers every hour as a running server would, and tells
// the parts what happened.
class Days {
  public:
    Days(Life& life, const std::function<void(int, int)>& progress)
        : life_(life),
          progress_(progress),
          seeds_(~life.settings().seed),
          timers_(life.ledger(), all_timers(life.orders(), life.ledger(), seeds_)) {
        for (MakePart make : all_parts()) parts_.push_back(make(life));
    }

    void run(int days) {
        if (days == 0) return;
        life_.ledger().follow({}, [this](std::span<const Fact> facts) {
            for (const Fact& fact : facts) {
                life_.hear(fact);
                for (const auto& part : parts_) part->hear(fact);
            }
        });
        for (const auto& part : parts_) part->begin();
        Day first = day_of(life_.now());
        for (int i = 0; i < days; ++i) plan_day(first + i);
        for (int i = 0; i < days; ++i) {
            life_.run_until(start_of(first + i + 1));
            if (progress_) progress_(i + 1, days);
        }
    }

  private:
    void plan_day(Day day) {
        life_.plan(start_of(day) + std::chrono::hours(7), [this, day] {
            for (const auto& part : parts_) part->morning(day);
        });
        for (int hour = 0; hour < 24; ++hour) {
            life_.plan(start_of(day) + std::chrono::hours(hour), [this] { timers_.run_due(); });
        }
    }

    Life& life_;
    const std::function<void(int, int)>& progress_;
    crypto::SeededRandom seeds_;  // apart from others of the same number
    jobs::Scheduler timers_;
    std::vector<std::unique_ptr<Part>> parts_;
};

}  // namespace

DemoAccounts live(const Location& place, const DemoSettings& settings,
                  const std::function<void(int, int)>& progress) {
    // Without a day of its own life it begins on the last one too, which is over.
    Day first = settings.until + (1 - std::max(settings.days, 1));
    ManualClock clock(start_of(first) + std::chrono::hours(6));
    migrate(place, settings.suite, settings.pack, clock, true);
    // These random bytes only seal registers; nothing of them reaches the journal.
    crypto::SystemRandom random;
    Installation installation(place, clock, random, {.inline_actions_per_turn = 1},
                              {.durable = false});
    if (installation.ledger().head().recorded_at > clock.now()) {
        throw CannotOpen(
            "演示需要新的数据库：此库已有更晚的记录。 "
            "The demonstration needs a new database; this one has later facts.");
    }
    import_divisions(installation, settings);
    accounts::AccountDesk desk{installation.people(), installation.tree(), installation.suite(),
                               installation.random(), ""};
    DemoPeople people = settle(installation, desk, settings);
    Life life(installation, clock, settings, desk, people);
    Days(life, progress).run(settings.days);
    installation.ledger().finish_turn();
    installation.database().sync();
    return people.accounts;
}

}  // namespace hezhi::app
