// Colours (四色分级) counted again: each month that was graded, from the services, reviews,
// incidents and memberships of the facts, by the pack's window, look-back, limits, weights, gates
// and bands; one month after the other.
//
// The same pure functions as the monthly run (grading::count, grading::grade). What a person must
// still confirm counts as confirmed; the remedial path and reds by a trigger, which people decide,
// are left out. A row that was written over since (a service taken up again, a second review, a
// membership begun anew) is counted as it stands last.
#pragma once

#include "domain/back_tests/mechanisms.h"
#include "domain/grading/grading.h"

namespace hezhi::back_tests {

// A month of one subject.
struct RecountedMonth {
    Instant until;
    GradeCounts counts;
    GradeColor color = GradeColor::ungraded;  // from then on
};

struct RecountedGrade {
    GradeSubject graded = GradeSubject::team;
    std::int64_t subject = 0;
    std::string_view area_path;          // the fold's
    std::vector<RecountedMonth> months;  // none where the pack does not grade such subjects
};

// Whoever was graded until then; and adult volunteers of whom no month was, where the pack grades
// persons: for the months in which others were.
std::vector<RecountedGrade> recounted_grades(const Judged& judged, Instant until);

// As good as blue: nothing is kept from who is not graded.
inline constexpr std::int32_t ungraded_rank = 2;

Outcomes recounted_colors(const Judged& judged, const Period& period);
journal::Figures recounted_alike();
journal::Figures recounted_own();

}  // namespace hezhi::back_tests
