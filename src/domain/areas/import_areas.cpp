// Tables of divisions (统计用区划代码): code, name, level, parent.
#include <array>
#include <set>

#include "domain/areas/areas.h"
#include "domain/areas/queries.h"

namespace hezhi::areas {
namespace {

using Row = std::array<std::string_view, 4>;

// The tables hold no quotes and no commas inside names; a row of another shape is refused.
std::optional<Row> split(std::string_view line) {
    Row row;
    for (std::size_t i = 0; i < row.size(); ++i) {
        auto comma = line.find(',');
        bool last = i + 1 == row.size();
        if (last != (comma == std::string_view::npos)) return std::nullopt;
        row[i] = line.substr(0, comma);
        if (!last) line.remove_prefix(comma + 1);
    }
    return row;
}

std::unexpected<Refusal> wrong_line(std::int64_t line, std::string zh, std::string en) {
    return refuse(hezhi::refusals::invalid_input,
                  {"/" + std::to_string(line), std::move(zh), std::move(en)});
}

}  // namespace

Result<Imported> import_areas(journal::Turn& turn, const Actor& actor, std::string_view csv) {
    const rules::PublishedPack* published = turn.pack();
    HEZHI_ASSERT(published != nullptr);
    std::map<std::string, AreaId, std::less<>> by_code;
    std::set<std::string, std::less<>> closed;
    turn.db().each(queries::coded_areas, {}, [&](const store::Row& row) {
        by_code.emplace(row.text("code"), row.id<AreaId>("id"));
        if (row.integer("closed") != 0) closed.emplace(row.text("code"));
    });
    struct Wanted {
        Row row;
        const rules::AreaKind* kind;
        bool known;
    };
    // Decide first: a table with one wrong row adds nothing.
    std::vector<Wanted> wanted;
    std::set<std::string_view> seen;
    std::int64_t number = 0;
    while (!csv.empty()) {
        auto end = csv.find('\n');
        std::string_view line = csv.substr(0, end);
        csv.remove_prefix(end == std::string_view::npos ? csv.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        ++number;
        if (line.empty()) continue;
        if (number == 1) {
            if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
            if (line != "code,name,level,parent") {
                return wrong_line(1, "表头 code,name,level,parent",
                                  "the heading code,name,level,parent");
            }
            continue;
        }
        auto row = split(line);
        if (!row || (*row)[0].empty() || clean_text((*row)[1]).value_or("").empty()) {
            return wrong_line(number, "四列：code,name,level,parent",
                              "four columns: code,name,level,parent");
        }
        auto [code, name, level, parent] = *row;
        if (seen.contains(code)) {
            return wrong_line(number, "每个代码只出现一次", "each code once");
        }
        const rules::AreaKind* kind = published->pack->area_kind_of_division_level(level);
        if (!kind) return wrong_line(number, "规则包中的区域层级", "a level that the pack knows");
        if (!parent.empty() && !by_code.contains(parent) && !seen.contains(parent)) {
            return wrong_line(number, "上级代码须在前面出现", "a parent code that stands above");
        }
        if (closed.contains(parent)) {
            return wrong_line(number, "现用的上级区域", "a parent that is in use");
        }
        seen.insert(code);
        wanted.push_back({*row, kind, by_code.contains(code)});
    }
    Imported imported;
    for (const auto& [row, kind, known] : wanted) {
        if (known) {
            ++imported.known;
            continue;
        }
        auto [code, name, level, parent] = row;
        AreaId parent_id = parent.empty() ? AreaId() : by_code.find(parent)->second;
        auto id = add_area(turn, actor, parent_id, kind->key, name, std::string(code));
        if (!id) return std::unexpected(id.error());
        by_code.emplace(code, AreaId(*id));
        ++imported.added;
    }
    return imported;
}

}  // namespace hezhi::areas
