#include "domain/hotline/hotline_file.h"

namespace hezhi::hotline {
namespace {

struct ProblemWords {
    std::string_view kind, zh, en;
};

constexpr ProblemWords problem_words[] = {
    {"quotes_wrong", "引号不成对", "quotation marks do not match"},
    {"columns_differ", "列数与表头不同", "the number of columns differs from the heading"},
    {"text_malformed", "含有不能识别的字符", "holds characters that cannot be read"},
    {"text_too_long", "诉求内容超过 2000 字", "the text is longer than 2,000 characters"},
    {"number_missing", "没有工单编号", "the number is missing"},
    {"number_malformed", "工单编号应为 1–64 个字符", "a number has 1 to 64 characters"},
    {"number_repeated", "工单编号在文件中重复", "the number stands in the file before"},
    {"number_conflicts", "该编号已导入，但受理时间不同",
     "a work order of this number is known with another time"},
    {"state_unknown", "状态不在对照表中", "the state is no word of the map"},
    {"received_missing", "没有受理时间", "the time of the call is missing"},
    {"time_malformed", "时间写法与对照表不符", "a time is not written as the map says"},
    {"received_in_future", "受理时间晚于现在", "the time of the call has not come yet"},
    {"closed_too_early", "办结时间早于受理时间", "it was closed before it was received"},
    {"closed_without_time", "已办结但没有办结时间", "it is closed and has no time of closing"},
    {"open_with_closing", "未办结却有办结时间", "it is open and has a time of closing"},
    {"revisit_unknown", "回访结果不在对照表中", "the revisit's result is no word of the map"},
    {"area_missing", "没有区域", "the area is missing"},
    {"area_unknown", "没有这个区域", "there is no such area"},
    {"area_ambiguous", "有几个同名区域", "several areas have this name"},
};

}  // namespace

RowProblem problem(std::int32_t line, std::string_view kind) {
    for (const auto& words : problem_words) {
        if (words.kind == kind) {
            return {line, std::string(kind), std::string(words.zh), std::string(words.en)};
        }
    }
    HEZHI_ASSERT(!"a kind of the table");
    return {};
}

Result<RowReader> RowReader::make(HotlineMap map, const std::vector<std::string>& heading) {
    RowReader reader(std::move(map));
    reader.columns_ = heading.size();
    for (std::size_t i = 0; i < heading.size(); ++i) {
        reader.at_.emplace(clean_text(heading[i]).value_or(""), i);
    }
    const HotlineMap& m = reader.map_;
    std::vector<std::string> wanted{m.number, m.received_at, m.state};
    for (const auto* optional : {&m.due_at, &m.closed_at, &m.contact, &m.area_column}) {
        if (*optional) wanted.push_back(**optional);
    }
    wanted.insert(wanted.end(), m.texts.begin(), m.texts.end());
    if (m.revisit) {
        // A file without the revisit's columns is the ordinary one; with some of them it is wrong.
        std::vector<std::string> columns{m.revisit->resolution};
        if (m.revisit->satisfaction) columns.push_back(*m.revisit->satisfaction);
        if (m.revisit->at) columns.push_back(*m.revisit->at);
        if (reader.at_.contains(m.revisit->resolution)) {
            wanted.insert(wanted.end(), columns.begin(), columns.end());
        } else {
            reader.map_.revisit.reset();
        }
    }
    std::vector<FieldError> missing;
    for (const auto& column : wanted) {
        if (!reader.at_.contains(column)) {
            missing.push_back({"/heading", "表头应有“" + column + "”列", "a column " + column});
        }
    }
    if (!missing.empty()) {
        return std::unexpected(Refusal(hezhi::refusals::invalid_input, std::move(missing)));
    }
    return reader;
}

std::string_view RowReader::cell(const CsvRow& row, const std::string& column) const {
    std::string_view text = row.cells[at_.at(column)];
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

const char* RowReader::read_times(const CsvRow& row, HotlineRow& out) const {
    auto read = [&](const std::optional<std::string>& column, Instant& at) {
        std::string_view text = column ? cell(row, *column) : std::string_view();
        if (text.empty()) return true;
        auto found = map_.time.read(text);
        if (found) at = *found;
        return found.has_value();
    };
    if (!read(map_.received_at, out.received_at) || !read(map_.due_at, out.due_at) ||
        !read(map_.closed_at, out.closed_at)) {
        return "time_malformed";
    }
    if (!out.received_at) return "received_missing";
    if (out.closed_at && out.closed_at < out.received_at) return "closed_too_early";
    if (out.outcome == HotlineOutcome::closed && !out.closed_at) return "closed_without_time";
    if (out.outcome == HotlineOutcome::open && out.closed_at) return "open_with_closing";
    return nullptr;
}

const char* RowReader::read_texts(const CsvRow& row, HotlineRow& out) const {
    for (const auto& column : map_.texts) {
        auto part = cell(row, column);
        if (!part.empty()) out.what += (out.what.empty() ? "" : " / ") + std::string(part);
    }
    if (map_.contact) out.contact = cell(row, *map_.contact);
    if (map_.area_column) out.area_name = cell(row, *map_.area_column);
    for (std::string* text : {&out.what, &out.contact, &out.area_name}) {
        auto clean = clean_text(*text);
        if (!clean) return "text_malformed";
        *text = std::move(*clean);
        if (count_code_points(*text) > text_code_points_max) return "text_too_long";
    }
    return nullptr;
}

const char* RowReader::read_revisit(const CsvRow& row, HotlineRow& out) const {
    if (!map_.revisit) return nullptr;
    std::string word(cell(row, map_.revisit->resolution));
    if (word.empty()) return nullptr;
    OfficialRevisit revisit;
    auto resolution = map_.revisit->resolution_words.find(word);
    if (resolution == map_.revisit->resolution_words.end()) return "revisit_unknown";
    revisit.resolution = resolution->second;
    if (map_.revisit->satisfaction) {
        std::string mark(cell(row, *map_.revisit->satisfaction));
        auto found = map_.revisit->marks.find(mark);
        if (!mark.empty() && found == map_.revisit->marks.end()) return "revisit_unknown";
        if (!mark.empty()) revisit.satisfaction = found->second;
    }
    if (map_.revisit->at) {
        auto text = cell(row, *map_.revisit->at);
        auto at = map_.time.read(text);
        if (!text.empty() && !at) return "time_malformed";
        if (at) revisit.at = *at;
    }
    out.revisit = revisit;
    return nullptr;
}

std::expected<HotlineRow, RowProblem> RowReader::read(const CsvRow& row) const {
    auto wrong = [&](const char* kind) { return std::unexpected(problem(row.line, kind)); };
    if (!row.sound) return wrong("quotes_wrong");
    if (row.cells.size() != columns_) return wrong("columns_differ");
    HotlineRow out;
    out.line = row.line;
    auto number = clean_text(cell(row, map_.number));
    if (!number) return wrong("text_malformed");
    if (number->empty()) return wrong("number_missing");
    if (number->size() > 64) return wrong("number_malformed");
    out.number = *number;
    auto state = map_.states.find(std::string(cell(row, map_.state)));
    if (state == map_.states.end()) return wrong("state_unknown");
    out.outcome = state->second;
    if (auto kind = read_times(row, out)) return wrong(kind);
    if (auto kind = read_texts(row, out)) return wrong(kind);
    if (auto kind = read_revisit(row, out)) return wrong(kind);
    return out;
}

}  // namespace hezhi::hotline
