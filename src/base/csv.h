// Comma-separated files that people bring and take away (RFC 4180, with or without a BOM).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hezhi {

struct CsvRow {
    std::int32_t line = 0;  // where it begins, from 1
    std::vector<std::string> cells;
    bool sound = true;  // false: a quotation mark stands where none may, or is never closed
};

// Reads one row after the other. `text` outlives the reader. Lines without any cell are skipped.
class CsvReader {
  public:
    explicit CsvReader(std::string_view text);
    std::optional<CsvRow> next();

  private:
    bool read_cell(CsvRow& row);
    bool read_quoted(std::string& cell, bool& sound);

    std::string_view text_;
    std::size_t at_ = 0;
    std::int32_t line_ = 1;
};

// One row with its line end. Cells are quoted where they must be.
std::string csv_line(const std::vector<std::string>& cells);

// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
std::string guard_formula(std::string cell);

// The bytes of a file as UTF-8: taken as they are if they are UTF-8 (a BOM is dropped), else read
// as GB18030. nullopt if they are neither.
std::optional<std::string> decode_file(std::string_view bytes);

}  // namespace hezhi
