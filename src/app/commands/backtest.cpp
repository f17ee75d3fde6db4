// backtest: the history of a database under two packs. Reads only; the page keeps its runs.
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
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
}

Day back_test_day(const char* flag, const std::string& text) {
    auto day = parse_day(text);
    if (!day) throw CannotOpen(std::string(flag) + ": YYYY-MM-DD");
    return *day;
}

void print_part(const back_tests::ShownPart& part, std::int64_t small_group) {
    std::cout << "\n"
              << part.zh << " " << part.en << "\n  " << part.subject_zh << " " << part.subject_en
              << " " << part.subjects << ", 提高 better " << part.better << ", 降低 worse "
              << part.worse << "\n";
    if (part.has_total) {
        std::cout << "  合计 total " << part.total_before << " → " << part.total_after << "\n";
    }
    for (const auto& band : part.bands) {
        std::cout << "    " << band.zh << (band.en == band.zh ? "" : " " + band.en) << ": "
                  << band.before << " → " << band.after << "\n";
    }
    for (const auto& group : part.groups) {
        std::cout << "    " << label_of(group.by) << " " << group.zh
                  << (group.en == group.zh ? "" : " " + group.en) << ": ";
        if (group.hidden) {
            std::cout << "< " << small_group << " 不显示 hidden\n";
        } else {
            std::cout << group.subjects << ", +" << group.better << ", -" << group.worse << "\n";
        }
    }
}

}  // namespace

struct BackTestTold {
    std::string old_pack;
    std::string new_pack;
    std::string from_on;
    std::string until_on;
    std::int64_t facts = 0;
    std::vector<back_tests::ShownPart> parts;
};
BOOST_DESCRIBE_STRUCT(BackTestTold, (), (old_pack, new_pack, from_on, until_on, facts, parts))

int run_backtest(const Location& location, const BackTestCommand& wanted) {
    auto new_pack = pack_in(wanted.pack);
    SystemClock clock;
    crypto::SystemRandom random;
    Installation installation(location, clock, random, {.inline_actions_per_turn = 1});
    auto& ledger = installation.ledger();
    auto packs = ledger.packs();
    std::shared_ptr<const rules::Pack> old_pack;
    if (!wanted.against.empty()) {
        old_pack = pack_in(wanted.against);
    } else if (const auto* in_force = packs->in_force(clock.now())) {
        old_pack = in_force->pack;
    } else {
        throw CannotOpen("没有现行规则包 no rule pack is in force: --against");
    }
    Day from = back_test_day("--from", wanted.from), until = back_test_day("--to", wanted.until);
    back_tests::BackTestPlan plan{old_pack,
                                  new_pack,
                                  {start_of(from), start_of(until + 1)},
                                  ledger.head().position,
                                  wanted.threads};
    stop_on_interrupt();
    auto db = ledger.read();
    auto found = back_tests::compute_back_test(*db, plan, [](std::int64_t done, std::int64_t all) {
        std::cerr << "\r" << done << " / " << all << std::flush;
        return !back_test_stopped;
    });
    std::cerr << "\n";
    if (!found) {
        std::cerr << "已取消 cancelled\n";
        return stopped_exit;
    }
    BackTestTold told{old_pack->name + " " + old_pack->version,
                      new_pack->name + " " + new_pack->version,
                      wanted.from,
                      wanted.until,
                      found->facts,
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
        std::cout << told.old_pack << " → " << told.new_pack << ", " << told.from_on << " … "
                  << told.until_on << ", 流水 facts " << told.facts << "\n";
        for (const auto& part : told.parts) print_part(part, new_pack->back_test.small_group);
    }
    return std::cout.flush().good() ? 0 : 1;
}

}  // namespace hezhi::app
