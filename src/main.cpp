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
    std::string db, keys, erasures, suite, pack, accounts, what, until, listen_office,
        listen_public;
    std::string public_address, web, second_factor_roles;
    int io_threads = 1;
    bool trust_proxy = false, json = false, dry_run = false;
    std::vector<std::filesystem::path> files;
    DemoSettings demo;
    HotlineImport hotline;
    RosterImport roster;
    NewAccount account;
    DispatchCommand dispatch;
    EvaluateCommand evaluate;
    FiguresCommand figures;
    BackTestCommand backtest;
    std::filesystem::path backup, proof, public_key;
    std::string seal_key, format = "hledger";
    VerifyCommand verify;
    std::int64_t fact = 0;
    bool drilled = false, lost = false, content = false;

    Location location() const { return {db, keys, erasures, seal_key}; }
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

void add_backup(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* backup = app.add_subcommand(
        "backup", "备份，服务运行时也可 | make a backup, also while the service runs");
    add_location(backup, o);
    add_setting(backup, "--erasures", o.erasures);
    backup->add_option("--to", o.backup, "新文件夹 | a new folder")->required();
    backup->add_flag("--drill", o.drilled,
                     "随即恢复到临时库并核对 | restore it into a passing database and verify that");
    backup->callback([&] { run = [&] { return run_backup(o.location(), o.backup, o.drilled); }; });

    CLI::App* restore = app.add_subcommand(
        "restore", "由备份建库 | make a new database from a backup, on either engine");
    add_location(restore, o);
    add_setting(restore, "--seal-key", o.seal_key);
    restore->add_option("--from", o.backup, "备份文件夹 | folder of the backup")->required();
    restore
        ->add_option(
            "--erasures", o.erasures,
            "备份之后清除了谁：清除名单、更新的备份文件夹、仍可读的数据库，或 lost | who was "
            "erased after the backup: the list of erasures, a newer backup's folder, a "
            "database that can still be read, or the word lost")
        ->required();
    restore->callback([&] {
        run = [&] { return run_restore({o.db, o.keys, {}, o.seal_key}, o.backup, o.erasures); };
    });
}

void add_keys(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* keys = app.add_subcommand("keys", "密钥 | keys")->require_subcommand(1);
    CLI::App* rotate = keys->add_subcommand(
        "rotate", "更换主密钥，须先停止服务 | change the master key; stop the service first");
    add_location(rotate, o);
    rotate->callback([&] { run = [&] { return run_rotate_keys(o.location()); }; });

    CLI::App* seal = keys->add_subcommand(
        "seal", "更换封印流水的签名密钥 | change the key that seals the journal");
    add_location(seal, o);
    add_setting(seal, "--seal-key", o.seal_key);
    seal->add_flag("--lost", o.lost, "旧密钥已丢失 | the old key is lost and cannot vouch for it");
    seal->callback([&] { run = [&] { return run_change_seal_key(o.location(), o.lost); }; });
}

void add_proofs(CLI::App& app, CLI::App* out, Options& o, std::function<int()>& run) {
    CLI::App* head = out->add_subcommand(
        "head", "签名的流水末端，另存备查 | the signed end of the journal, to be compared later");
    add_location(head, o);
    add_setting(head, "--seal-key", o.seal_key);
    head->callback([&] { run = [&] { return run_export_head(o.location()); }; });

    CLI::App* keys = out->add_subcommand("seal-keys", "封印的公钥 | public keys of the seals");
    add_location(keys, o);
    keys->callback([&] { run = [&] { return run_export_seal_keys(o.location()); }; });

    CLI::App* prove =
        app.add_subcommand("prove", "一条流水已封印的证明 | the proof that a fact is sealed");
    add_location(prove, o);
    prove->add_option("--fact", o.fact, "流水号 | position")->required();
    prove->add_flag("--content", o.content,
                    "证明的内容（姓名、证件号码、各条记录）也在文件中，留有记录 | with what the "
                    "certificate says: name, document number, records; this is put on record");
    prove->callback([&] { run = [&] { return run_prove(o.location(), o.fact, o.content); }; });

    CLI::App* check = app.add_subcommand(
        "check-proof", "离线核对证明 | check a proof; needs no database and no network");
    check->add_option("proof", o.proof, "证明文件 | the proof")->required();
    check->add_option("--public-key", o.public_key, "公钥文件 | public keys, PEM")->required();
    check->callback([&] { run = [&] { return run_check_proof(o.proof, o.public_key); }; });
}

