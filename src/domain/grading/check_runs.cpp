#include "domain/grading/check_runs.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "domain/grading/counted_history.h"
#include "domain/grading/grade_figure.h"

namespace hezhi::grading {
namespace {

// What stands of a subject, for the month or the proposal that comes next.
struct StandingGrade {
    GradeBefore before;  // without the services of the way back
    GradeColor effective = GradeColor::ungraded;
    std::int64_t run = 0;  // the last
    GradeResult result;    // of that
};

// What a month should have said, and what it led to.
struct MonthAgain {
    GradeComputed month;
    GradeResult result;
};

class RunCheck final : public journal::Check {
  public:
    journal::Watches watches() override {
        auto all = history_.watches();
        all.push_back(journal::watch<GradeFigure>(
            [this](const GradeState& after, const Fact& fact, const rules::Pack& pack) {
                look(grades_[after.id], after, fact, pack.color_grades);
            }));
        return all;
    }
    journal::Differences differences() override { return std::move(found_); }

  private:
    void look(StandingGrade& grade, const GradeState& after, const Fact& fact,
              const rules::ColorGradeRules& rules) {
        if (fact.is<GradeComputed>()) {
            check_run(grade, after, fact, rules);
        } else if (fact.is<GradeProposed>()) {
            check_proposal(grade, fact, rules);
        } else if (fact.is<GradeConfirmed>()) {
            check_confirmed(fact);
        }
        grade.before.color = after.color;
        grade.before.color_since = after.color_since;
        grade.before.bands = after.bands;
        grade.before.undecided = after.proposal || after.appeal;
        grade.before.remedial_minutes = after.remedial_minutes;
        grade.effective = after.effective;
    }

    GradeCounts recount(const GradeState& of, const GradeWindow& window,
                        const rules::ColorGradeRules& rules) const {
        Counting counting(window, rules);
        auto add = [&](const auto& one) { counting.add(one); };
        history_.services(of.graded, of.subject, add);
        history_.incidents(of.graded, of.subject, add);
        return counting.counts();
    }

    std::int32_t good_services(const GradeState& of, const GradeWindow& window,
                               const GradeBefore& before,
                               const rules::ColorGradeRules& rules) const {
        // Nobody else is asked for them.
        if (as_blue(before.color) != GradeColor::yellow) return 0;
        if (before.remedial_minutes < rules.training_minutes) return 0;
        std::int32_t good = 0;
        Instant read_from = months_before(window.until, months_read);
        history_.services(of.graded, of.subject, [&](const GradedService& one) {
            if (one.service.ends_at < read_from || one.service.ends_at >= window.until) return;
            good += is_good_service(one, before.color_since, window.at, rules) ? 1 : 0;
        });
        return good;
    }

    // By the history as it stands.
    MonthAgain month_again(const GradeState& of, const GradeWindow& window, StandingGrade& grade,
                           const GradeComputed& said, const rules::ColorGradeRules& rules) const {
        MonthAgain again{said, {}};
        GradeComputed& month = again.month;
        GradeBefore& before = grade.before;
        before.good_services = good_services(of, window, before, rules);
        month.graded = window.graded;
        month.from = window.from;
        month.position = window.position;
        month.counts = recount(of, window, rules);
        again.result = hezhi::grading::grade(month.counts, before, window, rules);
        month.parts = again.result.parts;
        month.gates = again.result.gates;
        month.enough = again.result.enough;
        month.band = again.result.band;
        month.color = again.result.color;
        month.effective = before.undecided ? grade.effective : again.result.color;
        month.remedied = again.result.remedied;
        return again;
    }

    void check_run(StandingGrade& grade, const GradeState& of, const Fact& fact,
                   const rules::ColorGradeRules& rules) {
        const auto& said = fact.as<GradeComputed>();
        std::string place = "grade run " + std::to_string(fact.position);
        std::int64_t latest = fact.position - 1;
        std::int64_t read_at =
            std::clamp(said.position, std::min(history_.earliest(fact), latest), latest);
        GradeWindow window{said.until - std::chrono::days(rules.window_days), said.until,
                           fact.occurred_at, of.graded, read_at};
        grade.run = fact.position;
        // Reading is not one instant: the facts between `read_at` and this one may have been known.
        std::optional<journal::Differences> fewest;
        history_.each_state(read_at, [&] {
            MonthAgain again = month_again(of, window, grade, said, rules);
            journal::Differences found;
            journal::add_differences(found, place, again.month, said);
            if (!fewest || found.size() < fewest->size()) {
                fewest = std::move(found);
                grade.result = std::move(again.result);
            }
            return fewest->empty();
        });
        report(std::move(*fewest));
    }

    void check_proposal(const StandingGrade& grade, const Fact& fact,
                        const rules::ColorGradeRules& rules) {
        const auto& said = fact.as<GradeProposed>();
        proposed_[fact.position] = said.to;
        std::string place = "grade proposal " + std::to_string(fact.position);
        GradeProposed made = said;
        made.from = as_blue(grade.before.color);
        if (said.computed) {
            if (!grade.result.proposed) {
                std::string run = "grade run " + std::to_string(grade.run);
                found_.push_back({place, "none: " + run + " leads nowhere down", "a proposal"});
                return;
            }
            made.computed = grade.run;
            made.to = *grade.result.proposed;
            made.reasons = reasons_down(grade.result, rules);
            made.suspends = false;
        } else {
            const auto* trigger =
                said.reasons.size() == 1 ? rules.trigger(said.reasons.front()) : nullptr;
            if (!trigger) {
                found_.push_back(
                    {place + " reasons", "a trigger of the pack", to_json(said.reasons)});
                return;
            }
            made.to = GradeColor::red;
            made.suspends = trigger->suspends;
            made.effective = trigger->suspends ? GradeColor::red : grade.effective;
        }
        journal::add_differences(found_, place, made, said);
    }

    void check_confirmed(const Fact& fact) {
        auto id = fact.subject("grade_proposal");
        std::string place = "grade proposal " + std::to_string(id) + " confirmed";
        auto proposed = proposed_.find(id);
        if (proposed == proposed_.end()) {
            found_.push_back({place, "a proposal", "none"});
            return;
        }
        const auto& said = fact.as<GradeConfirmed>();
        GradeConfirmed made = said;
        made.color = made.effective = proposed->second;
        journal::add_differences(found_, place, made, said);
    }

    void report(journal::Differences found) {
        std::ranges::move(found, std::back_inserter(found_));
    }

    CountedHistory history_;
    boost::unordered_flat_map<std::string, StandingGrade> grades_;  // by subject
    boost::unordered_flat_map<std::int64_t, GradeColor> proposed_;  // to which, by proposal
    journal::Differences found_;
};

}  // namespace

std::unique_ptr<journal::Check> check_runs() {
    return std::make_unique<RunCheck>();
}

}  // namespace hezhi::grading
