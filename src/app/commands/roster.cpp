// import roster.
#include <csignal>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "app/commands/commands.h"
#include "domain/organizations/roster_file.h"

namespace hezhi::app {
namespace {

using organizations::RosterLine;
using organizations::RosterOutcome;
using organizations::RosterResult;

constexpr std::size_t roster_bytes_max = 32 << 20;

volatile std::sig_atomic_t roster_stop_wanted = 0;

std::string roster_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw CannotOpen("无法读取 cannot read " + file.string());
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (bytes.view().size() > roster_bytes_max) {
        throw CannotOpen("文件过大 too large: " + file.string());
    }
    auto text = decode_file(bytes.view());
    if (!text) throw CannotOpen("既非 UTF-8 也非 GB18030 neither UTF-8 nor GB18030");
    return std::move(*text);
}

RosterResult unreadable(const RosterLine& line) {
    const RefusalRow& row = organizations::refusals::roster_row_unreadable;
    return {line.row.row, RosterOutcome::refused, std::string(row.code), std::string(row.zh),
            std::string(row.en)};
}

// One list on its way in, a piece a commit.
class RosterImporting {
  public:
    RosterImporting(Installation& installation, const Clock& clock, OrganizationId team,
                    bool dry_run)
        : installation_(installation),
          clock_(clock),
          desk_{installation.people(), installation.tree(), installation.suite(), {}},
          team_(team),
          dry_run_(dry_run) {}

    // Nothing if there is no such team.
    bool known_team() { return team_state().has_value(); }

    // False if it was told to stop. What was committed until then is in.
    bool run(const std::vector<RosterLine>& lines) {
        for (std::size_t from = 0; from < lines.size(); from += organizations::roster_rows_max) {
            if (roster_stop_wanted) return false;
            auto count = std::min(organizations::roster_rows_max, lines.size() - from);
            piece(std::span(lines).subspan(from, count));
            std::cerr << "\r" << results_.size() << " / " << lines.size() << std::flush;
        }
        if (!lines.empty()) std::cerr << "\n";
        return true;
    }
    const std::vector<RosterResult>& results() const { return results_; }

  private:
    std::optional<organizations::OrganizationState> team_state() {
        auto db = installation_.ledger().read();
        const auto& figure = journal::figure<organizations::OrganizationFigure>();
        auto found = installation_.ledger().tables().of(figure).load(*db, team_.value);
        if (!found) return std::nullopt;
        return *static_cast<organizations::OrganizationState*>(found.get());
    }

    void piece(std::span<const RosterLine> lines) {
        organizations::ImportRoster input;
        for (const auto& line : lines) {
            if (line.readable) {
                input.rows.push_back(line.row);
            } else {
                results_.push_back(unreadable(line));
            }
        }
        if (input.rows.empty()) return;
        auto done = dry_run_ ? judge(input) : write(input);
        for (auto& result : done.results) results_.push_back(std::move(result));
    }

    organizations::RosterResults judge(const organizations::ImportRoster& input) {
        auto packs = installation_.ledger().packs();
        Instant now = clock_.now();
        auto team = team_state();
        auto db = installation_.ledger().read();
        auto done = organizations::judge_roster(*db, *packs->in_force(now)->pack, now, desk_,
                                                team.value(), input);
        // A row that stands twice in the list would be known the second time.
        for (std::size_t i = 0; i < done.results.size(); ++i) {
            const auto& row = input.rows[i];
            std::string number = row.id_number ? row.id_number->value : "";
            std::string phone = row.phone ? row.phone->value : "";
            if (number.empty() && phone.empty()) continue;
            bool first = seen_.insert(row.name.value + "\n" + number + "\n" + phone).second;
            auto& outcome = done.results[i].outcome;
            if (!first && outcome == RosterOutcome::invited) outcome = RosterOutcome::known;
        }
        return done;
    }

    organizations::RosterResults write(const organizations::ImportRoster& input) {
        auto& ledger = installation_.ledger();
        auto position = ledger.act<std::int64_t>([&](journal::Turn& turn) {
            const auto* team = turn.load<organizations::OrganizationFigure>(team_);
            HEZHI_ASSERT(team != nullptr);
            organizations::OrganizationState state = *team;
            return organizations::import_roster(turn, Actor{.via = Via::command}, desk_, state,
                                                input);
        });
        HEZHI_ASSERT(position.has_value());  // a piece is never empty nor too long
        ledger.finish_turn();
        auto db = ledger.read();
        auto text = desk_.people.read_text(*db, *position, organizations::text_results);
        HEZHI_ASSERT(text.has_value());
        return from_json<organizations::RosterResults>(*text, hezhi::Reading::stored).value();
    }

