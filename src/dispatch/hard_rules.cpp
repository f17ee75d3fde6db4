#include "dispatch/hard_rules.h"

#include <algorithm>

#include "base/shape.h"

namespace hezhi::dispatch {

namespace {

// What a rule asks for and what it found; nullopt when the rule is kept.
struct Values {
    std::string needed;
    std::string found;
};
using Broken = std::optional<Values>;

// Social workers and volunteers are different callings; somebody may have both.
Broken duty_boundary(const Order& order, const Person& person, const Weights&) {
    bool professional = order.duty_boundary == DutyBoundary::professional_only;
    if (professional ? person.social_worker : person.volunteer) return std::nullopt;
    return Values{professional ? "social_worker" : "volunteer", person.social_worker
                                                                    ? "social_worker"
                                                                : person.volunteer ? "volunteer"
                                                                                   : "none"};
}

Broken leader_missing(const Order& order, const Person&, const Weights&) {
    bool needs_leader = order.duty_boundary == DutyBoundary::volunteer_supervised;
    if (!needs_leader || order.leading_social_worker != 0) return std::nullopt;
    return Values{"social_worker", "none"};
}

// Certification is of volunteers; a professional is judged by the credential.
Broken certification_too_low(const Order& order, const Person& person, const Weights&) {
    if (order.duty_boundary == DutyBoundary::professional_only) return std::nullopt;
    if (person.certification >= order.certification_min) return std::nullopt;
    return Values{"V" + std::to_string(order.certification_min),
                  "V" + std::to_string(person.certification)};
}

// The credential must hold until the order is over, not only today.
Broken credential_missing(const Order& order, const Person& person, const Weights&) {
    if (!order.credential) return std::nullopt;
    auto held = std::ranges::find(person.credentials, *order.credential, &HeldCredential::key);
    if (held == person.credentials.end()) return Values{*order.credential, "none"};
    if (held->valid_until >= order.window.to) return std::nullopt;
    return Values{*order.credential, to_string(day_of(held->valid_until))};
}

Broken holds_until(Instant valid_until, Instant needed) {
    if (valid_until >= needed) return std::nullopt;
    return Values{to_string(day_of(needed)), valid_until ? to_string(day_of(valid_until)) : "none"};
}

Broken record_check_missing(const Order& order, const Person& person, const Weights&) {
    if (!order.minor_contact) return std::nullopt;
    return holds_until(person.record_check_until, order.window.to);
}

Broken insurance_missing(const Order& order, const Person& person, const Weights&) {
    if (!order.insurance) return std::nullopt;
    return holds_until(person.insured_until, order.window.to);
}

// Two limits: the category's own age, and an adult beside a minor where it allows minors.
Broken minor_not_allowed(const Order& order, const Person& person, const Weights& weights) {
    auto needed = order.age_years_min;
    bool accompanied = order.minors_with_adult && order.adult_present;
    if (!accompanied) needed = std::max(needed, weights.adult_from_years);
    if (person.age_years >= needed) return std::nullopt;
    return Values{std::to_string(needed),
                  person.age_years > 0 ? std::to_string(person.age_years) : "unknown"};
}

// Who serves a wider area (a whole subdistrict) serves every place in it.
Broken outside_area(const Order& order, const Person& person, const Weights&) {
    bool within_reach = person.area_path.starts_with(order.reach_path);
    bool covers = !person.area_path.empty() && order.area_path.starts_with(person.area_path);
    if (within_reach || covers) return std::nullopt;
    return Values{order.reach_path, person.area_path};
}

Broken time_conflict(const Order& order, const Person& person, const Weights&) {
    auto clash = std::ranges::find_if(
        person.busy, [&](const Interval& busy) { return busy.overlaps(order.window); });
    if (clash == person.busy.end()) return std::nullopt;
    return Values{to_string(order.window.from) + "/" + to_string(order.window.to),
                  to_string(clash->from) + "/" + to_string(clash->to)};
}

Broken flag(bool broken) {
    return broken ? Broken(Values{}) : std::nullopt;
}

Broken not_active(const Order&, const Person& p, const Weights&) {
    return flag(!p.active);
}
Broken paused(const Order&, const Person& p, const Weights&) {
    return flag(p.paused);
}
Broken own_request(const Order&, const Person& p, const Weights&) {
    return flag(p.is_recipient_or_requester);
}
Broken not_matched(const Order&, const Person& p, const Weights&) {
    return flag(p.excluded_by_recipient);
}

using Test = Broken (*)(const Order&, const Person&, const Weights&);

struct Row {
    HardRule rule;
    Test test;
};

// The order is the one in which a dispatcher would ask: the person, then what they may do, then
// where and when. Codes are never reused. `not_matched` does not say who declined whom.
constexpr Row table[] = {
    {{"not_active", "此人已停用或尚未激活。", "This person is not active."}, not_active},
    {{"paused", "此人处于暂停派单状态。", "Dispatch to this person is suspended."}, paused},
    {{"own_request", "不能承接本人提出或服务本人的任务。",
      "Nobody takes an order that they asked for or that serves them."},
     own_request},
    {{"not_matched", "双方不作匹配。", "These two are not matched."}, not_matched},
    {{"duty_boundary", "超出此人的职责边界。", "The duty boundary does not allow this person."},
     duty_boundary},
    {{"leader_missing", "任务单尚未指定督导社工。",
      "No leading social worker is named on the order."},
     leader_missing},
    {{"certification_too_low", "志愿者认证等级不够。", "The volunteer's certification is too low."},
     certification_too_low},
    {{"credential_missing", "没有所需资格，或服务时已过期。",
      "The credential is missing, or will have lapsed by then."},
     credential_missing},
    {{"record_check_missing", "没有在有效期内的违法犯罪记录查询。",
      "There is no crime-record query that still holds then."},
     record_check_missing},
    {{"insurance_missing", "没有在有效期内的保险。",
      "There is no insurance that still holds then."},
     insurance_missing},
    {{"minor_not_allowed", "年龄不符合此事项的要求。", "The person is too young for this order."},
     minor_not_allowed},
    {{"outside_area", "不在目前的派单范围内。", "The person serves outside the area asked now."},
     outside_area},
    {{"time_conflict", "与已接任务的时间冲突。", "The time clashes with what they already took."},
     time_conflict},
};

constexpr auto rules = [] {
    std::array<HardRule, std::size(table)> out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = table[i].rule;
    return out;
}();

}  // namespace

std::span<const HardRule> hard_rules() {
    return rules;
}

std::optional<Forbidden> first_forbidding(const Order& order, const Person& person,
                                          const Weights& weights) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (auto broken = table[i].test(order, person, weights)) {
            return Forbidden{&rules[i], std::move(broken->needed), std::move(broken->found)};
        }
    }
    return std::nullopt;
}

std::int32_t depth_of(std::string_view path) {
    return std::max(0, static_cast<std::int32_t>(std::ranges::count(path, '/')) - 1);
}

std::int32_t shared_depth(std::string_view path_a, std::string_view path_b) {
    auto parted = std::ranges::mismatch(path_a, path_b);
    return depth_of(path_a.substr(0, static_cast<std::size_t>(parted.in1 - path_a.begin())));
}

}  // namespace hezhi::dispatch
