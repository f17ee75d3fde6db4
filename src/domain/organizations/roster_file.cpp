#include "domain/organizations/roster_file.h"

#include <algorithm>
#include <array>
#include <regex>

#include "base/text.h"

namespace hezhi::organizations {
namespace {

enum Column { name, id_number, phone, birth_date, columns };

// The same as in ui/console/organizations/roster_file.ts; its test compares them.
const std::array<std::vector<std::string_view>, columns> headings{{
    {"姓名", "名字", "志愿者姓名", "成员姓名", "联系人姓名", "name", "fullname"},
    {"身份证号", "身份证号码", "身份证", "证件号", "证件号码", "公民身份号码", "documentnumber",
     "passportnumber"},
    {"手机", "手机号", "手机号码", "电话", "电话号码", "联系电话", "联系方式", "移动电话", "phone",
     "phonenumber", "telephone", "mobile"},
    {"出生日期", "出生年月日", "生日", "dateofbirth", "birthdate", "dob"},
}};

std::string trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    auto from = text.find_first_not_of(blank);
    if (from == std::string_view::npos) return {};
    return std::string(text.substr(from, text.find_last_not_of(blank) - from + 1));
}

// Without marks and brackets that people put around a heading; Latin letters in lower case.
std::string bare(std::string_view cell) {
    std::string text(cell);
    for (std::string_view sign :
         {" ", "\t", "\r", "\n", "　", "*", "＊", ":", "：", "(", ")", "（", "）"}) {
        for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign)) {
            text.erase(at, sign.size());
        }
    }
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

// 1980/2/29, 1980.2.29 and 1980年2月29日 as 1980-02-29; anything else stays as it is.
std::string iso_day(const std::string& text) {
    static const std::regex year_first(
        "([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})(?:日)?");
    std::smatch part;
    if (text.size() > 20 || !std::regex_match(text, part, year_first)) return text;
    auto two = [](const std::string& digits) { return (digits.size() < 2 ? "0" : "") + digits; };
    return part[1].str() + "-" + two(part[2].str()) + "-" + two(part[3].str());
}

bool heads(Column column, const std::string& cell) {
    return std::ranges::find(headings[column], bare(cell)) != headings[column].end();
}

// As long as the fields of RosterRow may be.
bool fits(const std::string& text, std::size_t code_points_max) {
    auto count = count_code_points(text);
    return count && *count <= code_points_max;
}

std::optional<std::size_t> column_at(const CsvRow& heading, Column column) {
    auto found =
        std::ranges::find_if(heading.cells, [&](const auto& cell) { return heads(column, cell); });
    if (found == heading.cells.end()) return std::nullopt;
    return static_cast<std::size_t>(found - heading.cells.begin());
}

}  // namespace

Result<RosterFile> read_roster(std::string_view text) {
    CsvReader csv(text);
    RosterFile file;
    std::optional<std::size_t> at[columns];
    while (auto row = csv.next()) {
        if (!at[name]) {
            at[name] = column_at(*row, name);
            if (!at[name]) continue;
            at[id_number] = column_at(*row, id_number);
            at[phone] = column_at(*row, phone);
            at[birth_date] = column_at(*row, birth_date);
            file.heading = std::move(*row);
            continue;
        }
        auto cell = [&](Column column) {
            if (!at[column] || *at[column] >= row->cells.size()) return std::string();
            return trimmed(row->cells[*at[column]]);
        };
        std::string who = cell(name), number = cell(id_number), call = cell(phone),
                    born = iso_day(cell(birth_date));
        if (row->sound && who.empty() && number.empty() && call.empty()) continue;
        RosterLine line;
        line.row.row = row->line;
        line.readable =
            row->sound && fits(who, 60) && fits(number, 60) && fits(call, 40) && fits(born, 40);
        if (line.readable) {
            line.row.name.value = std::move(who);
            if (!number.empty()) line.row.id_number.emplace(std::move(number));
            if (!call.empty()) line.row.phone.emplace(std::move(call));
            if (!born.empty()) line.row.birth_date.emplace(std::move(born));
        }
        line.raw = std::move(*row);
        file.lines.push_back(std::move(line));
    }
    if (!at[name]) return refuse(refusals::roster_column_missing);
    return file;
}

}  // namespace hezhi::organizations
