#include "domain/hotline/hotline_map.h"

#include <array>

#include "rules/table_reader.h"

namespace hezhi::hotline {
namespace {

using rules::TableReader;

// Two digits at most but for the year, which has four.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t most) {
    int value = 0;
    std::size_t from = at;
    while (at < text.size() && at - from < most && text[at] >= '0' && text[at] <= '9') {
        value = value * 10 + (text[at++] - '0');
    }
    if (at == from) return std::nullopt;
    return value;
}

std::optional<Instant> read_one(std::string_view text, std::string_view format, Millis offset) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') {
            if (at >= text.size() || text[at++] != format[i]) return std::nullopt;
            continue;
        }
        char part = format[++i];
        auto value = digits(text, at, part == 'Y' ? 4 : 2);
        if (!value) return std::nullopt;
        (part == 'Y'   ? year
         : part == 'm' ? month
         : part == 'd' ? day
         : part == 'H' ? hour
         : part == 'M' ? minute
                       : second) = *value;
    }
    if (at != text.size() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    std::array<char, 16> written{};
    std::snprintf(written.data(), written.size(), "%04d-%02d-%02d", year, month, day);
    auto found = parse_day(written.data());
    if (!found || year < 1971) return std::nullopt;
    return start_of(*found, offset) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

bool is_format(std::string_view format) {
    bool year = false, month = false, day = false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') continue;
        if (++i == format.size()) return false;
        if (std::string_view("YmdHMS").find(format[i]) == std::string_view::npos) return false;
        year |= format[i] == 'Y';
        month |= format[i] == 'm';
        day |= format[i] == 'd';
    }
    return year && month && day;
}

// "+08:00"
std::optional<Millis> read_offset(std::string_view text) {
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
        return std::nullopt;
    }
    std::size_t at = 1;
    auto hour = digits(text, at, 2);
    at = 4;
    auto minute = digits(text, at, 2);
    if (!hour || !minute || *hour > 14 || *minute > 59) return std::nullopt;
    Millis offset = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
    return text[0] == '-' ? -offset : offset;
}

void read_time(TableReader& table, HotlineMap& map) {
    map.time.formats = table.texts("formats", true);
    for (const auto& format : map.time.formats) {
        if (is_format(format)) continue;
        table.wrong("formats", "应含 %Y %m %d，可含 %H %M %S",
                    "forms with %Y %m %d, and %H %M %S where there is a time");
    }
    auto offset = read_offset(table.text("zone"));
    if (offset) {
        map.time.offset = *offset;
    } else {
        table.wrong("zone", "应为时区，如 \"+08:00\"", "an offset such as \"+08:00\"");
    }
}

void read_columns(TableReader& table, HotlineMap& map) {
    map.number = table.text("number");
    map.received_at = table.text("received_at");
    map.state = table.text("state");
    map.due_at = table.optional_text("due_at");
    map.closed_at = table.optional_text("closed_at");
    map.contact = table.optional_text("contact");
    map.texts = table.texts("texts", true);
}

template <class Value>
void words(TableReader& table, const std::string& key, Value value, bool required,
           std::map<std::string, Value>& into) {
    for (const auto& word : table.texts(key, required)) {
        if (!into.emplace(word, value).second) {
            table.wrong(key, "同一个词只能有一种含义：" + word, "each word once: " + word);
        }
    }
}

void read_states(TableReader& table, HotlineMap& map) {
    words(table, "open", HotlineOutcome::open, true, map.states);
    words(table, "closed", HotlineOutcome::closed, true, map.states);
    words(table, "transferred", HotlineOutcome::transferred, false, map.states);
    words(table, "duplicate", HotlineOutcome::duplicate, false, map.states);
}

void read_area(TableReader& table, HotlineMap& map) {
    map.under = table.text("under");
    map.area_column = table.optional_text("column");
    map.area_kind = table.optional_text("create_kind");
    map.unknown = table.optional_text("unknown");
    if (map.area_kind && !map.area_column) {
        table.wrong("create_kind", "须同时写明 column", "a column to make areas from");
    }
}

