// hezhi dispatch: an assignment problem from a file, solved without a server, and samples of such
// files. docs/reference/dispatch_instance.md describes both.
#include <time.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

#include "app/commands/commands.h"
#include "base/json.h"
#include "dispatch/generate.h"

namespace hezhi::app {
namespace {

// Up to so many pairs of place and person are held against the prices one by one: about a second.
constexpr std::int64_t pairs_checked_unasked = 20'000'000;

constexpr int cancelled_exit = 130;  // as shells know it from Ctrl+C

std::atomic<bool> dispatch_cancelled{false};

// The first Ctrl+C asks the run to stop; a second one ends the program as it always does.
void cancel_on_interrupt() {
    struct sigaction action {};
    action.sa_handler = [](int) { dispatch_cancelled = true; };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
}

std::int64_t microseconds(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return std::int64_t(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

// How the command ends badly, for people and for scripts.
struct DispatchFault {
    std::string code, zh, en;
    std::string field, expected_zh, expected_en;  // empty where there is no field
};
BOOST_DESCRIBE_STRUCT(DispatchFault, (), (code, zh, en, field, expected_zh, expected_en))
struct DispatchFailed {
    DispatchFault error;
};
BOOST_DESCRIBE_STRUCT(DispatchFailed, (), (error))

struct DispatchAssigned {
    std::int64_t order = 0;
    std::vector<std::int64_t> people;
    std::int64_t missing = 0;
};
BOOST_DESCRIBE_STRUCT(DispatchAssigned, (), (order, people, missing))
struct DispatchSolved {
    std::string form;  // market, matrix
    std::int64_t orders = 0, places = 0, people = 0;
    std::int64_t cost = 0, bound = 0, unassigned = 0;
    bool proven = false;
    std::int64_t edges = 0, violations = 0, pairs = 0, pair_violations = 0;
    std::optional<bool> unique;
    std::int64_t cpu_us = 0, wall_us = 0;
    std::optional<std::vector<DispatchAssigned>> assigned;
};
BOOST_DESCRIBE_STRUCT(DispatchSolved, (),
                      (form, orders, places, people, cost, bound, unassigned, proven, edges,
                       violations, pairs, pair_violations, unique, cpu_us, wall_us, assigned))

int fail_dispatch(const Refusal& refusal, bool as_json) {
    DispatchFault fault{std::string(refusal.row->code),
                        std::string(refusal.row->zh),
                        std::string(refusal.row->en),
                        {},
                        {},
                        {}};
    if (!refusal.fields.empty()) {
        auto& first = refusal.fields.front();
        fault.field = first.field;
        fault.expected_zh = first.expected_zh;
        fault.expected_en = first.expected_en;
    }
    if (as_json) std::cout << to_json(DispatchFailed{fault}) << "\n";
    std::cerr << fault.zh << " " << fault.en << "\n";
    if (!fault.expected_en.empty()) {
        std::cerr << "  " << fault.field << ": 应为 " << fault.expected_zh << " / expected "
                  << fault.expected_en << "\n";
    }
    return refusal.is(dispatch::refusals::batch_cancelled) ? cancelled_exit : 1;
}

std::string read_instance_file(const std::filesystem::path& file) {
    std::ostringstream text;
    if (file == "-") {
        text << std::cin.rdbuf();
        return std::move(text).str();
    }
    std::ifstream in(file, std::ios::binary);
    if (in && !std::filesystem::is_directory(file)) text << in.rdbuf();
    if (!in || std::filesystem::is_directory(file)) {
        throw CannotOpen("--instance: 打不开文件 cannot open " + file.string());
    }
    return std::move(text).str();
}

DispatchSolved solved_of(const dispatch::InstanceReport& report) {
    DispatchSolved out;
    out.form = report.is_matrix ? "matrix" : "market";
    out.orders = report.orders;
    out.places = report.places;
    out.people = report.people;
    out.cost = report.cost;
    out.bound = report.bound;
    out.unassigned = report.unassigned;
    out.proven = report.proven;
    out.edges = report.edges;
    out.violations = report.violations;
    out.pairs = report.pairs;
    out.pair_violations = report.pair_violations;
    if (!report.is_matrix) out.unique = report.unique;
    return out;
}

std::string seconds_of(std::int64_t microseconds) {
    auto part = std::to_string(1'000'000 + microseconds % 1'000'000);
    return std::to_string(microseconds / 1'000'000) + "." + part.substr(1, 4);
}

}  // namespace

int run_dispatch(const DispatchCommand& wanted) {
    cancel_on_interrupt();
    std::cerr << "Ctrl+C 取消 | cancels" << std::endl;
    auto text = read_instance_file(wanted.instance);
    dispatch::BatchSettings settings;
    settings.threads = wanted.threads;
    settings.cancelled = &dispatch_cancelled;
    settings.check_pairs_max = wanted.every_pair ? INT64_MAX : pairs_checked_unasked;
    auto wall = microseconds(CLOCK_MONOTONIC), cpu = microseconds(CLOCK_PROCESS_CPUTIME_ID);
    auto report = dispatch::solve_instance(text, settings);
    wall = microseconds(CLOCK_MONOTONIC) - wall;
    cpu = microseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    if (!report) return fail_dispatch(report.error(), wanted.json);
    if (wanted.json) {
        auto out = solved_of(*report);
        out.cpu_us = cpu;
        out.wall_us = wall;
        if (wanted.assigned) {
            out.assigned.emplace();
            for (auto& its : report->proposals) {
                out.assigned->push_back({its.order, its.people, its.missing});
            }
        }
        std::cout << to_json(out) << "\n";
    } else {
        std::cout << dispatch::written(*report) << "time cpu " << seconds_of(cpu) << " s wall "
                  << seconds_of(wall) << " s\n";
        if (wanted.assigned) std::cout << dispatch::written(report->proposals);
    }
    return report->sound() && std::cout.good() ? 0 : 1;
}

int run_generate_dispatch(const DispatchCommand& wanted) {
    dispatch::InstancePlan plan;
    auto rows = dispatch::instance_kinds();
    auto row = std::ranges::find(rows, wanted.kind, &dispatch::InstanceKindRow::name);
    if (row == rows.end()) {
        std::cerr << "--generate:\n";
        for (auto& each : rows) {
            std::cerr << "  " << each.name << ": " << each.zh << " / " << each.en << "\n";
        }
        return 2;
    }
    plan.kind = row->kind;
    plan.size = wanted.size;
    plan.people = wanted.people;
    plan.area_km2 = wanted.area_km2;
    plan.seed = wanted.seed;
    auto text = dispatch::generate_instance(plan);
    if (!text) return fail_dispatch(text.error(), false);
    std::cout << *text;
    return std::cout.flush().good() ? 0 : 1;
}

}  // namespace hezhi::app
