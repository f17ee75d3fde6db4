// hezhi: the command line.
#include <CLI/CLI.hpp>
#include <iostream>
#include <sstream>

#include "app/commands/commands.h"
#include "app/settings.h"
#include "app/version.h"
#include "domain/accounts/accounts.h"

namespace {

using namespace hezhi;
using namespace hezhi::app;

std::string says(std::string_view flag) {
    const SettingRow& row = setting(flag);
    return std::string(row.zh) + " | " + std::string(row.en);
}

CLI::Option* add_setting(CLI::App* command, const char* flag, std::string& value) {
    value = setting(flag).fallback;
    return command->add_option(flag, value, says(flag))->capture_default_str();
}

struct Options {
    std::string db, keys, suite, pack, accounts, what, area, until, listen_office, listen_public;
    std::string public_address, web, second_factor_roles;
    int io_threads = 1;
    bool trust_proxy = false, json = false, dry_run = false;
    std::vector<std::filesystem::path> files;
    DemoSettings demo;
    HotlineImport hotline;
    NewAccount account;

    Location location() const { return {db, keys}; }
    crypto::SuiteName suite_name() const {
        auto name = crypto::parse_suite_name(suite);
        if (!name) throw CannotOpen("--suite: gm 或 intl | gm or intl");
        return *name;
    }
};

// "a,b" → {a, b}; a role that does not exist stops the start.
std::vector<std::string> roles_in(const std::string& list) {
    std::vector<std::string> roles;
    std::istringstream parts(list);
    for (std::string role; std::getline(parts, role, ',');) {
        if (!accounts::find_role(role)) {
            throw CannotOpen("--second-factor-roles: 没有岗位 no such role: " + role);
        }
        roles.push_back(role);
    }
    return roles;
}

void add_location(CLI::App* command, Options& o) {
    add_setting(command, "--db", o.db);
    add_setting(command, "--keys", o.keys);
}

void add_serve(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* serve = app.add_subcommand("serve", "启动服务 | start the service");
    add_location(serve, o);
    add_setting(serve, "--listen-office", o.listen_office);
    add_setting(serve, "--listen-public", o.listen_public);
    add_setting(serve, "--public-address", o.public_address);
    add_setting(serve, "--web", o.web);
    add_setting(serve, "--second-factor-roles", o.second_factor_roles);
    serve->add_option("--io-threads", o.io_threads, says("--io-threads"))->check(CLI::Range(1, 64));
    serve->add_flag("--trust-proxy", o.trust_proxy, says("--trust-proxy"));
    serve->add_option("--accounts", o.accounts,
                      "演示账号文件 | file of demonstration accounts to print");
    serve->callback([&] {
        run = [&] {
            WebSettings settings{o.listen_office,
                                 o.listen_public,
                                 o.public_address,
                                 o.web,
                                 o.io_threads,
                                 o.trust_proxy,
                                 roles_in(o.second_factor_roles)};
            return run_serve(o.location(), settings, o.accounts);
        };
    });
}

void add_demo(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* demo = app.add_subcommand(
        "demo",
        "在新数据库中演示一个区的日常 | a made-up district lives some days in a new database");
    add_location(demo, o);
    add_setting(demo, "--suite", o.suite);
    add_setting(demo, "--pack", o.pack);
    demo->add_option("--area", o.demo.area_code, "区的代码 | code of the district");
    demo->add_option("--days", o.demo.days, "天数 | days")->check(CLI::Range(0, 3660));
    demo->add_option("--people", o.demo.people, "志愿者人数 | volunteers")
        ->check(CLI::Range(2, 100000));
    demo->add_option("--seed", o.demo.seed, "随机种子 | seed");
    demo->add_option("--until", o.until,
                     "最后一天 YYYY-MM-DD，缺省为昨天 | last day, default yesterday");
    demo->add_option("--divisions", o.files, "区划代码表 | division tables")->required();
    demo->add_option("--accounts", o.accounts, "演示账号写入此文件 | file for the accounts");
    demo->callback([&] {
        run = [&] {
            o.demo.until = day_of(SystemClock().now()) + -1;
            if (!o.until.empty()) {
                auto day = parse_day(o.until);
                if (!day) throw CannotOpen("--until: YYYY-MM-DD");
                o.demo.until = *day;
            }
            o.demo.divisions = o.files;
            o.demo.pack = o.pack;
            o.demo.suite = o.suite_name();
            return run_demo(o.location(), o.demo, o.accounts);
        };
    });
}

void add_hotline_commands(CLI::App* import, CLI::App* out, Options& o, std::function<int()>& run) {
    CLI::App* hotline = import->add_subcommand("hotline", "12345热线工单 | hotline work orders");
    add_location(hotline, o);
    hotline->add_option("file", o.hotline.file, "CSV")->required();
    hotline->add_option("--map", o.hotline.map, "列对照表 | map of the columns")->required();
    hotline->add_option("--refused", o.hotline.refused,
                        "退回的行写入此文件 | file for the refused rows");
    hotline->add_flag("--dry-run", o.hotline.dry_run,
                      "只显示将要做的 | only say what would be done");
    hotline->callback([&] { run = [&] { return run_import_hotline(o.location(), o.hotline); }; });

    CLI::App* replies = out->add_subcommand("hotline-replies",
                                            "12345热线工单的答复 | replies to hotline work orders");
    add_location(replies, o);
    replies->add_option("--map", o.hotline.map, "列对照表 | map of the columns")->required();
    replies->callback(
        [&] { run = [&] { return run_export_hotline_replies(o.location(), o.hotline.map); }; });
}

void add_database_commands(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* migrate = app.add_subcommand("migrate", "建库或升级 | make or upgrade the database");
    add_location(migrate, o);
    add_setting(migrate, "--suite", o.suite);
    add_setting(migrate, "--pack", o.pack);
    migrate->add_flag("--dry-run", o.dry_run, "只显示将要做的 | only say what would be done");
    migrate->callback([&] {
        run = [&] { return run_migrate(o.location(), o.suite_name(), o.pack, o.dry_run); };
    });

    CLI::App* import = app.add_subcommand("import", "导入 | import")->require_subcommand(1);
    CLI::App* areas = import->add_subcommand("areas", "区划代码表 | division tables");
    add_location(areas, o);
    areas->add_option("files", o.files, "CSV")->required();
    areas->callback([&] { run = [&] { return run_import_areas(o.location(), o.files); }; });

    CLI::App* verify = app.add_subcommand(
        "verify", "重算流水并逐行核对账目 | fold the journal again and compare every row");
    add_location(verify, o);
    verify->callback([&] { run = [&] { return run_verify(o.location()); }; });

    CLI::App* rebuild = app.add_subcommand("rebuild", "由流水重建账目 | rebuild the figures");
    add_location(rebuild, o);
    rebuild->callback([&] { run = [&] { return run_rebuild(o.location()); }; });

    CLI::App* out = app.add_subcommand("export", "导出 | export")->require_subcommand(1);
    CLI::App* facts = out->add_subcommand("facts", "流水，每行一条 | facts, one a line");
    add_location(facts, o);
    facts->callback([&] { run = [&] { return run_export_facts(o.location()); }; });

    add_hotline_commands(import, out, o, run);

    CLI::App* figures = app.add_subcommand("figures", "一个区域的指标 | the figures of an area");
    add_location(figures, o);
    figures->add_option("--area", o.area, "区域代码 | code of the area")->required();
    figures->add_flag("--json", o.json, "JSON");
    figures->callback([&] { run = [&] { return run_figures(o.location(), o.area, o.json); }; });
}

void add_account(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* account = app.add_subcommand(
        "account", "开通首批工作人员账号 | open a staff account, for the first administrators");
    add_location(account, o);
    account->add_option("--name", o.account.name, "姓名 | name")->required();
    account->add_option("--username", o.account.username, "用户名 | user name")->required();
    account->add_option("--role", o.account.role, "岗位 | role")->required();
    account->add_option("--area", o.account.area_code, "区域代码 | code of the area");
    account->callback([&] { run = [&] { return run_open_account(o.location(), o.account); }; });
}

void add_password(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* password = app.add_subcommand(
        "password", "重置密码，供管理员使用 | reset a password, for administrators who forgot it");
    add_location(password, o);
    password->add_option("--username", o.account.username, "用户名 | user name")->required();
    password->callback(
        [&] { run = [&] { return run_reset_password(o.location(), o.account.username); }; });
}

void add_describe(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* describe = app.add_subcommand("describe", "打印各类表格 | print the tables");
    describe
        ->add_option("what", o.what,
                     "states|permissions|routes|facts|settings|actions|catalogue|openapi")
        ->required();
    add_setting(describe, "--pack", o.pack);
    describe->add_flag("--json", o.json, "JSON");
    describe->callback([&] { run = [&] { return run_describe(o.what, o.json, o.pack); }; });
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("合志 Hezhi：专业社工＋志愿服务 | professional social work + volunteer service");
    app.set_version_flag("--version", std::string(version));
    app.require_subcommand(1);
    Options options;
    std::function<int()> run;
    add_serve(app, options, run);
    add_database_commands(app, options, run);
    add_demo(app, options, run);
    add_account(app, options, run);
    add_password(app, options, run);
    add_describe(app, options, run);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        int code = app.exit(error);
        return code == 0 ? 0 : 2;
    }
    try {
        return run();
    } catch (const std::exception& error) {
        std::cerr << "hezhi: " << error.what() << "\n";
        return 1;
    }
}
