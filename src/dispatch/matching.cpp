#include "dispatch/matching.h"

#include <algorithm>
#include <bit>

#include "base/assert.h"
#include "dispatch/hard_rules.h"
#include "dispatch/pricing.h"

namespace hezhi::dispatch {

namespace {

constexpr std::int32_t full_points = 100;
constexpr std::size_t first_candidates = 16;  // a list's length before it grows

constexpr int ties_bits = tie_bits - 1;  // all changes and lots of a batch together: half a point
constexpr int noise_bits_min = 20;
constexpr TieScale scale_of(std::int64_t places) {
    // One scale for all small batches, so that a change of their size changes nothing.
    auto room = static_cast<std::uint64_t>(std::max<std::int64_t>(places, 256));
    int size = std::bit_width(room - 1);
    int change_bits = ties_bits - 1 - size;
    return {std::clamp(change_bits - size, noise_bits_min, tie_noise_bits), Cost(1) << change_bits};
}
static_assert([] {
    for (std::int64_t places = 1; places <= match_places_max; ++places) {
        auto scale = scale_of(places);
        Cost together = places * (scale.change + (Cost(1) << scale.noise_bits));
        if (together >= Cost(1) << ties_bits) return false;
    }
    return true;
}());

// What a batch adds to the hard rules: nobody is asked twice.
constexpr HardRule asked_rules[] = {
    {"asked_before", "此单已派过此人。", "This person was asked for this order before."},
    {"asked_elsewhere", "同一时段另有派单待其答复。",
     "An offer for the same time waits for this person's answer."},
    {"leader_first", "余下的名额须由有经验者带队。", "The place is for somebody experienced."},
};

bool has(const std::vector<std::int64_t>& ids, std::int64_t id) {
    return std::ranges::binary_search(ids, id);
}

// The first text behind all paths that begin with `path`.
std::string behind(std::string path) {
    if (!path.empty()) ++path.back();
    return path;
}

// The end of the cover that holds then; else when the last one ran out.
Instant insured_at(const std::vector<Interval>& spans, Instant at) {
    Instant until, before;
    for (auto& span : spans) {
        if (span.from <= at && at < span.to) until = std::max(until, span.to);
        if (span.to <= at) before = std::max(before, span.to);
    }
    return until ? until : before;
}

// Whether the area rule can let the two together; asked of many before they are judged.
bool may_reach(const Order& order, const std::string& path) {
    return path.starts_with(order.reach_path) ||
           (!path.empty() && order.area_path.starts_with(path));
}

}  // namespace

std::int64_t places_of(const MatchInput& input) {
    std::int64_t places = 0;
    for (auto& order : input.orders) places += order.places;
    return places;
}

TieScale tie_scale(std::int64_t places) {
    return scale_of(places);
}

void forget_order(Person& person) {
    person.served_recipient_before = person.is_recipient_or_requester = false;
    person.excluded_by_recipient = false;
    person.insured_until = {};
}

std::span<const HardRule> batch_rules() {
    return asked_rules;
}

Matching::Matching(MatchInput input)
    : weights_(std::move(input.weights)),
      salt_(input.tie_salt),
      ties_(tie_scale(places_of(input))),
      assignment_(this) {
    std::ranges::sort(input.people, [](const MatchPerson& a, const MatchPerson& b) {
        return std::tie(a.person.area_path, a.person.id) <
               std::tie(b.person.area_path, b.person.id);
    });
    people_.reserve(input.people.size());
    for (auto& person : input.people) add_person(std::move(person));
    sorted_ = static_cast<std::uint32_t>(people_.size());
    std::ranges::sort(input.orders, {}, &MatchOrder::id);
    for (auto& order : input.orders) add_order(std::move(order), false);
}

bool Matching::solve(const std::atomic<bool>* cancelled) {
    assignment_.stop_when(cancelled);
    try {
        assignment_.solve();
    } catch (const AssignmentStopped&) {
        return false;
    }
    assignment_.stop_when(nullptr);
    return true;
}

void Matching::add_person(MatchPerson person) {
    auto id = person.person.id;
    auto column = assignment_.add_columns(1);
    HEZHI_ASSERT(column == people_.size());
    people_.push_back({std::move(person), tie_of_person(id, salt_), false});
    column_of_[id] = column;
}

void Matching::add_order(MatchOrder order, bool place_now) {
    HEZHI_ASSERT(order.places > 0 && order.empty_points > full_points);
    auto number = static_cast<std::uint32_t>(places_.size());
    number_of_[order.id] = number;
    places_.push_back({std::move(order), 0, 0, {}, true});
    auto& places = places_.back();
    std::vector<Edge> edges;
    auto add_list = [&](bool leader) {
        auto cut = cheapest(places, leader, first_candidates, nullptr, edges);
        list_owner_.push_back({number, leader});
        return assignment_.add_list(edges, cut);
    };
    bool members = !places.its.leader_needed || places.its.places > 1;
    if (places.its.leader_needed) places.leader_list = add_list(true);
    if (members) places.member_list = add_list(false);
    for (std::int32_t i = 0; i < places.its.places; ++i) {
        bool leader = places.its.leader_needed && i == 0;
        places.rows.push_back(assignment_.add_row(leader ? places.leader_list : places.member_list,
                                                  Cost(places.its.empty_points) << tie_bits));
        row_order_.push_back(number);
    }
    if (!place_now) return;
    for (auto row : places.rows) assignment_.place(row);
}

// How the person stands to this order, until the next one is asked about.
void Matching::set_towards(const MatchOrder& order, Somebody& somebody) const {
    auto& person = somebody.its.person;
    person.served_recipient_before = has(order.known, person.id);
    person.is_recipient_or_requester = order.recipient == person.id;
    person.excluded_by_recipient = has(order.excluded, person.id);
    if (order.order.insurance) {
        person.insured_until = insured_at(somebody.its.insured, order.order.window.from);
    }
}

const HardRule* Matching::rule_against(const Places& places, Somebody& somebody, bool leader,
                                       Forbidden* values) {
    auto& order = places.its;
    auto& person = somebody.its.person;
    set_towards(order, somebody);
    if (auto* rule = first_rule_against(order.order, person, weights_)) {
        if (values) *values = *first_forbidding(order.order, person, weights_);
        return rule;
    }
    if (has(order.asked_before, person.id)) return &asked_rules[0];
    auto clashes = [&](const Interval& asked) { return asked.overlaps(order.order.window); };
    if (std::ranges::any_of(somebody.its.asked, clashes)) return &asked_rules[1];
    return leader && !somebody.its.experienced ? &asked_rules[2] : nullptr;
}

std::int32_t Matching::points_of(const Places& places, Somebody& somebody) const {
    set_towards(places.its, somebody);
    return score_of(places.its.order, somebody.its.person, weights_).total;
}

std::optional<Cost> Matching::price(const Places& places, std::uint32_t column, bool leader) {
    auto& somebody = people_[column];
    if (somebody.gone || !may_reach(places.its.order, somebody.its.person.area_path)) {
        return std::nullopt;
    }
    if (rule_against(places, somebody, leader)) return std::nullopt;
    auto lots = with_tie(0, tie_of_order(places.its.id, leader, salt_), somebody.tie) >>
                (tie_noise_bits - ties_.noise_bits);
    bool stays = has(places.its.proposed_before, somebody.its.person.id);
    return (Cost(full_points - points_of(places, somebody)) << tie_bits) +
           (stays ? 0 : ties_.change) + lots;
}

// Whoever the area rule lets through: those within reach, and those who serve a wider area.
template <class Use>
void Matching::each_within_reach(const Order& order, Use use) const {
    auto path_of = [](const Somebody& somebody) -> const std::string& {
        return somebody.its.person.area_path;
    };
    auto end = people_.begin() + sorted_;
    auto each = [&](auto from, auto to) {
        for (; from != to; ++from) use(static_cast<std::uint32_t>(from - people_.begin()));
    };
    auto& reach = order.reach_path;
    each(std::ranges::lower_bound(people_.begin(), end, reach, {}, path_of),
         reach.empty()
             ? end
             : std::ranges::lower_bound(people_.begin(), end, behind(reach), {}, path_of));
    for (std::size_t slash = order.area_path.find('/', 1); slash != std::string::npos;
         slash = order.area_path.find('/', slash + 1)) {
        auto wider = order.area_path.substr(0, slash + 1);
        if (wider.starts_with(reach)) break;  // and all below it were seen
        auto [from, to] = std::ranges::equal_range(people_.begin(), end, wider, {}, path_of);
        each(from, to);
    }
    for (auto column = sorted_; column < people_.size(); ++column) use(column);
}

Cost Matching::cheapest(const Places& places, bool leader, std::size_t k, const Edge* after,
                        std::vector<Edge>& out) {
    auto before = [](const Edge& a, const Edge& b) {
        return std::pair(a.cost, a.column) < std::pair(b.cost, b.column);
    };
    out.clear();  // a heap of the k cheapest, the dearest on top, and one more that is the cut
    each_within_reach(places.its.order, [&](std::uint32_t column) {
        auto cost = price(places, column, leader);
        if (!cost) return;
        Edge edge{*cost, column};
        if (after && !before(*after, edge)) return;
        if (out.size() <= k) {
            out.push_back(edge);
            std::ranges::push_heap(out, before);
        } else if (before(edge, out.front())) {
            std::ranges::pop_heap(out, before);
            out.back() = edge;
            std::ranges::push_heap(out, before);
        }
    });
    std::ranges::sort_heap(out, before);
    if (out.size() <= k) return no_cut;
    auto cut = out.back().cost;
    out.pop_back();
    return cut;
}

Cost Matching::more(std::uint32_t list, std::span<const Edge> listed, std::vector<Edge>& next) {
    auto& owner = list_owner_[list];
    // What is not listed is read anew each time, so lists grow by much at once.
    auto k = std::max(first_candidates, listed.size() * 3);
    return cheapest(places_[owner.order], owner.leader, k,
                    listed.empty() ? nullptr : &listed.back(), next);
}

std::vector<Team> Matching::teams() const {
    std::vector<Team> out;
    for (auto& places : places_) {
        out.push_back({places.its.id, places.rows, places.its.empty_points,
                       places.its.all_or_nothing, places.its.leader_needed, places.there});
    }
    return out;
}

MatchResult Matching::result() {
    MatchResult out;
    out.certificate = check_certificate(assignment_);
    out.unique = is_unique(assignment_);
    out.bound_points = static_cast<std::int64_t>(out.certificate.bound >> tie_bits);
    auto its_teams = teams();
    auto left = settle_teams(assignment_, its_teams);
    for (std::uint32_t number = 0; number < places_.size(); ++number) {
        auto& places = places_[number];
        if (!places.there) continue;
        MatchedOrder matched{
            places.its.id, {}, 0, places.its.empty_points, std::ranges::count(left, number) > 0};
        for (auto row : places.rows) {
            auto column = assignment_.column_of(row);
            if (column < 0) {
                ++matched.missing;
                continue;
            }
            auto at = static_cast<std::uint32_t>(column);
            auto lost = units_of(assignment_.cost_of(assignment_.list_of(row), at));
            matched.people.push_back(
                {people_[at].its.person.id, full_points - static_cast<std::int32_t>(lost)});
            out.points += lost;
        }
        out.points += std::int64_t(matched.missing) * places.its.empty_points;
        out.empty_places += matched.missing;
        bool led = places.its.leader_needed && !matched.people.empty();
        std::ranges::sort(matched.people.begin() + (led ? 1 : 0), matched.people.end(), {},
                          &MatchedPerson::person);
        out.orders.push_back(std::move(matched));
    }
    std::ranges::sort(out.orders, {}, &MatchedOrder::order);
    place_teams(assignment_, its_teams, left);
    return out;
}

std::optional<MatchWhyNot> Matching::why_not(std::int64_t order, std::int64_t person) {
    auto number = number_of_.find(order);
    auto at = column_of_.find(person);
    if (number == number_of_.end() || at == column_of_.end()) return std::nullopt;
    auto& places = places_[number->second];
    MatchWhyNot out;
    std::optional<Assignment::Regret> least;
    for (bool leader : {true, false}) {
        bool has_place =
            leader ? places.its.leader_needed : !places.its.leader_needed || places.its.places > 1;
        if (!has_place) continue;
        Forbidden forbidden;
        if (auto* rule = rule_against(places, people_[at->second], leader, &forbidden)) {
            // A member's place asks less than the leader's, so its rule is the one to show.
            if (!least) {
                out.rule = rule;
                out.needed = forbidden.needed;
                out.found = forbidden.found;
            }
            continue;
        }
        out.rule = nullptr;
        out.needed.clear();
        out.found.clear();
        out.points = points_of(places, people_[at->second]);
        auto regret = assignment_.regret(leader ? places.leader_list : places.member_list,
                                         *price(places, at->second, leader), at->second);
        if (!least || regret.loss < least->loss) least = std::move(regret);
    }
    if (!least) return out;
    out.chosen = least->moves.empty();
    // All tie-breaks together are less than half a point, so the nearest whole one is exact.
    out.loss_points = units_of(least->loss + (Cost(1) << (tie_bits - 1)));
    for (auto& move : least->moves) {
        using enum MatchWhyNot::Swap::To;
        auto to = move.column < 0                                         ? nobody
                  : static_cast<std::uint32_t>(move.column) == at->second ? person_asked
                                                                          : other_person;
        out.swaps.push_back({places_[row_order_[move.row]].its.id, to});
    }
    return out;
}

}  // namespace hezhi::dispatch
