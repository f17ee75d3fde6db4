// evaluate: what a pack makes of a file of facts. Without a server and without a database.
#include <fstream>
#include <iostream>

#include "app/commands/commands.h"
#include "app/figures.h"
#include "domain/back_tests/earned_level_figure.h"
#include "domain/back_tests/recount_colors.h"
#include "journal/evaluate.h"
#include "rules/pack_reader.h"
#include "rules/working_calendar.h"

namespace hezhi::app {

std::shared_ptr<const rules::Pack> pack_in(const std::filesystem::path& folder) {
    auto read = rules::read_pack_folder(folder);
    if (read) return std::make_shared<rules::Pack>(std::move(*read));
    std::string all = "规则包有误 the pack has mistakes:";
    for (const auto& error : read.error()) all += "\n  " + rules::to_string(error);
    throw CannotOpen(all);
}

// A month of a team or a person, counted again under the pack.
struct RecountedRow {
    std::string graded_id;  // as in the figure grades
    Instant until_at;
    GradeCounts counts;
    GradeColor color = GradeColor::ungraded;
};
BOOST_DESCRIBE_STRUCT(RecountedRow, (), (graded_id, until_at, counts, color))

namespace {

void write_recounted(const journal::Folded& fold, std::ostream& out) {
    out << ",\n\"recounted_grades\":[";
    bool first = true;
    for (const auto& grade : back_tests::recounted_grades({fold, fold}, Instant{INT64_MAX})) {
        auto key = grading::grade_key(grade.graded, grade.subject);
        for (const auto& month : grade.months) {
            RecountedRow row{key, month.until, month.counts, month.color};
            out << (first ? "\n" : ",\n") << to_json(row);
            first = false;
        }
    }
    out << "]";
}

}  // namespace

int run_evaluate(const EvaluateCommand& wanted) {
    auto pack = pack_in(wanted.pack);
    rules::live_by(*pack);
    journal::EvaluateSettings settings{{}, wanted.threads, write_recounted};
    if (!wanted.at.empty()) {
        settings.at = parse_day(wanted.at);
        if (!settings.at) throw CannotOpen("--at: YYYY-MM-DD");
    }
    std::ifstream file;
    if (wanted.facts != "-") {
        file.open(wanted.facts, std::ios::binary);
        if (!file || std::filesystem::is_directory(wanted.facts)) {
            throw CannotOpen("--facts: 打不开文件 cannot open " + wanted.facts.string());
        }
    }
    std::istream& facts = wanted.facts == "-" ? std::cin : file;
    auto figures = all_figures();
    figures.push_back(&journal::figure<back_tests::EarnedLevelFigure>());
    auto done = journal::evaluate(facts, figures, std::move(pack), settings, std::cout);
    if (!done) {
        const auto& [line, fault] = done.error();
        std::cerr << "第 " << line << " 行 line " << line << ": " << fault.field << ": 应为 "
                  << fault.expected_zh << " / expected " << fault.expected_en << "\n";
        return 1;
    }
    return std::cout.flush().good() ? 0 : 1;
}

}  // namespace hezhi::app
