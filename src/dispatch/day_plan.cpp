#include "dispatch/day_plan.h"

#include <algorithm>
#include <bit>

#include "dispatch/market.h"
#include "dispatch/pricing.h"

namespace hezhi::dispatch {

namespace {

constexpr std::int32_t not_possible = INT32_MAX;
constexpr std::int32_t minutes_max = 48 * 60;

struct Point {
    std::int32_t x_m, y_m;
};

std::int32_t travel_minutes(Point a, Point b, const DayFrame& frame) {
    auto metres = metres_of(squared_distance(a.x_m, a.y_m, b.x_m, b.y_m));
    return (metres + frame.metres_per_minute - 1) / frame.metres_per_minute;
}

bool in_day(std::int32_t minute) {
    return minute >= 0 && minute <= minutes_max;
}
bool on_grid(Point p) {
    auto inside = [](std::int64_t at) {
        return at >= -market_limits::coordinate_max_m && at <= market_limits::coordinate_max_m;
    };
    return inside(p.x_m) && inside(p.y_m);
}

bool well_formed(const DayFrame& frame, const std::vector<Visit>& visits) {
    if (visits.size() > day_visits_max || frame.metres_per_minute < 1) return false;
    if (!in_day(frame.from_minute) || !in_day(frame.to_minute)) return false;
    if (!on_grid({frame.x_m, frame.y_m})) return false;
    auto ids_differ = std::ranges::adjacent_find(visits, {}, &Visit::id) == visits.end();
    return ids_differ && std::ranges::all_of(visits, [](const Visit& v) {
               return in_day(v.from_minute) && in_day(v.to_minute) && in_day(v.minutes) &&
                      on_grid({v.x_m, v.y_m});
           });
}

// ends[subset * n + last]: the earliest end of having made the visits of the subset, `last` last.
class Day {
  public:
    Day(const DayFrame& frame, const std::vector<Visit>& visits, const TravelMinutes& travel)
        : frame_(frame), visits_(visits), n_(visits.size()), travel_(n_ * n_), home_(n_) {
        for (std::size_t a = 0; a < n_; ++a) {
            home_[a] = travel(nullptr, visits[a]);
            for (std::size_t b = 0; b < n_; ++b) {
                travel_[a * n_ + b] = travel(&visits[a], visits[b]);
            }
        }
        ends_.assign((std::size_t(1) << n_) * n_, not_possible);
    }

    DayPlan plan() {
        for (std::size_t last = 0; last < n_; ++last) {
            ends_[(std::size_t(1) << last) * n_ + last] =
                end(last, frame_.from_minute + home_[last]);
        }
        std::size_t best = 0, best_last = 0;
        std::int32_t best_home = frame_.from_minute;
        for (std::size_t subset = 1; subset < (std::size_t(1) << n_); ++subset) {
            for (std::size_t last = 0; last < n_; ++last) {
                auto ends = ends_[subset * n_ + last];
                if (ends == not_possible) continue;
                extend(subset, last, ends);
                auto home = ends + home_[last];
                if (home > frame_.to_minute) continue;
                auto more = std::popcount(subset) - std::popcount(best);
                if (more > 0 || (more == 0 && home < best_home)) {
                    best = subset;
                    best_last = last;
                    best_home = home;
                }
            }
        }
        return read_back(best, best_last, best_home);
    }

  private:
    std::int32_t end(std::size_t visit, std::int32_t arrives) const {
        auto& its = visits_[visit];
        auto begins = std::max(arrives, its.from_minute);
        return begins > its.to_minute ? not_possible : begins + its.minutes;
    }

    void extend(std::size_t subset, std::size_t last, std::int32_t ends) {
        for (std::size_t next = 0; next < n_; ++next) {
            if (subset >> next & 1) continue;
            auto& known = ends_[(subset | std::size_t(1) << next) * n_ + next];
            known = std::min(known, end(next, ends + travel_[last * n_ + next]));
        }
    }

    DayPlan read_back(std::size_t subset, std::size_t last, std::int32_t home) const {
        DayPlan out;
        out.home_minute = home;
        for (std::size_t visit = 0; visit < n_; ++visit) {
            if (!(subset >> visit & 1)) out.not_made.push_back(visits_[visit].id);
        }
        while (subset) {
            auto ends = ends_[subset * n_ + last];
            auto rest = subset & ~(std::size_t(1) << last);
            std::int32_t leaves = frame_.from_minute;
            std::size_t before = 0;
            if (rest) {
                // The first that explains the end; visits ascend by id.
                while (ends_[rest * n_ + before] == not_possible || !(rest >> before & 1) ||
                       end(last, ends_[rest * n_ + before] + travel_[before * n_ + last]) != ends) {
                    ++before;
                }
                leaves = ends_[rest * n_ + before];
            }
            out.visits.push_back({visits_[last].id, leaves, ends - visits_[last].minutes, ends});
            subset = rest;
            last = before;
        }
        std::ranges::reverse(out.visits);
        return out;
    }

    const DayFrame& frame_;
    const std::vector<Visit>& visits_;
    std::size_t n_;
    std::vector<std::int32_t> travel_, home_, ends_;
};

}  // namespace

Result<DayPlan> plan_day(const DayFrame& frame, std::vector<Visit> visits) {
    return plan_day(frame, std::move(visits), [&](const Visit* from, const Visit& to) {
        Point start{frame.x_m, frame.y_m};
        if (from) start = {from->x_m, from->y_m};
        return travel_minutes(start, {to.x_m, to.y_m}, frame);
    });
}

Result<DayPlan> plan_day(const DayFrame& frame, std::vector<Visit> visits,
                         const TravelMinutes& travel) {
    std::ranges::sort(visits, {}, &Visit::id);
    if (!well_formed(frame, visits)) return refuse(refusals::day_plan_invalid);
    return Day(frame, visits, travel).plan();
}

}  // namespace hezhi::dispatch
