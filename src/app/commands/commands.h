// The commands of `hezhi`, one function each. They print to standard output, errors to standard
// error, and return the exit code: 0 done, 1 found something or failed, 2 misused.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/demo/demo.h"
#include "app/web.h"

namespace hezhi::app {

// Why something was not done, with the fields that are wrong. Returns 1.
int print_refusal(const Refusal& refusal);

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
struct RosterImport {
    std::filesystem::path file;
    std::filesystem::path refused;  // empty: beside the file
    std::int64_t team = 0;
    bool dry_run = false;
};
// A list of people for a team. 0 only if every row is in, or would be.
int run_import_roster(const Location& location, const RosterImport& wanted);
int run_demo(const Location& location, const DemoSettings& settings,
             const std::filesystem::path& accounts_file);
struct FiguresCommand {
    std::string area;   // its code
    std::string from;   // the first day, 2026-03-05; empty: from the beginning
    std::string until;  // the last day, which counts; empty: without an end
    bool json = false;
};
// The officer's figures of one area, as the console shows them.
int run_figures(const Location& location, const FiguresCommand& wanted);
struct VerifyCommand {
    std::vector<std::filesystem::path> heads;        // exported earlier
    std::vector<std::filesystem::path> public_keys;  // of the seals; else that of the seal key file
};
// 0 only without a difference.
int run_verify(const Location& location, const VerifyCommand& wanted);
// Seals what is not sealed yet and prints the signed end of the journal.
int run_export_head(const Location& location);
int run_export_seal_keys(const Location& location);
// That a fact is in a sealed block, as JSON; `with_content`: and what the certificate says that it
// issued, which is put on record. And the check of both, which needs no database.
int run_prove(const Location& location, std::int64_t position, bool with_content);
int run_check_proof(const std::filesystem::path& proof, const std::filesystem::path& public_key);
// A new signing key. `lost`: the old one is gone and cannot vouch for it.
int run_change_seal_key(const Location& location, bool lost);
int run_rebuild(const Location& location);
// The pack in a folder. Throws CannotOpen with all its mistakes.
std::shared_ptr<const rules::Pack> pack_in(const std::filesystem::path& folder);
struct EvaluateCommand {
    std::filesystem::path pack, facts;  // facts "-": standard input
    std::string at;                     // YYYY-MM-DD; empty: all facts
    int threads = 1;
};
// Prints the figures that follow from the facts under the pack. 1 if a line is no fact.
int run_evaluate(const EvaluateCommand& wanted);
struct BackTestCommand {
    std::filesystem::path pack, against;  // against empty: the pack in force
    std::string from, until;              // YYYY-MM-DD, both whole
    int threads = 1;
    bool json = false;
};
// Keeps the run and prints who would gain and who would lose. 130 if it was cancelled.
int run_backtest(const Location& location, const BackTestCommand& wanted);
int run_export_facts(const Location& location);
// Takes in the proof of a credit.sent of another district, once, for one of our people.
int run_import_transfer(const Location& location, const std::filesystem::path& proof,
                        const std::filesystem::path& public_key, std::int64_t person);
// The time bank as a plain-text accounting journal.
int run_export_ledger(const Location& location);
int run_describe(const std::string& what, bool as_json, const std::filesystem::path& pack);

// Writes a backup into a new folder; with `drilled` it is restored and checked as a test.
// 0 only if that found nothing.
int run_backup(const Location& location, const std::filesystem::path& folder, bool drilled);
// `erasures`: see read_erasures(). 0 only if the restored database verifies.
int run_restore(const Location& location, const std::filesystem::path& folder,
                const std::string& erasures);

// A new master key; goes on with a change that was cut off.
int run_rotate_keys(const Location& location);

// An assignment problem from a file, or a sample of one. Without a database.
struct DispatchCommand {
    std::filesystem::path instance;  // "-": standard input
    std::string kind;                // of the sample
    std::int32_t size = 1000, people = 0, area_km2 = 0;
    std::uint64_t seed = 1;
    int threads = 1;
    bool json = false, assigned = false, every_pair = false;
};
// 0 only if the optimum is proven; 130 if it was cancelled.
int run_dispatch(const DispatchCommand& wanted);
int run_generate_dispatch(const DispatchCommand& wanted);

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
