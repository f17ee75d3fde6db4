// backtest: the history of a database under two packs. The run is kept with what it found before it
// is printed, as the page keeps its runs; a cancelled one as cancelled.
#include <atomic>
#include <csignal>
#include <iostream>

#include "app/commands/commands.h"
#include "domain/back_tests/back_tests.h"
#include "journal/published_packs.h"

namespace hezhi::app {
namespace {

constexpr int stopped_exit = 130;  // as shells know it from Ctrl+C

std::atomic<bool> back_test_stopped{false};

void stop_on_interrupt() {
    struct sigaction action {};
    action.sa_handler = [](int) { back_test_stopped = true; };
    // Without SA_RESTART a progress that is being written would end all that is told.
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigaction(SIGINT, &action, nullptr);
}

Day back_test_day(const char* flag, const std::string& text) {
    auto day = parse_day(text);
    if (!day) throw CannotOpen(std::string(flag) + ": YYYY-MM-DD");
    return *day;
}

std::string told_number(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : "不显示 hidden";
}

void print_part(const back_tests::ShownPart& part) {
    std::cout << "\n"
              << part.zh << " " << part.en << "\n  " << part.subject_zh << " " << part.subject_en
              << " " << told_number(part.subjects) << ", 提高 better " << told_number(part.better)
              << ", 降低 worse " << told_number(part.worse) << "\n";
    if (part.has_total) {
        std::cout << "  合计 total " << told_number(part.total_before) << " → "
                  << told_number(part.total_after) << "\n";
    }
    for (const auto& band : part.bands) {
        std::cout << "    " << band.zh << (band.en == band.zh ? "" : " " + band.en) << ": "
                  << told_number(band.before) << " → " << told_number(band.after) << "\n";
    }
    for (const auto& group : part.groups) {
        std::cout << "    " << label_of(group.by) << " " << group.zh
                  << (group.en == group.zh ? "" : " " + group.en) << ": ";
        if (group.hidden) {
            std::cout << "不显示 hidden\n";
        } else {
            std::cout << group.subjects << ", +" << told_number(group.better) << ", -"
                      << told_number(group.worse) << "\n";
        }
    }
}

}  // namespace

struct BackTestTold {
    BackTestId id;  // of the run as it is kept
    std::string old_pack;
    std::string new_pack;
    std::string from_on;
    std::string until_on;
    std::int64_t facts = 0;
    std::int64_t small_group = 0;  // smaller numbers are hidden
    std::vector<back_tests::ShownPart> parts;
};
BOOST_DESCRIBE_STRUCT(BackTestTold, (),
                      (id, old_pack, new_pack, from_on, until_on, facts, small_group, parts))

namespace {

// Null before a first pack holds.
std::shared_ptr<const rules::Pack> pack_in_force(journal::Ledger& ledger) {
    auto packs = ledger.packs();
    const auto* found = packs->in_force(ledger.clock().now());
    return found ? found->pack : nullptr;
}

std::shared_ptr<const rules::Pack> pack_to_compare_with(const std::filesystem::path& against,
                                                        journal::Ledger& ledger) {
    if (!against.empty()) return pack_in(against);
    auto in_force = pack_in_force(ledger);
    if (!in_force) throw CannotOpen("没有现行规则包 no rule pack is in force: --against");
    return in_force;
}

std::optional<BackTestFinished> compute_shown(journal::Ledger& ledger,
                                              const back_tests::BackTestPlan& plan) {
    stop_on_interrupt();
    auto db = ledger.read();
    auto found = back_tests::compute_back_test(*db, plan, [](std::int64_t done, std::int64_t all) {
        std::cerr << "\r" << done << " / " << all << std::flush;
        return !back_test_stopped;
    });
    std::cerr << "\n";
    return found;
}

void print_told(const BackTestTold& told) {
    std::cout << "回测 back-test " << told.id.value << ": " << told.old_pack << " → "
              << told.new_pack << ", " << told.from_on << " … " << told.until_on << ", 流水 facts "
              << told.facts << "\n少于 " << told.small_group << " 的数不显示 numbers below "
              << told.small_group << " are hidden\n";
    for (const auto& part : told.parts) print_part(part);
}

}  // namespace

int run_backtest(const Location& location, const BackTestCommand& wanted) {
    Day from = back_test_day("--from", wanted.from), until = back_test_day("--to", wanted.until);
    auto new_pack = pack_in(wanted.pack);
    SystemClock clock;
    crypto::SystemRandom random;
    Installation installation(location, clock, random, {.inline_actions_per_turn = 1});
    auto& ledger = installation.ledger();
    back_tests::StartedPacks packs{pack_to_compare_with(wanted.against, ledger), new_pack};
    if (auto why = back_tests::cannot_compare(packs, from, until, day_of(clock.now()))) {
        return print_refusal(*why);
    }
    auto in_force = pack_in_force(ledger);
    back_tests::ComputedRun run{from, until, clock.now(), ledger.head().position};
    auto found = compute_shown(
        ledger, {{packs.old_pack, packs.new_pack, {start_of(from), start_of(until + 1)}},
                 run.position,
                 in_force.get(),
                 wanted.threads});
    auto kept = ledger.act<std::int64_t>(
        [&](journal::Turn& turn) { return back_tests::keep_back_test(turn, packs, run, found); });
    if (!kept) return print_refusal(kept.error());
    if (!found) {
        std::cerr << "回测 " << *kept << " 已取消 back-test " << *kept << " is cancelled\n";
        return stopped_exit;
    }
    BackTestTold told{BackTestId(*kept),
                      packs.old_pack->name + " " + packs.old_pack->version,
                      packs.new_pack->name + " " + packs.new_pack->version,
                      wanted.from,
                      wanted.until,
                      found->facts,
                      found->small_group.value_or(0),
                      {}};
    auto areas = installation.tree().now();
    for (const auto& part : found->parts) {
        told.parts.push_back(back_tests::show_part(part, [&](AreaId id) {
            const auto* area = areas->find(id);
            return area ? area->name : std::to_string(id.value);
        }));
    }
    if (wanted.json) {
        std::cout << to_json(told) << "\n";
    } else {
        print_told(told);
    }
    return std::cout.flush().good() ? 0 : 1;
}

}  // namespace hezhi::app