    Installation& installation_;
    const Clock& clock_;
    organizations::OrganizationDesk desk_;
    OrganizationId team_;
    bool dry_run_;
    std::set<std::string> seen_;
    std::vector<RosterResult> results_;
};

// The rows as they came, with the reasons beside them: mended, the file can be imported again.
void write_handed_back(const std::filesystem::path& path, const organizations::RosterFile& file,
                       const std::vector<RosterResult>& results) {
    std::map<std::int64_t, const RosterResult*> refused;
    for (const auto& result : results) {
        if (result.outcome == RosterOutcome::refused) refused[result.row] = &result;
    }
    std::ofstream out(path, std::ios::binary);
    auto cells = file.heading.cells;
    cells.insert(cells.end(), {"退回原因", "reason"});
    out << "\xEF\xBB\xBF" << csv_line(cells);
    for (const auto& line : file.lines) {
        auto found = refused.find(line.row.row);
        if (found == refused.end()) continue;
        cells = line.raw.cells;
        for (auto& cell : cells) cell = guard_formula(std::move(cell));
        cells.resize(std::max(cells.size(), file.heading.cells.size()));
        cells.insert(cells.end(), {found->second->zh.value_or(""), found->second->en.value_or("")});
        out << csv_line(cells);
    }
    out.flush();
    if (!out.good()) throw CannotOpen("无法写入 cannot write " + path.string());
}

// Returns how many rows were handed back. Names and numbers are not printed: lines are.
std::int64_t print_roster(const std::vector<RosterResult>& results, std::size_t rows,
                          bool dry_run) {
    std::int64_t invited = 0, known = 0, refused = 0;
    std::map<std::string, std::vector<const RosterResult*>> reasons;
    for (const auto& result : results) {
        invited += result.outcome == RosterOutcome::invited;
        known += result.outcome == RosterOutcome::known;
        if (result.outcome != RosterOutcome::refused) continue;
        ++refused;
        reasons[result.code.value_or("")].push_back(&result);
    }
    std::cout << (dry_run ? "试运行，未作更改 dry run, nothing was changed\n" : "")
              << "行 rows: " << rows << "\n邀请 invited: " << invited << "\n已有 known: " << known
              << "\n退回 refused: " << refused << "\n";
    for (const auto& [code, rows_of] : reasons) {
        std::cout << "  " << code << " " << rows_of.size() << ": "
                  << rows_of.front()->zh.value_or("") << " " << rows_of.front()->en.value_or("")
                  << "; 行 lines";
        for (const auto* result : rows_of) std::cout << " " << result->row;
        std::cout << "\n";
    }
    return refused;
}

}  // namespace

int run_import_roster(const Location& location, const RosterImport& wanted) {
    auto file = organizations::read_roster(roster_text(wanted.file));
    if (!file) {
        std::cerr << file.error().row->zh << " " << file.error().row->en << "\n";
        return 1;
    }
    SystemClock clock;
    crypto::SystemRandom random;
    Installation installation(location, clock, random, {.inline_actions_per_turn = 1});
    RosterImporting import(installation, clock, OrganizationId(wanted.team), wanted.dry_run);
    if (!import.known_team()) {
        std::cerr << "没有编号为 " << wanted.team << " 的队伍 there is no team " << wanted.team
                  << "\n";
        return 1;
    }
    for (int signal : {SIGINT, SIGTERM}) {
        std::signal(signal, [](int) { roster_stop_wanted = 1; });
    }
    bool whole = import.run(file->lines);
    std::int64_t refused = print_roster(import.results(), file->lines.size(), wanted.dry_run);
    if (!whole) {
        std::cout << "已停止：以上已导入的保留，再次运行将继续。 "
                     "Stopped: what is in stays in; run it again to go on.\n";
    }
    if (!wanted.dry_run && refused > 0) {
        auto path = wanted.refused;
        if (path.empty()) path = wanted.file.string() + ".refused.csv";
        write_handed_back(path, *file, import.results());
        std::cout << "退回的行 refused rows: " << path.string() << "\n";
    }
    return whole && refused == 0 ? 0 : 1;
}

}  // namespace hezhi::app