void read_revisit(TableReader& table, HotlineMap& map) {
    RevisitMap& revisit = map.revisit.emplace();
    revisit.resolution = table.text("resolution");
    words(table, "resolved", Resolution::resolved, true, revisit.resolution_words);
    words(table, "not_resolved", Resolution::not_resolved, true, revisit.resolution_words);
    words(table, "not_answered", Resolution::not_answered, false, revisit.resolution_words);
    revisit.satisfaction = table.optional_text("satisfaction");
    revisit.at = table.optional_text("at");
    auto marks = table.texts("marks", revisit.satisfaction.has_value());
    if (revisit.satisfaction && marks.size() != 5) {
        table.wrong("marks", "应为五个词，由最不满意到最满意",
                    "five words, from the least to the most satisfied");
    }
    for (std::size_t i = 0; i < marks.size(); ++i) {
        revisit.marks[marks[i]] = static_cast<std::int32_t>(i) + 1;
    }
}

void read_reply(TableReader& table, HotlineMap& map) {
    ReplyMap& reply = map.reply.emplace();
    reply.number = table.text("number");
    reply.contacted_at = table.text("contacted_at");
    reply.result = table.text("result");
    reply.closed_at = table.text("closed_at");
    reply.order = table.text("order");
}

}  // namespace

std::optional<Instant> TimeForm::read(std::string_view text) const {
    for (const auto& format : formats) {
        if (auto at = read_one(text, format, offset)) return at;
    }
    return std::nullopt;
}

std::string TimeForm::write(Instant at) const {
    std::string plain = to_string(at, offset);  // 2026-03-05T14:30:00+08:00
    std::string text;
    const std::string& format = formats.front();
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') {
            text.push_back(format[i]);
            continue;
        }
        constexpr std::string_view parts = "YmdHMS";
        constexpr std::array<std::size_t, 6> from{0, 5, 8, 11, 14, 17};
        auto part = parts.find(format[++i]);
        text += plain.substr(from[part], part == 0 ? 4 : 2);
    }
    return text;
}

std::expected<HotlineMap, std::vector<rules::RuleError>> read_map(const std::string& text,
                                                                  const std::string& file) {
    auto document = rules::parse_toml(text, file);
    if (!document) return std::unexpected(std::vector{document.error()});
    std::vector<rules::RuleError> errors;
    HotlineMap map;
    TableReader root(*document, "", errors);
    root.table("time", [&](TableReader& table) { read_time(table, map); });
    root.table("columns", [&](TableReader& table) { read_columns(table, map); });
    root.table("states", [&](TableReader& table) { read_states(table, map); });
    root.table("area", [&](TableReader& table) { read_area(table, map); });
    if (root.has("revisit")) {
        root.table("revisit", [&](TableReader& table) { read_revisit(table, map); });
    }
    if (root.has("reply")) {
        root.table("reply", [&](TableReader& table) { read_reply(table, map); });
    }
    root.finish();
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return map;
}

std::string standard_map(std::string_view area_code) {
    return R"([time]
formats = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M"]
zone = "+08:00"

[columns]
number = "工单编号"
received_at = "受理时间"
due_at = "办理时限"
closed_at = "办结时间"
state = "工单状态"
texts = ["诉求类别", "诉求内容"]
contact = "联系方式"

[states]
open = ["待办", "办理中"]
closed = ["已办结"]
transferred = ["已转办"]
duplicate = ["重复"]

[area]
under = ")" +
           std::string(area_code) +
           R"("
column = "所属社区"
unknown = "未分社区"

[revisit]
resolution = "回访结果"
resolved = ["已解决"]
not_resolved = ["未解决"]
not_answered = ["未接通"]
satisfaction = "回访满意度"
marks = ["很不满意", "不满意", "基本满意", "满意", "非常满意"]
at = "回访时间"

[reply]
number = "工单编号"
contacted_at = "联系时间"
result = "办理结果"
closed_at = "办结时间"
order = "服务订单号"
)";
}

}  // namespace hezhi::hotline
