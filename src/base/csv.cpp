#include "base/csv.h"

#include <iconv.h>

#include "base/text.h"

namespace hezhi {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// GB18030 holds every Unicode character, in up to four bytes; two of them become three in UTF-8.
std::optional<std::string> from_gb18030(std::string_view bytes) {
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    std::string in(bytes), out(bytes.size() * 2 + 8, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size(), room = out.size();
    bool done = iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
    iconv_close(converter);
    if (!done || left > 0) return std::nullopt;
    out.resize(out.size() - room);
    return out;
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
}

bool CsvReader::read_quoted(std::string& cell, bool& sound) {
    ++at_;
    while (at_ < text_.size()) {
        char c = text_[at_++];
        if (c == '\n') ++line_;
        if (c != '"') {
            cell.push_back(c);
        } else if (at_ < text_.size() && text_[at_] == '"') {
            cell.push_back('"');
            ++at_;
        } else {
            return true;
        }
    }
    sound = false;
    return false;
}

// Whether another cell follows on this row.
bool CsvReader::read_cell(CsvRow& row) {
    std::string& cell = row.cells.emplace_back();
    bool quoted = at_ < text_.size() && text_[at_] == '"';
    if (quoted) read_quoted(cell, row.sound);
    while (at_ < text_.size()) {
        char c = text_[at_++];
        if (c == ',') return true;
        if (c == '\n') {
            ++line_;
            if (cell.ends_with('\r')) cell.pop_back();
            return false;
        }
        // Nothing stands between the closing quote and the comma, unless it is blank.
        if (c == '"' || (quoted && c != ' ' && c != '\r')) row.sound = false;
        cell.push_back(c);
    }
    if (cell.ends_with('\r')) cell.pop_back();
    return false;
}

std::optional<CsvRow> CsvReader::next() {
    while (at_ < text_.size()) {
        CsvRow row;
        row.line = line_;
        while (read_cell(row)) continue;
        if (row.cells.size() > 1 || !row.cells.front().empty()) return row;
    }
    return std::nullopt;
}

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line.push_back(',');
        if (cells[i].find_first_of("\",\r\n") == std::string::npos) {
            line += cells[i];
            continue;
        }
        line.push_back('"');
        for (char c : cells[i]) {
            if (c == '"') line.push_back('"');
            line.push_back(c);
        }
        line.push_back('"');
    }
    return line + "\r\n";
}

std::string guard_formula(std::string cell) {
    constexpr std::string_view beginnings = "=+-@\t\r";
    if (!cell.empty() && beginnings.find(cell.front()) != std::string_view::npos) {
        cell.insert(cell.begin(), '\'');
    }
    return cell;
}

std::optional<std::string> decode_file(std::string_view bytes) {
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    if (count_code_points(bytes)) return std::string(bytes);
    return from_gb18030(bytes);
}

}  // namespace hezhi
