// A made-up district lives a month through batches of all open orders (dispatch/matching.h): every
// morning a run, at noon another that follows the answers of the morning. Fails if a proof does not
// hold, or if the noon's run differs from one that was computed from nothing.
//
//   bench_month [people] [new orders a day]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

#include "dispatch/matching.h"

namespace {

using namespace hezhi;
using namespace hezhi::dispatch;
using std::chrono::hours;

constexpr int subdistricts = 20, communities = 20, days = 30;
constexpr std::int32_t visit_minutes = 60;

double cpu_seconds() {
    timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) + 1e-9 * static_cast<double>(at.tv_nsec);
}

std::string text_of(const MatchResult& result) {
    std::string out;
    append_text(out, result);
    return out;
}

class District {
  public:
    District(int people, int orders_a_day) : orders_a_day_(orders_a_day) {
        input_.weights = {40, 20, 15, 15, 10, {100, 60, 25}, 2400, 50, 18, 4800};
        for (int i = 0; i < people; ++i) input_.people.push_back(somebody(first_person + i));
    }

    // Returns false if something is wrong.
    bool live(int day) {
        start_ = start_of(*parse_day("2026-11-01") + day);
        input_.tie_salt = static_cast<std::uint64_t>(day) + 1;
        for (int i = 0; i < orders_a_day_; ++i) input_.orders.push_back(an_order());
        std::erase_if(input_.orders, [&](auto& order) { return order.order.window.from < start_; });
        for (auto& order : input_.orders) widen(order);
        auto before = cpu_seconds();
        Matching batch(input_);
        if (!batch.solve()) return false;
        auto morning = batch.result();
        auto morning_s = cpu_seconds() - before;
        auto taken = answer(morning);
        before = cpu_seconds();
        if (!batch.change_to(input_)) return false;
        auto noon = batch.result();
        auto noon_s = cpu_seconds() - before;
        bool sound = morning.certificate.proves_optimum() && noon.certificate.proves_optimum();
        if (day == 0) {
            Matching anew(input_);
            sound &= anew.solve() && text_of(anew.result()) == text_of(noon);
        }
        auto open = std::ssize(morning.orders);
        auto again = answer(noon);
        std::printf("%4d %8td %8td %8td %8td %8lld %9.2f s %8.3f s %s\n", day + 1, open,
                    places(morning), taken, again, static_cast<long long>(noon.empty_places),
                    morning_s, noon_s, sound ? "" : "WRONG");
        return sound;
    }

  private:
    static constexpr std::int64_t first_person = 1'000'000;
    static constexpr Instant never_ends{INT64_MAX};

    int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
    std::string place(bool of_subdistrict) {
        int subdistrict = below(subdistricts), community = below(communities);
        auto path = "/1/2/3/" + std::to_string(10 + subdistrict) + "/";
        if (of_subdistrict) return path;
        return path + std::to_string(100 + subdistrict * communities + community) + "/";
    }

    MatchPerson somebody(std::int64_t id) {
        MatchPerson out;
        auto& person = out.person;
        bool professional = below(100) < 2;
        person.id = id;
        person.area_path = place(professional);
        person.volunteer = !professional;
        person.social_worker = professional;
        if (professional) person.credentials = {{"social_worker", never_ends}};
        person.certification = below(10) < 6 ? 1 : below(5) < 3 ? 0 : 2;
        person.age_years = 20 + below(60);
        if (below(3) == 0) person.checks = {{"crime_record", never_ends}};
        out.experienced = professional || person.certification > 1 || below(10) == 0;
        return out;
    }

    MatchOrder an_order() {
        MatchOrder out;
        out.id = ++last_order_;
        auto& order = out.order;
        order.category = "visit";
        order.area_path = order.reach_path = place(false);
        order.near_depth = 5;
        order.window.from = start_ + hours(24 * (1 + below(6)) + 8 + below(10));
        order.window.to = order.window.from + hours(2);
        order.minutes_planned = visit_minutes;
        order.age_years_min = 18;
        bool professional = below(12) == 0;
        order.duty_boundary =
            professional ? DutyBoundary::professional_only : DutyBoundary::volunteer;
        if (professional) order.credential = "social_worker";
        order.certification_min = professional ? 0 : below(3);
        if (below(10) == 0) order.checks = {"crime_record"};
        out.places = below(3) ? 1 : 2;
        out.all_or_nothing = out.places > 1;
        out.leader_needed = out.places > 1 && below(3) == 0;
        out.empty_points = 200;
        return out;
    }

    // Nobody found: to the subdistrict after two days, to the district after four.
    static void widen(MatchOrder& order) {
        order.empty_points += 20;
        auto waited = (order.empty_points - 200) / 20;
        auto levels = waited > 4 ? 3U : waited > 2 ? 4U : 5U;
        std::size_t end = 0;
        for (unsigned level = 0; level <= levels; ++level) {
            end = order.order.area_path.find('/', end) + 1;
        }
        order.order.reach_path = order.order.area_path.substr(0, end);
    }

    static std::ptrdiff_t places(const MatchResult& result) {
        std::ptrdiff_t filled = 0;
        for (auto& order : result.orders) filled += std::ssize(order.people);
        return filled;
    }

    // Seven of ten accept, two decline, one says nothing. Returns how many accepted.
    std::ptrdiff_t answer(const MatchResult& result) {
        std::ptrdiff_t accepted = 0;
        for (auto& matched : result.orders) {
            auto order = std::ranges::find(input_.orders, matched.order, &MatchOrder::id);
            for (auto& one : matched.people) {
                order->asked_before.push_back(one.person);
                if (below(10) >= 7) continue;
                auto& person =
                    input_.people[static_cast<std::size_t>(one.person - first_person)].person;
                person.busy.push_back(order->order.window);
                person.recent_minutes += visit_minutes;
                --order->places;
                order->leader_needed = false;
                ++accepted;
            }
            std::ranges::sort(order->asked_before);
        }
        std::erase_if(input_.orders, [](auto& order) { return order.places == 0; });
        return accepted;
    }

    int orders_a_day_;
    std::mt19937 random_{1};
    MatchInput input_;
    Instant start_;
    std::int64_t last_order_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    int people = argc > 1 ? std::atoi(argv[1]) : 100'000;
    int orders_a_day = argc > 2 ? std::atoi(argv[2]) : 600;
    District district(people, orders_a_day);
    std::printf("%d people, %d new orders a day\n", people, orders_a_day);
    std::printf("%4s %8s %8s %8s %8s %8s %11s %10s\n", "day", "open", "proposed", "taken",
                "at noon", "empty", "morning", "noon");
    for (int day = 0; day < days; ++day) {
        if (!district.live(day)) return 1;
    }
    return 0;
}
