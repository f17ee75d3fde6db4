// How long until the first answer on a journal of a million facts, and how fast verify folds them.
#include <cstdio>
#include <stdexcept>

#include "app/figures.h"
#include "bench/district.h"
#include "bench/measure.h"
#include "bench/program_start.h"

namespace hezhi::bench {
namespace {

constexpr std::int64_t facts_wanted = 1000000;
constexpr int runs = 3;

// Orders from report to review, appended as facts without the checks of their actions: the figures
// are stepped as always, and the journal has the shape of a district's years.
void fill(const app::Location& location) {
    auto database = store::Database::open(location.db_url, {.durable = false});
    ManualClock clock(Instant{1772672400000});
    journal::Ledger ledger(*database, app::all_figures(), clock, {.inline_actions_per_turn = 100});
    areas::AreaTree tree(ledger);
    const auto areas = tree.now();
    AreaId area;
    for (AreaId root : areas->children({})) area = root;
    while (!areas->children(area).empty()) area = areas->children(area).front();
    Place place{area, areas->find(area)->path};
    std::string pack = ledger.packs()->in_force(clock.now())->hash;
    const PersonId person(ledger.head().position);
    while (ledger.head().position < facts_wanted) {
        clock.advance(std::chrono::minutes(1));
        auto one_order = [&](journal::Turn& turn) -> Result<std::int64_t> {
            const Actor actor{Via::account, AccountId(7), "order.open"};
            const Instant now = turn.now(), later = now + std::chrono::hours(48);
            Subjects about{{"need", self}};
            auto append = [&](const auto& payload) {
                return turn.append(draft(payload, actor, place, about, now));
            };
            NeedReported reported;
            reported.first_contact_until = reported.handle_until = later;
            reported.pack = pack;
            about["need"] = append(reported);
            append(NeedContacted{});
            OrderOpened opened;
            opened.category = "environment_clean_up";
            opened.minutes_planned = 60;
            opened.people_needed = 2;
            opened.starts_at = now;
            opened.ends_at = opened.handle_until = opened.escalate_until = later;
            opened.pack = pack;
            about["order"] = self;
            about["order"] = append(opened);
            append(NeedPlanned{});
            for (int i = 0; i < 2; ++i) {
                about["person"] = person.value - i;
                append(OrderOffered{later, 80});
            }
            for (int i = 0; i < 2; ++i) {
                about["person"] = person.value - i;
                append(OrderAccepted{now, later, i == 1});
                append(OrderCheckedIn{});
            }
            for (int i = 0; i < 2; ++i) {
                about["person"] = person.value - i;
                append(OrderCheckedOut{60, later, i == 1});
            }
            about.erase("person");
            append(OrderConfirmed{});
            return append(OrderReviewed{Resolution::resolved, 5});
        };
        if (!ledger.act<std::int64_t>(one_order)) throw std::runtime_error("refused");
    }
    ledger.finish_turn();
}

void run() {
    auto folder = fresh_folder("start");
    app::Location location{"sqlite:" + (folder / "hezhi.sqlite").string(), folder / "hezhi.keys"};
    make_district(location);
    Stopwatch watch;
    fill(location);
    std::printf("%lld facts written in %s s\n", static_cast<long long>(facts_wanted),
                shown(watch.seconds(), 0).c_str());
    std::vector<double> seconds;
    for (int i = 0; i < runs; ++i) {
        auto port = static_cast<std::uint16_t>(38080 + i);
        seconds.push_back(seconds_to_first_answer(location, port));
        std::printf("  run %d: %s s from start to the first answer\n", i + 1,
                    shown(seconds.back(), 3).c_str());
    }
    std::printf("start-up on a million facts (median): %s s   (at most 1: %s)\n",
                shown(median(seconds), 3).c_str(), median(seconds) <= 1 ? "holds" : "MISSED");
    verify_facts_per_second(location);
}

}  // namespace
}  // namespace hezhi::bench

int main() {
    hezhi::bench::run();
}
