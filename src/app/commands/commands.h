// The commands of `hezhi`, one function each. They print to standard output, errors to standard
// error, and return the exit code: 0 done, 1 found something or failed, 2 misused.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/demo/demo.h"
#include "app/web.h"

namespace hezhi::app {

int run_serve(const Location& location, WebSettings settings,
              const std::filesystem::path& accounts_file);
int run_migrate(const Location& location, crypto::SuiteName suite,
                const std::filesystem::path& pack, bool dry_run);
int run_import_areas(const Location& location, const std::vector<std::filesystem::path>& files);
struct HotlineImport {
    std::filesystem::path file, map;
    std::filesystem::path refused;  // empty: beside the file
    bool dry_run = false;
};
// 0 only if every row is in, or would be.
int run_import_hotline(const Location& location, const HotlineImport& wanted);
int run_export_hotline_replies(const Location& location, const std::filesystem::path& map_file);
// A section of `figures`; nothing where there are no work orders.
void print_hotline_figures(store::Session& db, std::string_view path, Instant at);
int run_demo(const Location& location, const DemoSettings& settings,
             const std::filesystem::path& accounts_file);
// The officer's figures of one area, as the console shows them.
int run_figures(const Location& location, const std::string& area_code, bool as_json);
// 0 only without a difference.
int run_verify(const Location& location);
int run_rebuild(const Location& location);
int run_export_facts(const Location& location);
int run_describe(const std::string& what, bool as_json, const std::filesystem::path& pack);

// Opens a staff account with a first password, which is printed once; for the first administrators.
struct NewAccount {
    std::string name;
    std::string username;
    std::string role;
    std::string area_code;  // empty: the whole installation
};
// Gives an account a one-time password, which is printed; for administrators who forgot theirs.
int run_reset_password(const Location& location, const std::string& username);
int run_open_account(const Location& location, const NewAccount& account);

}  // namespace hezhi::app
