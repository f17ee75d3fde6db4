// import hotline, export hotline-replies.
#include <csignal>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "app/commands/commands.h"
#include "domain/hotline/hotline.h"

namespace hezhi::app {
namespace {

// Rows of one commit: large enough that the disk is no brake, small enough that little is repeated
// after an interruption.
constexpr std::size_t rows_a_commit = 200;
// Problems of each kind that are printed; all stand in the file of refused rows.
constexpr int problems_printed_max = 3;

volatile std::sig_atomic_t stop_wanted = 0;

std::string read_bytes(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw CannotOpen("无法读取 cannot read " + file.string());
    std::ostringstream text;
    text << in.rdbuf();
    if (text.view().size() > hotline::file_bytes_max) {
        throw CannotOpen("文件过大 too large: " + file.string());
    }
    return text.str();
}

std::optional<hotline::HotlineMap> load_map(const std::filesystem::path& file) {
    auto map = hotline::read_map(read_bytes(file), file.filename().string());
    if (map) return std::move(*map);
    for (const auto& error : map.error()) std::cerr << rules::to_string(error) << "\n";
    return std::nullopt;
}

int print(const Refusal& refusal) {
    std::cerr << refusal.row->zh << " " << refusal.row->en << "\n";
    for (const auto& field : refusal.fields) {
        std::cerr << "  " << field.field << ": " << field.expected_zh << " / " << field.expected_en
                  << "\n";
    }
    return 1;
}

// One file on its way in.
class Import {
  public:
    Import(Installation& installation, const Clock& clock, hotline::RowReader reader,
           hotline::AreaNames names, bool dry_run)
        : installation_(installation),
          clock_(clock),
          reader_(std::move(reader)),
          names_(std::move(names)),
          dry_run_(dry_run) {}

    // False if it was told to stop. What was committed until then is in.
    bool run(const std::vector<CsvRow>& rows) {
        for (std::size_t from = 0; from < rows.size(); from += rows_a_commit) {
            if (stop_wanted) return false;
            batch(std::span(rows).subspan(from, std::min(rows_a_commit, rows.size() - from)));
            std::cerr << "\r" << report_.counts.rows << " / " << rows.size() << std::flush;
        }
        if (!rows.empty()) std::cerr << "\n";
        return true;
    }
    const hotline::ImportReport& report() const { return report_; }

  private:
    void batch(std::span<const CsvRow> rows) {
        std::vector<hotline::HotlineRow> good;
        std::vector<hotline::RowProblem> bad;
        for (const auto& row : rows) {
            auto read = reader_.read(row);
            if (!read) {
                bad.push_back(read.error());
            } else if (!numbers_.insert(read->number).second) {
                bad.push_back(hotline::problem(row.line, "number_repeated"));
            } else {
                good.push_back(std::move(*read));
            }
        }
        auto done = dry_run_ ? check(good) : write(good);
        report_.counts += done.counts;
        report_.counts.rows += static_cast<std::int64_t>(bad.size());
        report_.counts.refused += static_cast<std::int64_t>(bad.size());
        for (auto* list : {&bad, &done.problems}) {
            report_.problems.insert(report_.problems.end(), list->begin(), list->end());
        }
    }
    hotline::ImportReport check(const std::vector<hotline::HotlineRow>& rows) {
        auto db = installation_.ledger().read();
        return hotline::check_rows(*db, rows, reader_.map(), names_, clock_.now());
    }
    hotline::ImportReport write(const std::vector<hotline::HotlineRow>& rows) {
        hotline::HotlineDesk desk{installation_.people(), installation_.tree()};
        hotline::AreaNames names = names_;
        hotline::ImportReport done;
        auto result = installation_.ledger().act<std::int64_t>(
            [&](journal::Turn& turn) -> Result<std::int64_t> {
                names = names_;
                done = hotline::import_rows(turn, Actor{.via = Via::command}, desk, rows,
                                            reader_.map(), names);
                if (!turn.wrote()) return refuse(hezhi::refusals::not_found);  // nothing new
                return done.counts.rows;
            });
        if (result) names_ = std::move(names);
        return done;
    }

