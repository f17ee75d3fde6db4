// The import by upload: the browser decodes the file, cuts it into pieces of some rows and sends
// one after the other, so that progress and stopping are its own and no piece holds the writer
// long.
#include <algorithm>
#include <set>

#include "domain/hotline/hotline.h"
#include "http/problem.h"
#include "http/refusals.h"

namespace hezhi::hotline {
namespace {

using ExchangePtr = std::shared_ptr<api::Exchange>;

// Rows of one piece: a few milliseconds of the writer.
constexpr std::size_t rows_a_piece = 50;

struct HotlinePiece {
    std::string map;        // MAP.toml
    std::string csv;        // the heading and some rows
    std::int32_t line = 2;  // of the first row in the file
    bool dry_run = true;
};
BOOST_DESCRIBE_STRUCT(HotlinePiece, (), (map, csv, line, dry_run))

// One piece, read and ready.
struct Piece {
    RowReader reader;
    AreaNames names;
    std::vector<HotlineRow> rows;
    std::vector<RowProblem> bad;
};

void send_problem(const api::Exchange& exchange, const Refusal& refusal) {
    exchange.reply.send(http::problem(refusal, http::language_of(exchange.request)));
}

Result<HotlineMap> map_of(const HotlinePiece& input) {
    auto map = read_map(input.map, "MAP.toml");
    if (map) return std::move(*map);
    std::vector<FieldError> fields;
    for (const auto& error : map.error()) {
        fields.push_back(
            {"/map",
             "第 " + std::to_string(error.line) + " 行 " + error.key + "：" + error.expected_zh,
             "line " + std::to_string(error.line) + " " + error.key + ": " + error.expected_en});
    }
    return std::unexpected(Refusal(refusals::hotline_map_wrong, std::move(fields)));
}

void read_rows(CsvReader& csv, std::int32_t first_line, Piece& piece) {
    std::set<std::string> numbers;
    while (auto row = csv.next()) {
        row->line += first_line - 2;  // the heading stands on line 1 of every piece
        auto read = piece.reader.read(*row);
        if (!read) {
            piece.bad.push_back(read.error());
        } else if (!numbers.insert(read->number).second) {
            piece.bad.push_back(problem(row->line, "number_repeated"));
        } else {
            piece.rows.push_back(std::move(*read));
        }
    }
}

Result<Piece> piece_of(const HotlinePiece& input, const HotlineDesk& desk,
                       const api::Caller& caller, const rules::Pack& pack) {
    auto map = map_of(input);
    if (!map) return std::unexpected(map.error());
    CsvReader csv(input.csv);
    auto heading = csv.next();
    auto reader =
        RowReader::make(std::move(*map), heading ? heading->cells : std::vector<std::string>{});
    if (!reader) return std::unexpected(reader.error());
    auto names = AreaNames::make(*desk.tree.now(), reader->map(), pack);
    if (!names) return std::unexpected(names.error());
    if (!caller.may("hotline_order.import", {.area_path = names->top().path})) {
        return refuse(areas::refusals::area_unknown,
                      {"/map", "您负责的区域", "an area that you serve"});
    }
    Piece piece{std::move(*reader), std::move(*names), {}, {}};
    read_rows(csv, input.line, piece);
    if (piece.rows.size() + piece.bad.size() > rows_a_piece) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/csv", "每次不超过 50 行", "50 rows at most"});
    }
    return piece;
}

void send_report(const api::Exchange& exchange, ImportReport report,
                 const std::vector<RowProblem>& bad) {
    report.problems.insert(report.problems.end(), bad.begin(), bad.end());
    report.counts.rows += static_cast<std::int64_t>(bad.size());
    report.counts.refused += static_cast<std::int64_t>(bad.size());
    std::ranges::sort(report.problems, {}, &RowProblem::line);
    http::Response response;
    response.content_type = "application/json";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = to_json(report);
    exchange.reply.send(std::move(response));
}

void write_piece(const ExchangePtr& exchange, const HotlineDesk& desk, journal::Ledger& ledger,
                 std::shared_ptr<const Piece> piece) {
    auto done = std::make_shared<ImportReport>();
    auto run = [exchange, &desk, piece, done](journal::Turn& turn) {
        AreaNames names = piece->names;
        *done = import_rows(turn, exchange->caller->actor("hotline_order.import"), desk,
                            piece->rows, piece->reader.map(), names);
        return turn.wrote();
    };
    auto send = [exchange, piece, done] { send_report(*exchange, *done, piece->bad); };
    auto settled = [exchange, send](store::Settled how, std::exception_ptr) {
        if (how == store::Settled::refused) send();  // nothing of it was new
        if (how == store::Settled::unknown) {
            send_problem(*exchange, http::refusals::outcome_unknown);
        }
        if (how == store::Settled::failed) send_problem(*exchange, http::refusals::internal_error);
    };
    if (!ledger.write(run, settled, send)) {
        send_problem(*exchange, http::refusals::unavailable);
    }
}

void take_piece(const ExchangePtr& exchange, const HotlineDesk& desk, journal::Ledger& ledger) {
    if (!exchange->request.header("content-type").starts_with("application/json")) {
        return send_problem(*exchange, http::refusals::unsupported_media_type);
    }
    auto input = from_json<HotlinePiece>(exchange->request.body);
    if (!input) return send_problem(*exchange, input.error());
    Instant now = ledger.clock().now();
    auto packs = ledger.packs();
    auto piece = piece_of(*input, desk, *exchange->caller, *packs->in_force(now)->pack);
    if (!piece) return send_problem(*exchange, piece.error());
    if (!input->dry_run) {
        return write_piece(exchange, desk, ledger,
                           std::make_shared<const Piece>(std::move(*piece)));
    }
    auto db = ledger.read();
    auto report = check_rows(*db, piece->rows, piece->reader.map(), piece->names, now);
    send_report(*exchange, std::move(report), piece->bad);
}

}  // namespace

// Sent again after no answer it does no harm: a known number is not imported twice.
api::Routes import_routes(const HotlineDesk& desk, journal::Ledger& ledger) {
    return {api::raw(
        {http::Method::post, "/hotline-rows", "import_hotline_order", "hotline_order.import"},
        [&desk, &ledger](ExchangePtr exchange) { take_piece(exchange, desk, ledger); },
        &shape_of<HotlinePiece>(), &shape_of<ImportReport>())};
}

}  // namespace hezhi::hotline
