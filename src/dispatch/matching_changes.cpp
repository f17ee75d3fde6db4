// A batch follows what has changed since: orders that went, came or were answered, people who are
// bound now or free again.
#include <algorithm>
#include <charconv>

#include "dispatch/matching.h"
#include "dispatch/pricing.h"

namespace hezhi::dispatch {

namespace {

void add(std::string& out, std::int64_t number) {
    char digits[24];
    auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end).push_back(' ');
}

void add(std::string& out, const std::string& text) {
    add(out, std::ssize(text));
    out.append(text).push_back(' ');
}

void add(std::string& out, const Interval& interval) {
    add(out, interval.from.ms);
    add(out, interval.to.ms);
}

void add(std::string& out, const HeldCredential& held) {
    add(out, held.key);
    add(out, held.valid_until.ms);
}

template <class T>
void add(std::string& out, const std::vector<T>& values) {
    add(out, std::ssize(values));
    for (auto& value : values) add(out, value);
}

void add_person(std::string& out, const MatchPerson& match) {
    auto& p = match.person;
    out += "person ";
    for (std::int64_t number :
         {p.id, std::int64_t(p.social_worker), std::int64_t(p.volunteer),
          std::int64_t(p.certification), std::int64_t(p.age_years), std::int64_t(p.active),
          std::int64_t(p.paused), std::int64_t(p.guardian_consent), std::int64_t(p.professional),
          p.professional_until.ms, p.certified_until.ms, std::int64_t(p.recent_minutes),
          std::int64_t(match.experienced)}) {
        add(out, number);
    }
    add(out, p.area_path);
    add(out, p.credentials);
    add(out, p.checks);
    add(out, p.fields);
    add(out, p.busy);
    add(out, p.skills);
    add(out, p.wished_categories);
    add(out, match.insured);
    add(out, match.asked);
    out += '\n';
}

void add_order(std::string& out, const MatchOrder& match) {
    auto& o = match.order;
    out += "order ";
    for (std::int64_t number :
         {match.id, std::int64_t(match.places), std::int64_t(match.all_or_nothing),
          std::int64_t(match.leader_needed), std::int64_t(match.empty_points), match.recipient,
          std::int64_t(o.near_depth), o.window.from.ms, o.window.to.ms,
          std::int64_t(o.minutes_planned), std::int64_t(o.duty_boundary), o.leading_social_worker,
          std::int64_t(o.certification_min), std::int64_t(o.age_years_min),
          std::int64_t(o.minors_with_adult), std::int64_t(o.adult_present),
          std::int64_t(o.insurance)}) {
        add(out, number);
    }
    add(out, o.category);
    add(out, o.area_path);
    add(out, o.reach_path);
    add(out, o.credential.value_or(""));
    add(out, o.checks);
    add(out, o.field.value_or(""));
    add(out, o.skills);
    add(out, match.known);
    add(out, match.excluded);
    add(out, match.asked_before);
    add(out, match.proposed_before);
    out += '\n';
}

template <class T, class IdOf>
std::vector<const T*> by_id(const std::vector<T>& all, IdOf id_of) {
    std::vector<const T*> out;
    for (auto& one : all) out.push_back(&one);
    std::ranges::sort(out, {}, [&](const T* one) { return id_of(*one); });
    return out;
}

}  // namespace

void append_text(std::string& out, const MatchInput& input) {
    auto& w = input.weights;
    out += "weights ";
    for (auto number :
         {w.distance, w.continuity, w.skill_fit, w.fairness, w.preference, w.fairness_minutes_full,
          w.preference_unstated_percent, w.adult_from_years, w.recent_minutes_max}) {
        add(out, number);
    }
    add(out, std::ssize(w.closeness_percent));
    for (auto percent : w.closeness_percent) add(out, percent);
    add(out, static_cast<std::int64_t>(input.tie_salt));
    out += '\n';
    for (auto* person : by_id(input.people, [](const MatchPerson& p) { return p.person.id; })) {
        add_person(out, *person);
    }
    for (auto* order : by_id(input.orders, [](const MatchOrder& o) { return o.id; })) {
        add_order(out, *order);
    }
}

void append_text(std::string& out, const MatchResult& result) {
    for (auto& order : result.orders) {
        out += "order ";
        add(out, order.order);
        add(out, order.missing);
        for (auto& person : order.people) add(out, person.person);
        out += '\n';
    }
    out += "points ";
    add(out, result.points);
    add(out, result.bound_points);
    out += '\n';
}

void Matching::remove_order(std::uint32_t number) {
    assignment_.remove_rows(places_[number].rows);
    places_[number].there = false;
}

void Matching::remove_person(std::uint32_t column) {
    assignment_.remove_column(column);
    people_[column].gone = true;
    ++gone_;
}

bool Matching::change_to(MatchInput next) {
    if (next.weights != weights_ || next.tie_salt != salt_ || tie_scale(places_of(next)) != ties_) {
        return false;
    }
    auto to_orders = by_id(next.orders, [](const MatchOrder& o) { return o.id; });
    auto to_people = by_id(next.people, [](const MatchPerson& p) { return p.person.id; });
    // Those who go, first: whatever frees somebody is cheap.
    auto stays = [](auto& all, std::int64_t id, auto id_of) {
        auto found = std::ranges::lower_bound(all, id, {}, [&](auto* one) { return id_of(*one); });
        return found != all.end() && id_of(**found) == id ? *found : nullptr;
    };
    std::erase_if(number_of_, [&](const auto& entry) {
        auto* now = stays(to_orders, entry.first, [](const MatchOrder& o) { return o.id; });
        if (now && *now == places_[entry.second].its) return false;
        remove_order(entry.second);
        return true;
    });
    std::erase_if(column_of_, [&](const auto& entry) {
        auto* now = stays(to_people, entry.first, [](const MatchPerson& p) { return p.person.id; });
        auto& here = people_[entry.second].its;
        forget_order(here.person);
        if (now && *now == here) return false;
        remove_person(entry.second);
        return true;
    });
    for (auto* person : to_people) {
        if (column_of_.contains(person->person.id)) continue;
        add_person(*person);
        auto column = static_cast<std::uint32_t>(people_.size() - 1);
        std::vector<Assignment::Join> joins;
        for (std::uint32_t list = 0; list < list_owner_.size(); ++list) {
            auto& places = places_[list_owner_[list].order];
            if (!places.there) continue;
            if (auto cost = price(places, column, list_owner_[list].leader)) {
                joins.push_back({list, *cost});
            }
        }
        assignment_.join_column(column, joins);
    }
    for (auto* order : to_orders) {
        if (!number_of_.contains(order->id)) add_order(*order, true);
    }
    return true;
}

}  // namespace hezhi::dispatch