    Installation& installation_;
    const Clock& clock_;
    hotline::RowReader reader_;
    hotline::AreaNames names_;
    bool dry_run_;
    std::set<std::string> numbers_;
    hotline::ImportReport report_;
};

// The rows as they came, with the reasons beside them: mended, the file can be imported again.
void write_refused(const std::filesystem::path& file, const CsvRow& heading,
                   const std::vector<CsvRow>& rows,
                   const std::vector<hotline::RowProblem>& problems) {
    std::map<std::int32_t, const hotline::RowProblem*> by_line;
    for (const auto& problem : problems) by_line[problem.line] = &problem;
    std::ofstream out(file, std::ios::binary);
    auto cells = heading.cells;
    cells.insert(cells.end(), {"退回原因", "reason"});
    out << "\xEF\xBB\xBF" << csv_line(cells);
    for (const auto& row : rows) {
        auto found = by_line.find(row.line);
        if (found == by_line.end()) continue;
        cells = row.cells;
        cells.insert(cells.end(), {found->second->zh, found->second->en});
        out << csv_line(cells);
    }
    out.flush();
    if (!out.good()) throw CannotOpen("无法写入 cannot write " + file.string());
}

void print_report(const hotline::ImportReport& report, bool dry_run) {
    const auto& counts = report.counts;
    std::cout << (dry_run ? "试运行，未作更改 dry run, nothing was changed\n" : "")
              << "行 rows: " << counts.rows << "\n新导入 imported: " << counts.imported
              << "\n  其中待办 of these open: " << counts.open << "\n已有 known: " << counts.known
              << "\n  其后办结 of these closed since: " << counts.closed
              << "\n官方回访 official revisits: " << counts.revisits
              << "\n新建区域 areas made: " << counts.areas << "\n退回 refused: " << counts.refused
              << "\n";
    std::map<std::string, std::vector<const hotline::RowProblem*>> by_kind;
    for (const auto& problem : report.problems) by_kind[problem.kind].push_back(&problem);
    for (const auto& [kind, problems] : by_kind) {
        std::cout << "  " << kind << " " << problems.size() << ": " << problems.front()->zh << " "
                  << problems.front()->en << "; 行 lines";
        int printed = 0;
        for (const auto* problem : problems) {
            if (printed++ == problems_printed_max) {
                std::cout << " …";
                break;
            }
            std::cout << " " << problem->line;
        }
        std::cout << "\n";
    }
}

}  // namespace

int run_import_hotline(const Location& location, const HotlineImport& wanted) {
    auto map = load_map(wanted.map);
    if (!map) return 1;
    auto text = decode_file(read_bytes(wanted.file));
    if (!text) throw CannotOpen("既非 UTF-8 也非 GB18030 neither UTF-8 nor GB18030");
    CsvReader csv(*text);
    auto heading = csv.next();
    if (!heading) throw CannotOpen("空文件 empty file: " + wanted.file.string());
    auto reader = hotline::RowReader::make(std::move(*map), heading->cells);
    if (!reader) return print(reader.error());
    std::vector<CsvRow> rows;
    while (auto row = csv.next()) rows.push_back(std::move(*row));

    SystemClock clock;
    crypto::SystemRandom random;
    Installation installation(location, clock, random, {.inline_actions_per_turn = 1});
    auto packs = installation.ledger().packs();
    auto names = hotline::AreaNames::make(*installation.tree().now(), reader->map(),
                                          *packs->in_force(clock.now())->pack);
    if (!names) return print(names.error());
    for (int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { stop_wanted = 1; });
    Import import(installation, clock, std::move(*reader), std::move(*names), wanted.dry_run);
    bool whole = import.run(rows);
    print_report(import.report(), wanted.dry_run);
    if (!whole) {
        std::cout << "已停止：以上已导入的保留，再次运行将继续。 "
                     "Stopped: what is in stays in; run it again to go on.\n";
    }
    if (!wanted.dry_run && import.report().counts.refused > 0) {
        auto file = wanted.refused;
        if (file.empty()) file = wanted.file.string() + ".refused.csv";
        write_refused(file, *heading, rows, import.report().problems);
        std::cout << "退回的行 refused rows: " << file.string() << "\n";
    }
    return whole && import.report().counts.refused == 0 ? 0 : 1;
}

int run_export_hotline_replies(const Location& location, const std::filesystem::path& map_file) {
    auto map = load_map(map_file);
    if (!map) return 1;
    if (!map->reply) {
        std::cerr << map_file.filename().string() << ": 缺少 [reply] / [reply] is missing\n";
        return 1;
    }
    SystemClock clock;
    crypto::SystemRandom random;
    Installation installation(location, clock, random, {.inline_actions_per_turn = 1});
    auto packs = installation.ledger().packs();
    auto kept = hotline::require_hotline(*packs->in_force(clock.now())->pack);
    if (!kept) return print(kept.error());
    auto areas = installation.tree().now();
    const auto* area = areas->find_code(map->under);
    if (!area) return print(areas::refusals::area_unknown);
    auto db = installation.ledger().read();
    std::cout << hotline::reply_file(*db, installation.people(), area->path, map->time,
                                     *map->reply);
    return std::cout.good() ? 0 : 1;
}

void print_hotline_figures(store::Session& db, std::string_view path, Instant at) {
    auto figures = hotline::hotline_figures(db, path, at);
    if (figures.all == 0) return;
    std::cout << "热线工单 hotline work orders: " << figures.all
              << "\n  按时办结 in time: " << figures.in_time << " / " << figures.answered_with_due
              << "\n  超期办结 late: " << figures.late << " / " << figures.answered_with_due
              << "\n  无办理时限 without a due date: " << figures.without_due << " / "
              << figures.all << "\n  待办中已超期 open and overdue: " << figures.open_overdue
              << " / " << figures.open << "\n  退回 returned: " << figures.returned << " / "
              << figures.all
              << "\n  官方回访已解决 official revisit, resolved: " << figures.official_resolved
              << " / " << figures.official_asked
              << "\n  本平台回访已解决 own revisit, resolved: " << figures.own_resolved << " / "
              << figures.own_asked << "\n";
}

}  // namespace hezhi::app
