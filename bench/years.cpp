// Reads, writes, start, verify and cockpit on a district that has lived one year, two, four, seven
// and ten: what grows with the years and what does not. Draws docs/images/growth.svg.
//
//   ./dev bench years [YEARS [PEOPLE]]     ten years of 500 people unless told
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <future>

#include "app/demo/demo.h"
#include "bench/growth_svg.h"
#include "bench/measure.h"
#include "bench/order_reads.h"
#include "bench/program_start.h"
#include "domain/accounts/accounts.h"
#include "domain/needs/needs.h"
#include "domain/reports/reports.h"

namespace hezhi::bench {
namespace {

constexpr int measured_years[] = {1, 2, 4, 7, 10};
constexpr int connections = 32, clients = 64, loops = 20, actions_a_loop = 2;
constexpr int cockpits = 15;

constexpr store::Query holder_of_role{
    "bench.holder_of_role", "SELECT min(account) AS account FROM figure_grants WHERE role = :role"};

struct Measured {
    int years = 0;
    double facts = 0, read_us = 0, writes = 0, start_s = 0, verify = 0, cockpit_ms = 0;
};

// The main file and its log, of a database in which no turn is open.
app::Location copy_of(const app::Location& location, const std::filesystem::path& folder) {
    std::string from = location.db_url.substr(std::string("sqlite:").size());
    std::string to = (folder / "copy.sqlite").string();
    for (const char* part : {"", "-wal"}) {
        if (!std::filesystem::exists(from + part)) continue;
        std::filesystem::copy_file(from + part, to + part,
                                   std::filesystem::copy_options::overwrite_existing);
    }
    return {"sqlite:" + to, location.key_file};
}

void remove_copy(const app::Location& copy) {
    std::string file = copy.db_url.substr(std::string("sqlite:").size());
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(file + part);
}

double read_microseconds(const app::Location& location) {
    Served ours([&](const auto& ready, const auto& wait) { serve_hezhi(location, ready, wait); });
    auto cookie = sign_in(ours.port());
    return cpu_per_request(ours, orders_of(ours.port(), cookie).targets, cookie, connections);
}

// Acknowledged actions a second: each client reports and closes needs of its own. Nobody takes them
// up between, since one person may not have so many at once.
double writes_per_second(const app::Location& location, const Clock& clock) {
    crypto::SystemRandom random;
    app::Installation installation(location, clock, random);
    journal::Ledger& ledger = installation.ledger();
    api::CallerPtr worker;
    AreaId community;
    {
        auto db = ledger.read();
        auto account =
            db->row(holder_of_role, {{"role", "social_worker"}})->id<AccountId>("account");
        worker = accounts::load_caller(*db, ledger.tables(), account);
        auto areas = installation.tree().now();
        community = areas->children(worker->roles.front().area).front();
    }
    auto act = [&](const std::function<Result<std::int64_t>(journal::Turn&)>& action) {
        auto done = ledger.act<std::int64_t>(action);
        if (!done) throw std::runtime_error("refused: " + std::string(done.error().row->code));
        return NeedId(*done);
    };
    const people::Register& people = installation.people();
    auto live = [&] {
        needs::ReportNeed report;
        report.area_id = community;
        report.what.value = "楼道堆放杂物，希望一起清理";
        report.contact = Text<0, 60>("王 19000012345");
        for (int i = 0; i < loops; ++i) {
            NeedId need = act([&](journal::Turn& turn) {
                return needs::report_need(turn, *worker, people, report, Channel::grid);
            });
            act([&](journal::Turn& turn) {
                return needs::close_need(turn, *worker, people, need, "已当场解决");
            });
        }
    };
    Stopwatch watch;
    std::vector<std::future<void>> living;
    for (int i = 0; i < clients; ++i) living.push_back(std::async(std::launch::async, live));
    for (auto& one : living) one.get();
    return clients * loops * actions_a_loop / watch.seconds();
}

double cockpit_milliseconds(const app::Location& location, const Clock& clock,
                            const std::string& area_code) {
    crypto::SystemRandom random;
    app::Installation installation(location, clock, random, {.inline_actions_per_turn = 1});
    auto areas = installation.tree().now();
    auto packs = installation.ledger().packs();
    auto db = installation.ledger().read();
    std::vector<double> ms;
    for (int i = 0; i < cockpits; ++i) {
        Stopwatch watch;
        auto shown_figures = reports::cockpit(*db, *areas, *areas->find_code(area_code),
                                              *packs->in_force(clock.now())->pack, clock.now());
        ms.push_back(1000 * watch.seconds());
        if (shown_figures.items.empty()) throw std::logic_error("no figures");
    }
    return median(ms);
}

double facts_in(const app::Location& location, const Clock& clock) {
    crypto::SystemRandom random;
    app::Installation installation(location, clock, random, {.inline_actions_per_turn = 1});
    return static_cast<double>(installation.ledger().head().position);
}

// The server is forked before this process has threads; the writer's end before it goes on.
Measured measure(const app::Location& lived, int years, Instant now,
                 const app::DemoSettings& settings, const std::filesystem::path& folder) {
    ManualClock clock(now);
    app::Location copy = copy_of(lived, folder);
    Measured m{.years = years, .facts = facts_in(copy, clock)};
    m.read_us = read_microseconds(copy);
    m.start_s = seconds_to_first_answer(copy, static_cast<std::uint16_t>(38090 + years));
    m.verify = verify_facts_per_second(copy);
    m.cockpit_ms = cockpit_milliseconds(copy, clock, settings.area_code);
    m.writes = writes_per_second(copy, clock);
    remove_copy(copy);
    std::printf(
        "%d years, %s facts: read %s us of CPU, write %s actions/s, start %s s, verify %s "
        "facts/s, cockpit %s ms\n",
        years, shown(m.facts, 0).c_str(), shown(m.read_us, 1).c_str(), shown(m.writes, 0).c_str(),
        shown(m.start_s, 3).c_str(), shown(m.verify, 0).c_str(), shown(m.cockpit_ms).c_str());
    std::fflush(stdout);
    return m;
}

void draw(const std::vector<Measured>& all, const app::DemoSettings& settings) {
    std::vector<double> places;
    std::vector<std::string> under;
    for (const Measured& m : all) {
        places.push_back(m.years);
        under.push_back(std::to_string(m.years) + (m.years == 1 ? " year\n" : " years\n") +
                        shown(m.facts / 1000, 0) + "k facts");
    }
    auto panel = [&](std::string title, int digits, double Measured::*value) {
        Panel made{std::move(title), digits, {}};
        for (const Measured& m : all) made.values.push_back(m.*value);
        return made;
    };
    draw_growth("docs/images/growth.svg",
                "A district of " + std::to_string(settings.people) + " volunteers over the years",
                places, under,
                {panel("server CPU to read an order, microseconds", 1, &Measured::read_us),
                 panel("acknowledged writes a second, 64 clients", 0, &Measured::writes),
                 panel("start to the first answer, seconds", 3, &Measured::start_s),
                 panel("verify, facts a second", 0, &Measured::verify),
                 panel("the district's cockpit, milliseconds", 1, &Measured::cockpit_ms)});
}

void run(int years, int people) {
    auto folder = fresh_folder("years");
    app::Location location{"sqlite:" + (folder / "hezhi.sqlite").string(), folder / "hezhi.keys"};
    app::DemoSettings settings;
    settings.days = 365 * years;
    settings.people = people;
    settings.until = day_of(SystemClock().now()) + -1;
    settings.divisions = {"assets/divisions/qingdao-huangdao.csv"};
    settings.pack = "packs/base";
    Day first = settings.until + (1 - settings.days);
    std::vector<Measured> all;
    Stopwatch watch;
    double measuring = 0;
    app::live(location, settings, [&](int day, int) {
        if (day % 365 != 0) return;
        if (day == 365)
            std::printf("the first year was lived in %s s\n", shown(watch.seconds(), 1).c_str());
        if (std::ranges::find(measured_years, day / 365) == std::end(measured_years)) return;
        Stopwatch apart;
        all.push_back(measure(location, day / 365, start_of(first + day), settings, folder));
        measuring += apart.seconds();
    });
    std::printf("%d years of %d people were lived in %s s\n", years, people,
                shown(watch.seconds() - measuring, 0).c_str());
    if (all.size() > 1) draw(all, settings);
}

}  // namespace
}  // namespace hezhi::bench

int main(int argc, char** argv) {
    hezhi::bench::run(argc > 1 ? std::atoi(argv[1]) : 10, argc > 2 ? std::atoi(argv[2]) : 500);
}