void add_serve(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* serve = app.add_subcommand("serve", "启动服务 | start the service");
    add_location(serve, o);
    add_setting(serve, "--erasures", o.erasures);
    add_setting(serve, "--seal-key", o.seal_key);
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
    CLI::Option* suite = add_setting(demo, "--suite", o.suite);
    add_setting(demo, "--pack", o.pack);
    CLI::Option* area =
        demo->add_option("--area", o.demo.area_code, "区的代码 | code of the district");
    demo->add_option("--days", o.demo.days, "天数 | days")->check(CLI::Range(0, 3660));
    demo->add_option("--people", o.demo.people, "志愿者人数 | volunteers")
        ->check(CLI::Range(2, 100000));
    demo->add_option("--seed", o.demo.seed, "随机种子 | seed");
    demo->add_option("--until", o.until,
                     "最后一天 YYYY-MM-DD，缺省为昨天 | last day, default yesterday");
    CLI::Option* divisions =
        demo->add_option("--divisions", o.files, "区划代码表 | division tables");
    demo->add_option("--accounts", o.accounts, "演示账号写入此文件 | file for the accounts");
    demo->callback([&, suite, area, divisions] {
        run = [&, suite, area, divisions] {
            o.demo.pack = demo_pack(o.pack);
            const DemoPlace* place = demo_place(o.demo.pack);
            if (!place && !divisions->count()) throw CannotOpen("--divisions");
            if (place && !area->count()) o.demo.area_code = place->area_code;
            if (place && !divisions->count()) o.files = {place->divisions};
            o.demo.suite = place && !suite->count() ? place->suite : o.suite_name();
            o.demo.until = day_of(SystemClock().now()) + -1;
            if (!o.until.empty()) {
                auto day = parse_day(o.until);
                if (!day) throw CannotOpen("--until: YYYY-MM-DD");
                o.demo.until = *day;
            }
            o.demo.divisions = o.files;
            return run_demo(o.location(), o.demo, o.accounts);
        };
    });
}

void add_hotline_commands(CLI::App* import, CLI::App* out, Options& o, std::function<int()>& run) {
    CLI::App* hotline = import->add_subcommand("hotline", "热线工单 | hotline work orders");
    add_location(hotline, o);
    hotline->add_option("file", o.hotline.file, "CSV")->required();
    hotline->add_option("--map", o.hotline.map, "列对照表 | map of the columns")->required();
    hotline->add_option("--refused", o.hotline.refused,
                        "退回的行写入此文件 | file for the refused rows");
    hotline->add_flag("--dry-run", o.hotline.dry_run,
                      "只显示将要做的 | only say what would be done");
    hotline->callback([&] { run = [&] { return run_import_hotline(o.location(), o.hotline); }; });

    CLI::App* replies =
        out->add_subcommand("hotline-replies", "热线工单的答复 | replies to hotline work orders");
    add_location(replies, o);
    replies->add_option("--map", o.hotline.map, "列对照表 | map of the columns")->required();
    replies->callback(
        [&] { run = [&] { return run_export_hotline_replies(o.location(), o.hotline.map); }; });
}

