#include "domain/grading/grade_pages.h"

#include <algorithm>

#include "domain/grading/queries.h"

namespace hezhi::grading {
namespace {

constexpr std::int64_t months_shown = 12;
constexpr std::int64_t proposals_shown = 20;

struct PartRow {
    std::string_view key;
    const rules::Clause& clause;
    std::int64_t numerator;
    std::int64_t denominator;
    std::int32_t weight;
    std::int32_t share;
};

// The arithmetic of each part, as it stands in grade_rules.cpp.
std::vector<GradePartWhy> part_rows(const GradeRunState& run, const rules::ColorGradeRules& rules) {
    const auto& c = run.counts;
    auto weights = weights_of(run.parts, rules);
    auto points = points_of(run.parts, rules);
    const PartRow rows[] = {
        {"fulfilment", rules.fulfilment_clause, c.completed + c.given_back,
         c.accepted + c.no_shows * (rules.no_show_counts - 1), weights.fulfilment,
         run.parts.fulfilment},
        {"satisfaction", rules.satisfaction_clause,
         std::int64_t{c.satisfaction_sum} * 20 +
             std::int64_t{rules.prior_reviews} * rules.prior_percent,
         (std::int64_t{c.reviews} + rules.prior_reviews) * 100, weights.satisfaction,
         run.parts.satisfaction},
        {"safety", rules.safety_clause, std::max(0, 100 - c.incident_percent), 100, weights.safety,
         run.parts.safety},
        {"record_compliance", rules.record_clause, c.records_in_time, c.records_due,
         weights.record_compliance, run.parts.record_compliance},
        {"continuity", rules.continuity_clause, std::min(c.months_active, rules.months_full),
         rules.months_full, weights.continuity, run.parts.continuity},
    };
    std::vector<GradePartWhy> parts;
    for (const auto& row : rows) {
        GradePartWhy part;
        part.key = row.key;
        part.says = clause_page(row.clause);
        part.numerator = row.numerator;
        part.denominator = row.denominator;
        part.weight = row.weight;
        if (row.share >= 0) part.share = row.share;
        part.points = points[parts.size()];
        parts.push_back(std::move(part));
    }
    return parts;
}

// The arithmetic of a gate, as it stands in grade_rules.cpp.
GradeGateWhy show_gate(const rules::GradeGate& gate, const GradeRunState& run) {
    const auto& c = run.counts;
    GradeGateWhy shown;
    shown.key = gate.key;
    shown.says = clause_page(gate.clause);
    shown.bit = std::ranges::find(run.gates, gate.key) != run.gates.end();
    shown.from = gate.from;
    if (gate.key == "no_shows") {
        shown.found = c.no_shows;
        return shown;
    }
    bool resolution = gate.key == "unresolved";
    shown.found = resolution ? c.resolved : c.satisfaction_sum;
    shown.of = resolution ? c.resolved + c.unresolved : c.reviews;
    shown.limit = gate.limit;
    return shown;
}

std::int32_t score_from(GradeColor color, const rules::ColorGradeRules& rules) {
    switch (color) {
        case GradeColor::green:
            return rules.green_from * 100;
        case GradeColor::blue:
            return rules.blue_from * 100;
        case GradeColor::yellow:
            return rules.yellow_from * 100;
        default:
            return 0;
    }
}

void show_gap(GradeNext& next, GradeColor color, const GradeRunState& run,
              const rules::ColorGradeRules& rules) {
    if (run.parts.score < 0) return;
    next.points_missing = std::max(0, score_from(color, rules) - run.parts.score);
    for (const auto& key : run.gates) {
        const auto* gate = rules.gate(key);
        if (gate && gate->at_most < color) next.gates.push_back(key);
    }
}

// What the months so far leave to be done until `color` holds.
void show_missing(GradeNext& next, GradeColor color, const GradeState& grade,
                  const std::optional<GradeRunState>& run, const rules::ColorGradeRules& rules) {
    if (grade.color == GradeColor::red) {
        // Its days end it, unless a month says red itself.
        if (run && run->band == GradeColor::red) show_gap(next, color, *run, rules);
        return;
    }
    bool team = grade.graded == GradeSubject::team;
    std::int32_t counted = run ? run->counts.accepted : 0;
    next.services_missing =
        std::max(0, (team ? rules.team_services_min : rules.person_services_min) - counted);
    if (run) show_gap(next, color, *run, rules);
    std::int32_t needed = grade.color == GradeColor::ungraded ? 1 : rules.up_runs;
    std::int32_t had = 0;
    for (GradeColor band : grade.bands) {
        if (band < color) break;
        ++had;
    }
    next.runs_missing = std::max(0, needed - had);
}

std::optional<GradeNext> next_of_team(const GradeState& grade,
                                      const std::optional<GradeRunState>& run,
                                      const rules::ColorGradeRules& rules) {
    // Nobody climbs above green; 未评 looks at blue first.
    if (grade.color == GradeColor::green) return std::nullopt;
    GradeNext next;
    next.color = grade.color == GradeColor::ungraded
                     ? GradeColor::blue
                     : static_cast<GradeColor>(static_cast<int>(grade.color) + 1);
    show_missing(next, *next.color, grade, run, rules);
    return next;
}

// Whoever is 正常 lacks nothing. What only a proposal suspends goes back to what held before.
std::optional<GradeNext> next_of_person(const GradeState& grade,
                                        const std::optional<GradeRunState>& run,
                                        const rules::ColorGradeRules& rules) {
    PersonStanding now = person_standing(rules, grade.effective);
    PersonStanding of_color = person_standing(rules, grade.color);
    if (now == PersonStanding::normal || now < of_color) return std::nullopt;
    GradeNext next;
    if (now != of_color) {
        next.standing = of_color;
        return next;
    }
    for (int color = static_cast<int>(grade.color) + 1;
         color <= static_cast<int>(GradeColor::green); ++color) {
        auto better = static_cast<GradeColor>(color);
        if (person_standing(rules, better) >= now) continue;
        next.standing = person_standing(rules, better);
        show_missing(next, better, grade, run, rules);
        return next;
    }
    return std::nullopt;
}

std::optional<GradeNext> next_of(const GradeState& grade, const std::optional<GradeRunState>& run,
                                 const rules::ColorGradeRules& rules, Instant now) {
    bool team = grade.graded == GradeSubject::team;
    auto next = team ? next_of_team(grade, run, rules) : next_of_person(grade, run, rules);
    if (!next) return next;
    next->undecided = grade.proposal || grade.appeal;
    Instant earliest = grade.color_since + std::chrono::days(rules.red_days_min);
    if (grade.color == GradeColor::red && earliest > now) next->earliest = earliest;
    return next;
}

struct Subject {
    std::string area_path;
    bool own = false;  // the reader's, or of a team that the reader leads
};

std::optional<Subject> find_subject(const api::Reading& reading, GradeSubject graded,
                                    std::int64_t id) {
    if (graded == GradeSubject::team) {
        auto team = id > 0 ? reading.load<organizations::OrganizationFigure>(id) : std::nullopt;
        if (!team) return std::nullopt;
        return Subject{team->area_path, speaks_for(reading.caller, graded, id, &*team)};
    }
    auto person = id > 0 ? reading.load<standing::StandingFigure>(id) : std::nullopt;
    if (!person || !person->volunteer) return std::nullopt;
    return Subject{person->area_path, speaks_for(reading.caller, graded, id, nullptr)};
}

// The sentences by which a month is judged.
void show_clauses(GradePage& page, const rules::ColorGradeRules& rules) {
    page.window = clause_page(rules.window_clause);
    page.services_min =
        page.graded == GradeSubject::team ? rules.team_services_min : rules.person_services_min;
    page.score_says = clause_page(rules.score_clause);
    page.bands_say = clause_page(rules.bands_clause);
    page.hysteresis = clause_page(rules.hysteresis_clause);
}

void show_last_run(GradePage& page, const api::Reading& reading, const GradeRunState& run,
                   bool excuses) {
    const auto& rules = reading.packs->in_force(run.at)->pack->color_grades;
    show_clauses(page, rules);
    page.from = run.from_at;
    page.until = run.until_at - Millis(1);  // the last day, not the one after
    page.enough = run.enough;
    page.services = run.counts.accepted;
    page.parts = part_rows(run, rules);
    if (run.parts.score >= 0) page.score = run.parts.score;
    if (run.enough && page.graded == GradeSubject::team) page.band = run.band;
    for (const auto& gate : rules.gates) {
        page.gates.push_back(show_gate(gate, run));
    }
    show_services(page, reading, run, excuses);
}

void show_way_back(GradePage& page, const api::Reading& reading, const GradeState& grade,
                   const rules::ColorGradeRules& rules) {
    if (grade.color == GradeColor::red) page.way_back = clause_page(rules.leaving_red_clause);
    if (grade.color != GradeColor::yellow) return;
    page.way_back = clause_page(rules.remedial_clause);
    page.remedial_minutes = grade.remedial_minutes;
    page.remedial_minutes_needed = rules.training_minutes;
    page.good_services_needed = rules.good_services;
    auto rows =
        subject_rows(reading.db, page.graded, page.subject_id, grade.color_since, reading.now);
    page.good_services = good_services(rows.services, grade.color_since, reading.now, rules);
}

GradeMonth show_month(const api::Reading& reading, const GradeRunState& run, GradeSubject graded,
                      bool colors) {
    GradeMonth month{run.until_at - Millis(1), run.enough, {}, {}, {}, {}};
    if (run.parts.score >= 0) month.score = run.parts.score;
    if (colors) {
        month.band = run.band;
        month.color = run.color;
    }
    if (graded == GradeSubject::person) {
        const auto& rules = reading.packs->in_force(run.at)->pack->color_grades;
        month.standing = person_standing(rules, run.color);
    }
    return month;
}

// Whoever has gone the way back lacks nothing: the next month restores the colour.
bool way_back_gone(const GradePage& page) {
    return page.good_services_needed > 0 && page.remedial_minutes >= page.remedial_minutes_needed &&
           page.good_services >= page.good_services_needed;
}

void show_next(GradePage& page, const GradeState& grade, const std::optional<GradeRunState>& run,
               const rules::ColorGradeRules& rules, Instant now) {
    page.next = next_of(grade, run, rules, now);
    if (!page.next || !way_back_gone(page)) return;
    GradeNext restored;
    restored.color = page.next->color;
    restored.standing = page.next->standing;
    restored.undecided = page.next->undecided;
    page.next = restored;
}

void show_actions(GradePage& page, const api::Reading& reading, const Subject& subject,
                  const GradeState& grade) {
    api::Access there{.area_path = subject.area_path};
    if (concerns(reading.db, reading.caller, page.graded, page.subject_id)) return;
    const auto& rules = reading.pack()->pack->color_grades;
    bool undecided = grade.proposal || grade.appeal;
    if (reading.caller.may("grade.propose", there) && !undecided &&
        grade.color != GradeColor::red) {
        page.actions.emplace_back("propose_grade");
        for (const auto& trigger : rules.triggers) {
            page.triggers.push_back(
                {trigger.key, trigger.name.zh, trigger.name.en, clause_page(trigger.clause)});
        }
    }
    if (reading.caller.may("remedial.note", there) && grade.color == GradeColor::yellow) {
        page.actions.emplace_back("note_remedial");
    }
}

}  // namespace

PersonStanding person_standing(const rules::ColorGradeRules& rules, GradeColor effective) {
    const auto& effect = rules.effect(effective);
    if (effect.paused) return PersonStanding::paused;
    return effect.paired ? PersonStanding::paired : PersonStanding::normal;
}

bool sees_colors(const api::Caller& caller, GradeSubject graded, std::int64_t subject) {
    return graded == GradeSubject::team || caller.person.value != subject;
}

GradeClause clause_page(const rules::Clause& clause) {
    return {clause.says.zh, clause.says.en, clause.source};
}

std::string subject_name(const api::Reading& reading, const GradeDesk& desk, GradeSubject graded,
                         std::int64_t subject) {
    if (graded == GradeSubject::person) {
        return desk.people.masked_name(reading.db, PersonId(subject));
    }
    return desk.people.read_text(reading.db, subject, organizations::text_name).value_or("");
}

Result<GradePage> grade_page(const api::Reading& reading, const GradeDesk& desk,
                             GradeSubject graded, std::int64_t id) {
    auto subject = find_subject(reading, graded, id);
    if (!subject) return refuse(hezhi::refusals::not_found);
    // Of persons only those who decide see more than a colour's effect.
    std::string_view permission = graded == GradeSubject::team ? "grade.read" : "grade.confirm";
    if (!subject->own && !reading.caller.may(permission, {.area_path = subject->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    auto grade = reading.load<GradeFigure>(grade_key(graded, id)).value_or(GradeState{});
    grade.graded = graded;
    const auto& rules = reading.pack()->pack->color_grades;
    GradePage page;
    page.graded = graded;
    page.subject_id = id;
    page.name = subject_name(reading, desk, graded, id);
    if (graded == GradeSubject::team) {
        page.color = grade.color;
    } else {
        page.standing = person_standing(rules, grade.effective);
    }
    page.paused = rules.effect(grade.effective).paused;
    bool colors = sees_colors(reading.caller, graded, id);
    if (colors) page.effect = clause_page(rules.effect(grade.effective).clause);
    page.appeal_says = clause_page(rules.appeal_clause);
    auto newest = [&](std::int64_t limit) {
        return std::vector<store::Param>{{"graded_id", grade_key(graded, id)}, {"limit", limit}};
    };
    auto runs = reading.rows<GradeRunFigure>(queries::runs_of, newest(months_shown));
    std::optional<GradeRunState> last;
    if (!runs.empty()) last = runs.front();
    // Of a team's page nobody reads who it was.
    bool excuses = graded == GradeSubject::person && !subject->own &&
                   reading.caller.may("service.excuse", {.area_path = subject->area_path});
    if (last) {
        show_last_run(page, reading, *last, excuses);
    } else {
        show_clauses(page, rules);
    }
    if (rules.excuse_within) page.excuse = clause_page(rules.excuse_clause);
    show_way_back(page, reading, grade, rules);
    show_next(page, grade, last, rules, reading.now);
    for (const auto& run : runs) {
        page.history.push_back(show_month(reading, run, graded, colors));
    }
    for (const auto& row :
         reading.rows<GradeProposalFigure>(queries::proposals_of, newest(proposals_shown))) {
        page.proposals.push_back(show_with_appeals(reading, desk, row));
    }
    show_actions(page, reading, *subject, grade);
    return page;
}

Result<TeamGradeList> list_team_grades(const api::Reading& reading, const GradeDesk& desk,
                                       const GradeListQuery& query) {
    auto page =
        areas::newest_page(reading, desk.tree, query.area, "grade.read", query.cursor, query.limit);
    if (!page) return std::unexpected(page.error());
    std::optional<std::string> color;
    if (query.color) color = std::string(label_of(*query.color));
    page->params.emplace_back("color", color);
    std::vector<std::int64_t> teams;
    reading.db.each(queries::teams_of_area, page->params,
                    [&](const store::Row& row) { teams.push_back(row.integer("subject")); });
    TeamGradeList list;
    reading.db.each(queries::colors_of_area,
                    {{"path", page->path}, {"path_end", areas::path_end(page->path)}},
                    [&](const store::Row& row) {
                        list.colors.push_back({from_label<GradeColor>(row.text("color")).value(),
                                               row.integer("teams")});
                    });
    std::ranges::sort(list.colors, std::ranges::greater{}, &ColorCount::color);
    auto areas = desk.tree.now();
    for (std::int64_t id : teams) {
        if (std::ssize(list.items) == page->limit) {
            list.next_cursor = api::to_text({0, list.items.back().organization_id.value});
            break;
        }
        auto team = reading.load<organizations::OrganizationFigure>(id);
        auto key = grade_key(GradeSubject::team, id);
        auto grade = reading.load<GradeFigure>(key).value_or(GradeState{});
        TeamGrade shown;
        shown.organization_id = OrganizationId(id);
        shown.name = subject_name(reading, desk, GradeSubject::team, id);
        if (const auto* area = areas->find(team->area)) shown.area_name = area->name;
        shown.color = grade.color;
        shown.paused = is_paused(*reading.pack()->pack, grade.effective);
        shown.undecided = grade.proposal || grade.appeal;
        if (grade.computed_until) shown.computed_until = grade.computed_until - Millis(1);
        auto run = grade.computed ? reading.load<GradeRunFigure>(grade.computed) : std::nullopt;
        if (run && run->parts.score >= 0) shown.score = run->parts.score;
        list.items.push_back(std::move(shown));
    }
    return list;
}

Result<OwnGradeList> own_grades(const api::Reading& reading, const GradeDesk& desk) {
    const auto& rules = reading.pack()->pack->color_grades;
    OwnGradeList list;
    auto add = [&](GradeSubject graded, std::int64_t id) {
        auto grade = reading.load<GradeFigure>(grade_key(graded, id)).value_or(GradeState{});
        OwnGrade own;
        own.graded = graded;
        own.subject_id = id;
        if (graded == GradeSubject::team) {
            own.name = subject_name(reading, desk, graded, id);
            own.color = grade.color;
        } else {
            own.standing = person_standing(rules, grade.effective);
        }
        own.paused = rules.effect(grade.effective).paused;
        own.undecided = grade.proposal || grade.appeal;
        list.items.push_back(std::move(own));
    };
    PersonId person = reading.caller.person;
    auto standing = person ? reading.load<standing::StandingFigure>(person) : std::nullopt;
    bool adult = standing && standing->volunteer &&
                 standing->age_years.value_or(0) >= reading.pack()->pack->dispatch.adult_from_years;
    if (adult && rules.persons) add(GradeSubject::person, person.value);
    if (!rules.teams || !person) return list;
    std::vector<std::int64_t> led;
    reading.db.each(queries::teams_led, {{"person", person}},
                    [&](const store::Row& row) { led.push_back(row.integer("id")); });
    for (std::int64_t id : led) add(GradeSubject::team, id);
    return list;
}

}  // namespace hezhi::grading
