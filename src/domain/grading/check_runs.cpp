#include "domain/grading/check_runs.h"

#include "base/json.h"
#include "domain/grading/grade_figure.h"
#include "domain/grading/grade_rules.h"
#include "domain/grading/queries.h"

namespace hezhi::grading {

std::vector<journal::Difference> check_runs(store::Session& db, const journal::FigureTables& tables,
                                            const rules::PackHistory& packs) {
    std::vector<journal::Difference> found;
    journal::StateReader<GradeRunFigure> read(tables);
    db.each(queries::all_runs, {}, [&](const store::Row& row) {
        GradeRunState run = read(row);
        const auto* published = packs.in_force(run.at);
        if (!published) return;
        auto graded =
            run.graded_id.starts_with("team/") ? GradeSubject::team : GradeSubject::person;
        GradeWindow window{run.from_at, run.until_at, run.at, graded, run.position};
        GradeResult again = grade(run.counts, {}, window, published->pack->color_grades);
        auto compare = [&](std::string_view what, const std::string& expected,
                           const std::string& has) {
            if (expected == has) return;
            std::string place = "grade run " + std::to_string(run.id.value) + " ";
            found.push_back({place + std::string(what), expected, has});
        };
        compare("parts", to_json(again.parts), to_json(run.parts));
        compare("gates", to_json(again.gates), to_json(run.gates));
        compare("band", std::string(label_of(again.band)), std::string(label_of(run.band)));
    });
    return found;
}

}  // namespace hezhi::grading
