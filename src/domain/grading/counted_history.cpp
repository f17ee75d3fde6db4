#include "domain/grading/counted_history.h"

#include <algorithm>
#include <ranges>

namespace hezhi::grading {
namespace {

// Longer than any month looks back, counted from when a service is accepted.
constexpr std::chrono::days services_kept(31 * (months_read + 3));
constexpr std::size_t services_before_tidying = 64;
constexpr Instant not_yet{INT64_MAX};

}  // namespace

journal::Watches CountedHistory::watches() {
    auto noted = [this](const auto& state, const Fact& fact, const rules::Pack&) {
        note(state, fact);
    };
    return {journal::watch<GradedServiceFigure>(noted), journal::watch<GradedReviewFigure>(noted),
            journal::watch<GradedMemberFigure>(noted), journal::watch<GradedIncidentFigure>(noted)};
}

void CountedHistory::each_state(std::int64_t position, const std::function<bool()>& look) {
    bool satisfied = look();
    auto undone = changes_.rbegin();
    while (!satisfied && undone != changes_.rend() && undone->position > position) {
        std::int64_t fact = undone->position;
        for (; undone != changes_.rend() && undone->position == fact; ++undone) exchange(*undone);
        satisfied = look();
    }
    for (auto again = undone.base(); again != changes_.end(); ++again) exchange(*again);
}

std::int64_t CountedHistory::earliest(const Fact& now) {
    forget_before(now);
    return earliest_;
}

void CountedHistory::note(const GradedServiceState& state, const Fact& fact) {
    GradedService* row = find(state.person, state.order_id);
    if (!row) row = &new_service(state);
    GradedService after = *row;
    after.service = state;
    after.service.id.clear();
    change(*row, std::move(after), fact);
}

void CountedHistory::note(const GradedReviewState& state, const Fact& fact) {
    Order& order = orders_[state.id.value];
    order.review = state;
    for (PersonId person : order.people) {
        GradedService* row = find(person, state.id);
        if (!row) continue;
        GradedService after = *row;
        after.resolution = state.resolution;
        after.satisfaction = state.satisfaction;
        after.reviewed_at = state.reviewed_at;
        change(*row, std::move(after), fact);
    }
}

void CountedHistory::note(const GradedMemberState& state, const Fact& fact) {
    GradedMemberState* row = find(state.organization, state.person);
    if (!row) {
        row = &members_[state.organization.value].emplace_back();
        row->organization = state.organization;
        row->person = state.person;
        row->joined_at = not_yet;
    }
    change(*row, state, fact);
}

void CountedHistory::note(const GradedIncidentState& state, const Fact& fact) {
    GradedIncidentState& row = incidents_[state.id.value];
    row.id = state.id;
    auto& ids = incidents_of_[state.person.value];
    if (std::ranges::find(ids, state.id.value) == ids.end()) ids.push_back(state.id.value);
    change(row, state, fact);
}

template <class Row>
void CountedHistory::change(Row& row, Row after, const Fact& fact) {
    forget_before(fact);
    changes_.push_back({fact.position, std::exchange(row, std::move(after))});
}

void CountedHistory::exchange(Change& change) {
    if (auto* service = std::get_if<GradedService>(&change.other)) {
        if (auto* row = find(service->service.person, service->service.order_id)) {
            std::swap(*row, *service);
        }
    } else if (auto* member = std::get_if<GradedMemberState>(&change.other)) {
        std::swap(*find(member->organization, member->person), *member);
    } else {
        auto& incident = std::get<GradedIncidentState>(change.other);
        std::swap(incidents_.at(incident.id.value), incident);
    }
}

void CountedHistory::forget_before(const Fact& now) {
    if (now.recorded_at < month_until_) return;
    month_until_ = months_before(month_start(now.recorded_at), -1);
    earliest_ = std::exchange(before_month_, now.position - 1);
    std::erase_if(changes_, [&](const Change& one) { return one.position <= earliest_; });
}

GradedService* CountedHistory::find(PersonId person, OrderId order) {
    auto known = orders_.find(order.value);
    if (known == orders_.end()) return nullptr;
    if (std::ranges::find(known->second.people, person) == known->second.people.end()) {
        return nullptr;
    }
    for (GradedService& one : std::views::reverse(services_[person.value])) {
        if (one.service.order_id == order) return &one;
    }
    return nullptr;
}

GradedMemberState* CountedHistory::find(OrganizationId team, PersonId person) {
    auto& all = members_[team.value];
    auto found = std::ranges::find(all, person, &GradedMemberState::person);
    return found == all.end() ? nullptr : &*found;
}

GradedService& CountedHistory::new_service(const GradedServiceState& state) {
    auto& all = services_[state.person.value];
    if (all.size() >= services_before_tidying && all.size() == all.capacity()) {
        std::erase_if(all, [&](const GradedService& one) {
            bool old = one.service.ends_at < state.accepted_at - services_kept;
            if (old) orders_.erase(one.service.order_id.value);
            return old;
        });
    }
    Order& order = orders_[state.order_id.value];
    if (std::ranges::find(order.people, state.person) == order.people.end()) {
        order.people.push_back(state.person);
    }
    GradedService& row = all.emplace_back();
    row.service.order_id = state.order_id;
    row.service.person = state.person;
    row.resolution = order.review.resolution;
    row.satisfaction = order.review.satisfaction;
    row.reviewed_at = order.review.reviewed_at;
    return row;
}

}  // namespace hezhi::grading
