#include "bench/district.h"

#include <thread>

#include "app/figures.h"
#include "crypto/key_file.h"
#include "domain/accounts/accounts.h"
#include "facts/standing_facts.h"

namespace hezhi::bench {
namespace {

using std::chrono::hours;

// 2026-03-05T09:00:00+08:00, a Thursday. The clock stands still: the bench is about the writer.
constexpr Instant morning{1772672400000};

constexpr store::Query staff_accounts{
    "bench.staff_accounts",
    "SELECT account FROM figure_grants WHERE role = :role ORDER BY account"};
constexpr store::Query communities{
    "bench.communities", "SELECT id FROM figure_areas WHERE kind = 'community' ORDER BY id"};

std::int64_t must(const Result<std::int64_t>& result) {
    if (!result) throw std::runtime_error("refused: " + std::string(result.error().row->code));
    return *result;
}

crypto::MasterKeys keys_of(const app::Location& location) {
    auto keys = crypto::load_key_file(location.key_file);
    if (!keys) throw std::runtime_error("there is no key file");
    return std::move(*keys);
}

}  // namespace

void make_district(const app::Location& location) {
    ManualClock clock(morning);
    crypto::SystemRandom random;
    app::migrate(location, crypto::SuiteName::gm, "packs/base", clock, true);
    app::Installation installation(location, clock, random, {.inline_actions_per_turn = 1},
                                   {.durable = false});
    accounts::AccountDesk desk{installation.people(), installation.tree(), installation.suite(),
                               installation.random(), ""};
    auto act = [&](std::function<Result<std::int64_t>(journal::Turn&)> action) {
        return must(installation.ledger().act<std::int64_t>(action));
    };
    const Actor command{.via = Via::command};
    auto area = [&](AreaId parent, std::string_view kind, std::string_view name) {
        return AreaId(act([&](journal::Turn& turn) {
            return areas::add_area(turn, command, parent, kind, name, std::nullopt);
        }));
    };
    AreaId district = area({}, "district", "黄岛区");
    AreaId subdistrict = area(district, "subdistrict", "薛家岛街道");
    AreaId community = area(subdistrict, "community", "顾家岛社区居委会");
    int number = 0;
    auto staff = [&](std::string_view role, AreaId at) {
        std::string name = "staff" + std::to_string(++number);
        return AccountId(act([&](journal::Turn& turn) {
            return accounts::open_staff(turn, desk, name, {name, "no hash"}, role, at);
        }));
    };
    staff("grid_worker", community);
    staff("street_staff", subdistrict);
    std::string path = installation.tree().now()->find(community)->path;
    for (int i = 0; i <= clients_max; ++i) {
        AccountId account = staff("social_worker", i == 0 ? subdistrict : community);
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            Subjects about{{"person", turn.load<accounts::AccountFigure>(account)->person.value}};
            Place place{community, path};
            turn.append(
                draft(CredentialRegistered{"social_worker"}, command, place, about, turn.now()));
            return turn.append(draft(RecordChecked{turn.now() + hours(24 * 3650)}, command, place,
                                     about, turn.now()));
        });
    }
}

District::District(store::Database& database, const app::Location& location,
                   journal::LedgerOptions options)
    : clock_(morning),
      suite_(std::make_unique<crypto::Suite>(crypto::SuiteName::gm, keys_of(location))),
      ledger_(database, app::all_figures(), clock_, options),
      tree_(ledger_),
      people_(*suite_, random_),
      desk_{people_, tree_, *suite_, ""},
      first_position_(ledger_.head().position) {
    auto db = ledger_.read();
    auto callers = [&](std::string_view role) {
        std::vector<AccountId> accounts;
        db->each(staff_accounts, {{"role", role}},
                 [&](const store::Row& row) { accounts.push_back(row.id<AccountId>("account")); });
        std::vector<api::CallerPtr> made;
        for (AccountId account : accounts) {
            made.push_back(accounts::load_caller(*db, ledger_.tables(), account));
        }
        return made;
    };
    community_ = db->row(communities)->id<AreaId>("id");
    grid_worker_ = callers("grid_worker").at(0);
    street_staff_ = callers("street_staff").at(0);
    professionals_ = callers("social_worker");
    social_worker_ = professionals_.at(0);
    professionals_.erase(professionals_.begin());
}

std::int64_t District::live(int clients, int loops) {
    std::atomic<bool> failed = false;
    {
        std::vector<std::jthread> threads;
        for (int client = 0; client < clients; ++client) {
            threads.emplace_back([this, client, loops, &failed] {
                try {
                    for (int loop = 0; loop < loops && !failed; ++loop) go_through(client, loop);
                } catch (const std::exception& error) {
                    failed = true;
                    std::fprintf(stderr, "client %d: %s\n", client, error.what());
                }
            });
        }
    }
    if (failed) throw std::runtime_error("a client failed");
    return std::int64_t{clients} * loops * actions_per_loop;
}

std::int64_t District::act(std::function<Result<std::int64_t>(journal::Turn&)> action) {
    return must(ledger_.act<std::int64_t>(action));
}

void District::go_through(int client, int loop) {
    const api::Caller& worker = *professionals_.at(static_cast<std::size_t>(client));
    needs::ReportNeed report;
    report.area_id = community_;
    report.what.value = "初二学生近来不愿上学，家长求助";
    report.contact = Text<0, 60>("王 19000012345");
    report.consent = true;
    NeedId need(act([&](journal::Turn& turn) {
        return needs::report_need(turn, *grid_worker_, people_, report, Channel::grid);
    }));
    orders::OpenOrder open;
    open.category.value = "adolescent_counselling";
    open.contacted = true;
    // Each order of a client has its own window, four a day, none of them at night.
    open.starts_at = morning + hours(24 * (1 + loop / 4) + 3 * (loop % 4));
    open.ends_at = open.starts_at + hours(2);
    OrderId order(act([&](journal::Turn& turn) {
        return orders::open_order(turn, *social_worker_, desk_, need, open);
    }));
    act([&](journal::Turn& turn) {
        return orders::offer_order(turn, *street_staff_, desk_, order, {{worker.person}});
    });
    act([&](journal::Turn& turn) { return orders::accept_order(turn, worker, order); });
    std::string code = orders::service_code(*suite_, order);
    act([&](journal::Turn& turn) {
        return orders::check_in_order(turn, worker, desk_, order, code, "改了时间");
    });
    act([&](journal::Turn& turn) {
        return orders::check_out_order(turn, worker, desk_, order, code, "改了时间");
    });
    const api::Caller& requester = *api::link_caller();
    act([&](journal::Turn& turn) { return orders::confirm_order(turn, requester, order); });
    orders::ReviewOrder review;
    review.satisfaction.value = 5;
    act([&](journal::Turn& turn) {
        return orders::review_order(turn, requester, desk_, order, review);
    });
}

}  // namespace hezhi::bench
