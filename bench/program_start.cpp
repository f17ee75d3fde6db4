#include "bench/program_start.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

#include "app/figures.h"
#include "bench/measure.h"
#include "bench/served.h"
#include "journal/verify.h"

extern char** environ;

namespace hezhi::bench {
namespace {

pid_t start_server(const app::Location& location, const std::string& office) {
    std::string keys = location.key_file.string();
    const char* words[] = {"build/release/hezhi",
                           "serve",
                           "--db",
                           location.db_url.c_str(),
                           "--keys",
                           keys.c_str(),
                           "--listen-office",
                           office.c_str(),
                           "--listen-public",
                           "127.0.0.1:0",
                           "--web",
                           "",
                           nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    if (posix_spawn(&child, words[0], &actions, nullptr, const_cast<char**>(words), environ) != 0) {
        throw std::runtime_error("cannot start build/release/hezhi");
    }
    posix_spawn_file_actions_destroy(&actions);
    return child;
}

}  // namespace

double seconds_to_first_answer(const app::Location& location, std::uint16_t port) {
    Stopwatch watch;
    pid_t child = start_server(location, "127.0.0.1:" + std::to_string(port));
    for (;;) {
        try {
            auto answer = ask(port, "GET", "/health");
            if (answer.status != 200 && answer.status != 503) throw std::runtime_error("no health");
            break;
        } catch (const std::runtime_error&) {
            if (::waitpid(child, nullptr, WNOHANG) == child) {
                throw std::logic_error("the server ended before it answered");
            }
            ::usleep(1000);
        }
    }
    double seconds = watch.seconds();
    ::kill(child, SIGTERM);
    ::waitpid(child, nullptr, 0);
    return seconds;
}

double verify_facts_per_second(const app::Location& location) {
    auto database = store::Database::open(location.db_url);
    auto db = database->connect(store::Access::read_only);
    journal::FigureTables tables(app::all_figures());
    auto packs = journal::published_packs(*db);
    Stopwatch watch;
    auto result = journal::verify(*db, tables, *packs);
    double rate = static_cast<double>(result.facts) / watch.seconds();
    std::printf("verify: %lld facts, %lld rows, %zu differences, %s facts/s\n",
                static_cast<long long>(result.facts), static_cast<long long>(result.rows),
                result.differences.size(), shown(rate, 0).c_str());
    for (const auto& difference : result.differences) {
        std::printf("  %s: %s, found %s\n", difference.place.c_str(), difference.expected.c_str(),
                    difference.found.c_str());
    }
    return rate;
}

}  // namespace hezhi::bench
