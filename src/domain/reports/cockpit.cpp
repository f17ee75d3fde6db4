#include "domain/reports/queries.h"
#include "domain/reports/reports.h"

namespace hezhi::reports {
namespace {

// Nothing of a clause that a pack of an older release lacks.
void add_clause(std::vector<FigureClause>& clauses, const rules::Clause& clause) {
    if (clause.line == 0) return;
    clauses.push_back({clause.says.zh, clause.says.en, clause.source,
                       clause.file + ":" + std::to_string(clause.line)});
}

std::vector<CockpitFigure> figures_of(const store::Row& row, const rules::Pack& pack) {
    std::string mark = std::to_string(pack.reports.satisfied_mark_min);
    CockpitFigure found{"found",
                        "发现",
                        "found",
                        "已安排或办结的需求 ÷ 发现的全部需求",
                        "needs planned or closed ÷ all needs found",
                        row.integer("found_answered"),
                        row.integer("found_all"),
                        {},
                        {},
                        {},
                        {}};
    CockpitFigure in_time{"in_time",
                          "及时",
                          "in time",
                          "在时限内首次联系的 ÷ 已联系或已到时限的",
                          "first contact within the limit ÷ contacted or past the limit",
                          row.integer("contact_in_time"),
                          row.integer("contact_due"),
                          {},
                          {},
                          {},
                          {}};
    CockpitFigure resolved{"resolved",
                           "解决",
                           "resolved",
                           "求助人答“已解决”的 ÷ 已答复的",
                           "said resolved ÷ said resolved or not resolved",
                           row.integer("resolved"),
                           row.integer("answered"),
                           "未答复",
                           "not reached",
                           row.integer("not_reached"),
                           {}};
    CockpitFigure satisfied{"satisfied",
                            "满意",
                            "satisfied",
                            "评 " + mark + " 分及以上的 ÷ 已评分的",
                            mark + " of 5 or better ÷ those who gave a mark",
                            row.integer("satisfied"),
                            row.integer("marked"),
                            "未答复",
                            "not reached",
                            row.integer("not_reached"),
                            {}};
    for (const auto& limits : pack.limit_classes) add_clause(in_time.clauses, limits.clause);
    add_clause(satisfied.clauses, pack.reports.satisfied_clause);
    return {found, in_time, resolved, satisfied};
}

}  // namespace

Cockpit cockpit(store::Session& db, const areas::Areas& areas, const areas::AreaState& area,
                const rules::Pack& pack, Instant at, const api::DaySpan& days) {
    Cockpit shown;
    shown.area = areas::show(areas, area, pack);
    shown.at = at;
    std::string end = areas::path_end(area.path);
    const std::vector<store::Param> counted_needs{{"path", area.path},
                                                  {"path_end", end},
                                                  {"from", days.from},
                                                  {"until", days.until},
                                                  {"at", at}};
    auto row = db.row(queries::cockpit, counted_needs);
    shown.items = figures_of(*row, pack);
    shown.unmet = row->integer("unmet");
    shown.service = records::service_minutes(db, area.path, days);
    shown.complaints = complaints::complaint_counts(db, area.path, at, days);
    for (AreaId id : areas.children(area.id)) {
        shown.children.push_back({areas::show(areas, *areas.find(id), pack), 0, 0});
    }
    db.each(queries::needs_by_area, counted_needs, [&](const store::Row& counted) {
        for (AreaUnmet& child : shown.children) {
            const std::string& path = areas.find(child.area.id)->path;
            if (!counted.text("area_path").starts_with(path)) continue;
            child.found += counted.integer("found");
            child.unmet += counted.integer("unmet");
        }
    });
    return shown;
}

}  // namespace hezhi::reports
