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

const rules::Clause* clause_of(WhyNotCounted why, const rules::Pack& pack) {
    switch (why) {
        case WhyNotCounted::merged:
            return &pack.asking.merging_clause;
        case WhyNotCounted::not_reached:
            return &pack.asking.revisits_clause;
        case WhyNotCounted::outside_days:
        case WhyNotCounted::not_due:
        case WhyNotCounted::not_served:
        case WhyNotCounted::unfinished:
        case WhyNotCounted::no_mark:
            break;
    }
    return nullptr;  // says itself, or is the figure's own clause
}

// What any figure of the area leaves out, whatever it counts.
struct LeftOut {
    std::int64_t merged = 0;
    std::int64_t outside_days = 0;
};

LeftOut read_left_out(store::Session& db, const std::string& path, const std::string& end,
                      const api::DaySpan& days) {
    const std::vector<store::Param> of_days{
        {"path", path}, {"path_end", end}, {"from", days.from}, {"until", days.until}};
    LeftOut out;
    out.merged = db.row(queries::merged, of_days)->integer("needs");
    const api::DaySpan all_time;
    if (days.from > all_time.from || days.until < all_time.until) {
        out.outside_days = db.row(queries::outside_days, of_days)->integer("needs");
    }
    return out;
}

// The figures of one reading: what stands in `row` and the pack that words them.
class FigureMaker {
  public:
    FigureMaker(const store::Row& row, const LeftOut& left_out, const rules::Pack& pack)
        : row_(row), left_out_(left_out), pack_(pack) {}

    CockpitFigure found() const {
        CockpitFigure made = start("found", "发现", "found");
        made.says_zh = "已安排或办结的需求 ÷ 发现的全部需求";
        made.says_en = "needs planned or closed ÷ all needs found";
        made.numerator = row_.integer("found_answered");
        made.denominator = row_.integer("found_all");
        return made;
    }
    CockpitFigure in_time() const {
        CockpitFigure made = start("in_time", "及时", "in time");
        made.says_zh = "在时限内首次联系的 ÷ 已联系或已到时限的";
        made.says_en = "first contact within the limit ÷ contacted or past the limit";
        made.numerator = row_.integer("contact_in_time");
        made.denominator = row_.integer("contact_due");
        add_limits(made);
        leave_out(made, WhyNotCounted::not_due, row_.integer("not_due"));
        return made;
    }
    CockpitFigure resolved() const {
        CockpitFigure made = start("resolved", "解决", "resolved");
        made.says_zh = "求助人答“已解决”的 ÷ 已答复的";
        made.says_en = "said resolved ÷ said resolved or not resolved";
        made.numerator = row_.integer("resolved");
        made.denominator = row_.integer("answered");
        leave_out_unanswered(made);
        return made;
    }
    CockpitFigure satisfied() const {
        std::string mark = std::to_string(pack_.reports.satisfied_mark_min);
        CockpitFigure made = start("satisfied", "满意", "satisfied");
        made.says_zh = "评 " + mark + " 分及以上的 ÷ 已评分的";
        made.says_en = mark + " of 5 or better ÷ those who gave a mark";
        made.numerator = row_.integer("satisfied");
        made.denominator = row_.integer("marked");
        add_clause(made.clauses, pack_.reports.satisfied_clause);
        leave_out_unanswered(made);
        leave_out(made, WhyNotCounted::no_mark, row_.integer("no_mark"));
        return made;
    }
    CockpitFigure unmet() const {
        CockpitFigure made = start("unmet", "超时未办结", "unmet past the limit");
        made.says_zh = "已过办理时限、未办结也未转介的 ÷ 发现的全部需求";
        made.says_en = "past the handling limit, neither closed nor referred ÷ all needs found";
        made.numerator = row_.integer("unmet");
        made.denominator = row_.integer("found_all");
        add_limits(made);
        return made;
    }

  private:
    CockpitFigure start(const char* key, const char* zh, const char* en) const {
        CockpitFigure made;
        made.key = key;
        made.zh = zh;
        made.en = en;
        leave_out(made, WhyNotCounted::merged, left_out_.merged);
        leave_out(made, WhyNotCounted::outside_days, left_out_.outside_days);
        return made;
    }
    void leave_out(CockpitFigure& made, WhyNotCounted why, std::int64_t needs) const {
        if (needs == 0) return;
        NotCountedNeeds out{why, needs, {}};
        if (const auto* clause = clause_of(why, pack_)) add_clause(out.clauses, *clause);
        made.not_counted.push_back(std::move(out));
    }
    void leave_out_unanswered(CockpitFigure& made) const {
        made.apart_zh = "未答复";
        made.apart_en = "not reached";
        made.apart = row_.integer("not_reached");
        leave_out(made, WhyNotCounted::not_reached, row_.integer("not_reached"));
        leave_out(made, WhyNotCounted::not_served, row_.integer("not_served"));
        leave_out(made, WhyNotCounted::unfinished, row_.integer("unfinished"));
    }
    void add_limits(CockpitFigure& made) const {
        for (const auto& limits : pack_.limit_classes) add_clause(made.clauses, limits.clause);
    }

    const store::Row& row_;
    const LeftOut& left_out_;
    const rules::Pack& pack_;
};

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
    LeftOut left_out = read_left_out(db, area.path, end, days);
    FigureMaker figures(*row, left_out, pack);
    shown.items = {figures.found(), figures.in_time(), figures.resolved(), figures.satisfied()};
    shown.unmet_figure = figures.unmet();
    shown.unmet = shown.unmet_figure.numerator;
    shown.service = records::service_minutes(db, area.path, days);
    add_clause(shown.service_clauses, pack.records.clause);
    shown.complaints = complaints::complaint_counts(db, area.path, at, days);
    add_clause(shown.complaint_clauses, pack.complaints.clause);
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
