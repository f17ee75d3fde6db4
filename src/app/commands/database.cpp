// migrate, import areas, rebuild, export facts, figures, account.
#include <fstream>
#include <iostream>
#include <sstream>

#include "api/paging.h"
#include "app/commands/commands.h"
#include "crypto/key_file.h"
#include "crypto/password.h"
#include "crypto/token.h"
#include "domain/accounts/accounts.h"
#include "domain/reports/reports.h"
#include "domain/time_bank/time_bank.h"
#include "journal/facts_about.h"

namespace hezhi::app {
namespace {

// An installation for one command: no threads, a commit an action.
struct Opened {
    SystemClock clock;
    crypto::SystemRandom random;
    Installation installation;

    explicit Opened(const Location& location)
        : installation(location, clock, random, {.inline_actions_per_turn = 1}) {}
};

std::string made_password(crypto::Random& random) {
    return crypto::make_token(random).clear.substr(0, 16);
}

}  // namespace

int print_refusal(const Refusal& refusal) {
    std::cerr << refusal.row->zh << " " << refusal.row->en << "\n";
    for (const auto& field : refusal.fields) {
        std::cerr << "  " << field.field << ": " << field.expected_zh << " / " << field.expected_en
                  << "\n";
    }
    return 1;
}

int run_reset_password(const Location& location, const std::string& username) {
    Opened opened(location);
    std::string password = made_password(opened.random);
    std::string hash = crypto::hash_password(password, crypto::PasswordCost{});
    auto done = opened.installation.ledger().act<std::int64_t>([&](journal::Turn& turn) {
        return accounts::reset_password_by_command(turn, username, hash);
    });
    if (!done) return print_refusal(done.error());
    std::cout << "一次性密码 one-time password: " << password << "\n";
    return 0;
}

int run_migrate(const Location& location, crypto::SuiteName suite,
                const std::filesystem::path& pack, bool dry_run) {
    SystemClock clock;
    Migrated done = migrate(location, suite, pack, clock, !dry_run);
    for (const auto& name : done.migrations) std::cout << "migration " << name << "\n";
    for (const auto& name : done.figures) std::cout << "figure " << name << "\n";
    if (dry_run) std::cout << "(dry run: nothing was changed 试运行，未作更改)\n";
    if (done.key_file_made) {
        auto warning = crypto::key_file_warning(location.key_file);
        std::cout << "\n" << warning.zh << "\n" << warning.en << "\n";
    }
    return 0;
}

int run_import_areas(const Location& location, const std::vector<std::filesystem::path>& files) {
    Opened opened(location);
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        if (!in) throw CannotOpen("无法读取 cannot read " + file.string());
        std::ostringstream text;
        text << in.rdbuf();
        std::optional<areas::Imported> imported;
        auto done = opened.installation.ledger().act<std::int64_t>(
            [&](journal::Turn& turn) -> Result<std::int64_t> {
                auto result = areas::import_areas(turn, Actor{.via = Via::command}, text.str());
                if (!result) return std::unexpected(result.error());
                imported = *result;
                return result->added;
            });
        if (!done) return print_refusal(done.error());
        std::cout << file.filename().string() << ": 新增 added " << imported->added
                  << ", 已有 known " << imported->known << "\n";
    }
    return 0;
}

int run_rebuild(const Location& location) {
    rebuild_all(location);
    return 0;
}

int run_export_facts(const Location& location) {
    Opened opened(location);
    auto db = opened.installation.ledger().read();
    journal::each_fact_line(*db, [](std::string_view line) { std::cout << line << "\n"; });
    return std::cout.good() ? 0 : 1;
}

int run_export_ledger(const Location& location) {
    Opened opened(location);
    journal::Ledger& ledger = opened.installation.ledger();
    auto db = ledger.read();
    time_bank::write_hledger(*db, ledger.tables(),
                             [](std::string_view line) { std::cout << line << "\n"; });
    return std::cout.good() ? 0 : 1;
}

int run_figures(const Location& location, const FiguresCommand& wanted) {
    auto named = [](const std::string& day) {
        return day.empty() ? std::nullopt : std::optional(day);
    };
    auto days = api::days_of(named(wanted.from), named(wanted.until));
    if (!days) return print_refusal(days.error());
    Opened opened(location);
    journal::Ledger& ledger = opened.installation.ledger();
    auto areas = opened.installation.tree().now();
    const areas::AreaState* area = areas->find_code(wanted.area);
    if (!area) {
        std::cerr << "没有代码为 " << wanted.area << " 的区域。 There is no area with this code.\n";
        return 1;
    }
    Instant now = opened.clock.now();
    auto packs = ledger.packs();
    auto db = ledger.read();
    auto cockpit = reports::cockpit(*db, *areas, *area, *packs->in_force(now)->pack, now, *days);
    if (wanted.json) {
        std::cout << to_json(cockpit) << "\n";
        return 0;
    }
    std::cout << area->name << "\n";
    for (const auto& figure : cockpit.items) {
        std::cout << "  " << figure.zh << " " << figure.en << ": " << figure.numerator << " / "
                  << figure.denominator << "\n";
    }
    print_hotline_figures(*db, area->path, now);
    return 0;
}

int run_open_account(const Location& location, const NewAccount& account) {
    Opened opened(location);
    Installation& installation = opened.installation;
    accounts::AccountDesk desk{installation.people(), installation.tree(), installation.suite(),
                               installation.random(), ""};
    AreaId area_id;
    if (!account.area_code.empty()) {
        const auto areas = installation.tree().now();
        const auto* area = areas->find_code(account.area_code);
        if (!area) return print_refusal(areas::refusals::area_unknown);
        area_id = area->id;
    }
    std::string password = made_password(opened.random);
    std::string hash = crypto::hash_password(password, crypto::PasswordCost{});
    auto done = installation.ledger().act<std::int64_t>([&](journal::Turn& turn) {
        return accounts::open_staff(turn, desk, account.name, {account.username, hash, true},
                                    account.role, area_id);
    });
    if (!done) return print_refusal(done.error());
    std::cout << "用户名 user name: " << account.username
              << "\n初始密码 first password: " << password << "\n";
    return 0;
}

}  // namespace hezhi::app
