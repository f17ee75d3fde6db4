// The hotline's file, row by row: what each row says by the map, or why it cannot be taken.
#pragma once

#include <set>
#include <span>

#include "base/csv.h"
#include "base/result.h"
#include "domain/hotline/hotline_map.h"

namespace hezhi::hotline {

struct OfficialRevisit {
    Resolution resolution = Resolution::not_answered;
    std::int32_t satisfaction = 0;  // 1–5; 0 if no mark was given
    Instant at;                     // never, if the file does not say
};

// A row that reads well by itself.
struct HotlineRow {
    std::int32_t line = 0;
    std::string number;
    HotlineOutcome outcome = HotlineOutcome::open;
    Instant received_at, due_at, closed_at;
    std::string area_name;  // empty: unknown
    std::string what, contact;
    std::optional<OfficialRevisit> revisit;
};

// Why a row is handed back. `kind` is stable; the sentences name what was expected.
struct RowProblem {
    std::int32_t line = 0;
    std::string kind;
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(RowProblem, (), (line, kind, zh, en))

// The problem of this kind; the kinds stand in hotline_file.cpp.
RowProblem problem(std::int32_t line, std::string_view kind);

// The largest file that is read, and the longest text of a row: what is larger is a mistake.
inline constexpr std::size_t file_bytes_max = 256 << 20;
inline constexpr std::size_t text_code_points_max = 2000;

// Finds the map's columns in the heading. Its methods are const from any thread.
class RowReader {
  public:
    // Refuses with the headings that the map names and the file lacks.
    static Result<RowReader> make(HotlineMap map, const std::vector<std::string>& heading);

    std::expected<HotlineRow, RowProblem> read(const CsvRow& row) const;
    const HotlineMap& map() const { return map_; }

  private:
    explicit RowReader(HotlineMap map) : map_(std::move(map)) {}
    std::string_view cell(const CsvRow& row, const std::string& column) const;
    const char* read_times(const CsvRow& row, HotlineRow& out) const;
    const char* read_texts(const CsvRow& row, HotlineRow& out) const;
    const char* read_revisit(const CsvRow& row, HotlineRow& out) const;

    HotlineMap map_;
    std::map<std::string, std::size_t> at_;  // column by heading
    std::size_t columns_ = 0;
};

}  // namespace hezhi::hotline