void add_database_commands(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* migrate = app.add_subcommand("migrate", "建库或升级 | make or upgrade the database");
    add_location(migrate, o);
    add_setting(migrate, "--seal-key", o.seal_key);
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

    CLI::App* roster = import->add_subcommand("roster", "队伍名单 | list of a team's people");
    add_location(roster, o);
    roster->add_option("file", o.roster.file, "CSV")->required();
    roster->add_option("--team", o.roster.team, "队伍编号 | number of the team")->required();
    roster->add_option("--refused", o.roster.refused,
                       "退回的行写入此文件 | file for the refused rows");
    roster->add_flag("--dry-run", o.roster.dry_run, "只显示将要做的 | only say what would be done");
    roster->callback([&] { run = [&] { return run_import_roster(o.location(), o.roster); }; });

    CLI::App* verify = app.add_subcommand(
        "verify", "重算流水并逐行核对账目 | fold the journal again and compare every row");
    add_location(verify, o);
    add_setting(verify, "--seal-key", o.seal_key);
    verify->add_option("--head", o.verify.heads,
                       "此前导出的流水末端 | heads that were exported earlier");
    verify->add_option(
        "--public-key", o.verify.public_keys,
        "封印的公钥，缺省取自封印密钥文件 | public keys of the seals; default: that of the "
        "seal key file");
    verify->callback([&] { run = [&] { return run_verify(o.location(), o.verify); }; });

    CLI::App* rebuild = app.add_subcommand("rebuild", "由流水重建账目 | rebuild the figures");
    add_location(rebuild, o);
    rebuild->callback([&] { run = [&] { return run_rebuild(o.location()); }; });

    CLI::App* out = app.add_subcommand("export", "导出 | export")->require_subcommand(1);
    CLI::App* facts = out->add_subcommand("facts", "流水，每行一条 | facts, one a line");
    add_location(facts, o);
    facts->callback([&] { run = [&] { return run_export_facts(o.location()); }; });

    CLI::App* transfer =
        import->add_subcommand("transfer", "外区转来的时间 | time that another district sent");
    add_location(transfer, o);
    transfer->add_option("proof", o.proof, "对方的证明文件 | the other district's proof")
        ->required();
    transfer->add_option("--public-key", o.public_key, "对方的公钥 | its public key, PEM")
        ->required();
    transfer->add_option("--person", o.fact, "接收人的编号 | number of the person here")
        ->required();
    transfer->callback([&] {
        run = [&] { return run_import_transfer(o.location(), o.proof, o.public_key, o.fact); };
    });

    CLI::App* ledger = out->add_subcommand(
        "ledger", "时间银行账簿 | the time bank as a plain-text accounting journal");
    add_location(ledger, o);
    ledger->add_option("--format", o.format, "hledger")->check(CLI::IsMember({"hledger"}));
    ledger->callback([&] { run = [&] { return run_export_ledger(o.location()); }; });

    add_hotline_commands(import, out, o, run);
    add_proofs(app, out, o, run);

    CLI::App* figures = app.add_subcommand("figures", "一个区域的指标 | the figures of an area");
    add_location(figures, o);
    figures->add_option("--area", o.figures.area, "区域代码 | code of the area")->required();
    figures->add_option("--from", o.figures.from, "第一天 YYYY-MM-DD | first day");
    figures->add_option("--to", o.figures.until, "最后一天 YYYY-MM-DD | last day");
    figures->add_flag("--json", o.figures.json, "JSON");
    figures->callback([&] { run = [&] { return run_figures(o.location(), o.figures); }; });
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

void add_dispatch(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* dispatch = app.add_subcommand(
        "dispatch", "求解一个派单算例 | solve an assignment problem from a file");
    auto& its = o.dispatch;
    auto* what = dispatch->add_option_group("what")->require_option(1);
    what->add_option("--instance", its.instance,
                     "算例文件，- 为标准输入 | instance file, - is standard input");
    what->add_option("--generate", its.kind,
                     "生成算例 | make one: city|tight|matrix|matrix-wide|machol-wien");
    dispatch->add_flag("--json", its.json, "JSON");
    dispatch->add_flag("--assigned", its.assigned, "列出每单的人 | print who serves each order");
    dispatch->add_flag("--every-pair", its.every_pair,
                       "逐对核对，不论多少 | check every pair, however many");
    dispatch->add_option("--threads", its.threads, "线程数 | threads")->check(CLI::Range(1, 64));
    dispatch->add_option("--size", its.size, "订单数或方阵行数 | orders, or rows of a matrix");
    dispatch->add_option("--people", its.people, "人数 | people");
    dispatch->add_option("--area-km2", its.area_km2, "城市面积 | area of the city");
    dispatch->add_option("--seed", its.seed, "随机种子 | seed");
    dispatch->callback([&o, &run] {
        run = [&its = o.dispatch] {
            return its.kind.empty() ? run_dispatch(its) : run_generate_dispatch(its);
        };
    });
}

void add_evaluate(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* evaluate = app.add_subcommand(
        "evaluate",
        "按规则包由流水文件算出账目，不需数据库 | the figures of a file of facts under a pack; "
        "needs no database");
    auto& its = o.evaluate;
    evaluate->add_option("--pack", its.pack, "规则包文件夹 | folder of the pack")->required();
    evaluate
        ->add_option("--facts", its.facts,
                     "export facts 的输出，- 为标准输入 | what export facts prints, - is standard "
                     "input")
        ->required();
    evaluate->add_option("--at", its.at,
                         "截至这一天 YYYY-MM-DD，缺省为全部 | up to this day, default all");
    evaluate->add_option("--threads", its.threads, "线程数 | threads")->check(CLI::Range(1, 64));
    evaluate->callback([&] { run = [&] { return run_evaluate(o.evaluate); }; });
}

void add_backtest(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* test = app.add_subcommand(
        "backtest",
        "用以前的流水比较两个规则包 | the history under two packs: who gains, who loses");
    add_location(test, o);
    auto& its = o.backtest;
    test->add_option("--pack", its.pack, "新规则包文件夹 | folder of the new pack")->required();
    test->add_option("--against", its.against,
                     "旧规则包文件夹，缺省为现行的 | folder of the old pack, default the one in "
                     "force");
    test->add_option("--from", its.from, "第一天 YYYY-MM-DD | first day")->required();
    test->add_option("--to", its.until, "最后一天 YYYY-MM-DD | last day")->required();
    test->add_option("--threads", its.threads, "线程数 | threads")->check(CLI::Range(1, 64));
    test->add_flag("--json", its.json, "JSON");
    test->callback([&] { run = [&] { return run_backtest(o.location(), o.backtest); }; });
}

void add_describe(CLI::App& app, Options& o, std::function<int()>& run) {
    CLI::App* describe = app.add_subcommand("describe", "打印各类表格 | print the tables");
    describe
        ->add_option("what", o.what,
                     "states|permissions|routes|facts|figures|settings|actions|catalogue|openapi")
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
    add_backup(app, options, run);
    add_keys(app, options, run);
    add_demo(app, options, run);
    add_account(app, options, run);
    add_password(app, options, run);
    add_dispatch(app, options, run);
    add_evaluate(app, options, run);
    add_backtest(app, options, run);
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
