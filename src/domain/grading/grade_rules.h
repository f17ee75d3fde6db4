// How a month becomes a colour. Pure: what was counted, what held before and the pack in; parts,
// gates and the colour out. Whole numbers only; halves are rounded up.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "domain/grading/graded_service_figure.h"
#include "facts/grade_facts.h"

namespace hezhi::grading {

// A service with what was said of its order.
struct GradedService {
    GradedServiceState service;
    Resolution resolution = Resolution::not_answered;
    std::int32_t satisfaction = 0;
    Instant reviewed_at;  // never, if nobody reviewed it
};

// What is looked at: services that were to end in [from, until), as they were known `at`; of
// excuses those that the journal held at `position`.
struct GradeWindow {
    Instant from;
    Instant until;
    Instant at;
    GradeSubject graded = GradeSubject::team;
    std::int64_t position = INT64_MAX;
};

// Why a service stands beside the count, or that it is in it.
enum class CountedAs {
    completed,
    given_back,
    given_back_late,  // counts as accepted only
    no_show,
    proven_false,     // its record was: counts as accepted only
    excused,          // ill, when they did not come or gave back late
    order_cancelled,  // by others: nobody's doing
    reassigned,       // dispatch was suspended: nobody's doing either
    outcome_unknown,  // at the time of the run
};
BOOST_DESCRIBE_ENUM(CountedAs, completed, given_back, given_back_late, no_show, proven_false,
                    excused, order_cancelled, reassigned, outcome_unknown)

// `position`: of the journal as it was read; the instants of two facts may be equal.
CountedAs counted_as(const GradedService&, Instant at, std::int64_t position = INT64_MAX);
inline bool counts(CountedAs as) {
    return as != CountedAs::excused && as != CountedAs::order_cancelled &&
           as != CountedAs::reassigned && as != CountedAs::outcome_unknown;
}
bool review_counts(const GradedService&, Instant at);
// Whether its record was complete in time; nothing of one that is not due, and where none is.
std::optional<bool> record_in_time(const GradedServiceState&, CountedAs, Instant at);
// Whether an excuse would change how it counts, and the pack's time for one is not over.
bool is_excusable(const GradedServiceState&, const rules::Pack&, Instant now);

// As far back as any pack may look.
inline constexpr int months_read = 13;

// The first instant of the month that `at` lies in, and of the month `months` before it.
Instant month_start(Instant at);
Instant months_before(Instant month_start, int months);

// Counts one service and one incident after the other. They may reach back further than the
// window, as far as the pack's months; a service that ends outside is not counted but for the
// months.
class Counting {
  public:
    // `window` must outlive it.
    Counting(const GradeWindow& window, const rules::ColorGradeRules& rules)
        : window_(window), look_back_(months_before(window.until, rules.look_back_months)) {}

    // What ends before is counted in nothing.
    Instant begin() const { return std::min(window_.from, look_back_); }
    void add(const GradedService&);
    void add(const GradedIncidentState&);
    const GradeCounts& counts() const { return counted_; }

  private:
    void note_month(Instant ends_at);

    const GradeWindow& window_;
    Instant look_back_;
    GradeCounts counted_;
    std::vector<Instant> months_;       // with a service, few
    Instant month_from_, month_until_;  // of the last service
};
GradeCounts count(std::span<const GradedService> services,
                  std::span<const GradedIncidentState> incidents, const GradeWindow&,
                  const rules::ColorGradeRules&);

// What is known of a subject before the run.
struct GradeBefore {
    GradeColor color = GradeColor::ungraded;
    Instant color_since;
    std::vector<GradeColor> bands;  // of the runs before, the latest first
    bool undecided = false;         // a proposal or an appeal is open: nothing changes meanwhile
    std::int32_t remedial_minutes = 0;
    std::int32_t good_services = 0;
};

struct GradeResult {
    GradeParts parts;
    std::vector<std::string> gates;  // that bit
    bool enough = false;
    GradeColor band = GradeColor::ungraded;   // of this run alone
    GradeColor color = GradeColor::ungraded;  // holds from now on
    std::optional<GradeColor> proposed;       // a way down, for a person to decide
    bool remedied = false;
};

GradeResult grade(const GradeCounts&, const GradeBefore&, const GradeWindow&,
                  const rules::ColorGradeRules&);
// Why a month leads down to what it proposes: "score", keys of gates.
std::vector<std::string> reasons_down(const GradeResult&, const rules::ColorGradeRules&);

// The weight of each part that is known, in the order of GradeParts; 0 where it is left out.
struct PartWeights {
    std::int32_t fulfilment = 0, satisfaction = 0, safety = 0, record_compliance = 0,
                 continuity = 0, all = 0;
};
PartWeights weights_of(const GradeParts&, const rules::ColorGradeRules&);

// What each part brings to the score, in the order of GradeParts: hundredths that add up to it, as
// those that were cut most are rounded up. 0 where a part is left out.
std::array<std::int32_t, 5> points_of(const GradeParts&, const rules::ColorGradeRules&);

// The services of the way back from yellow: completed since then and reviewed well.
bool is_good_service(const GradedService&, Instant since, Instant at,
                     const rules::ColorGradeRules&);
std::int32_t good_services(std::span<const GradedService>, Instant since, Instant at,
                           const rules::ColorGradeRules&);

GradeColor band_of(std::int32_t score, const rules::ColorGradeRules&);
inline GradeColor as_blue(GradeColor color) {
    return color == GradeColor::ungraded ? GradeColor::blue : color;
}

}  // namespace hezhi::grading
