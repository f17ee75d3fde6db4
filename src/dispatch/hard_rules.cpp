#include "dispatch/hard_rules.h"

#include <algorithm>

#include "base/shape.h"

namespace hezhi::dispatch {

namespace {

constexpr std::int32_t professional_level = 4;

// What a rule asks for and what it found. A batch asks millions of pairs and wants no words, so
// they are only made where `values` is given.
struct Values {
    std::string needed;
    std::string found;
};

template <class Make>
bool broken(Values* values, Make make) {
    if (values) *values = make();
    return true;
}

bool holds(const Person& person, const std::optional<std::string>& credential) {
    return credential && std::ranges::find(person.credentials, *credential, &HeldCredential::key) !=
                             person.credentials.end();
}

// Social workers and volunteers are different callings; somebody may have both. Beside social
// workers, a professional order is open to whoever holds the licence that it asks for.
bool duty_boundary(const Order& order, const Person& person, const Weights&, Values* values) {
    bool professional = order.duty_boundary == DutyBoundary::professional_only;
    bool may =
        professional ? person.social_worker || holds(person, order.credential) : person.volunteer;
    if (may) return false;
    return broken(values, [&] {
        auto* found = person.social_worker ? "social_worker"
                      : person.volunteer   ? "volunteer"
                                           : "none";
        return Values{professional ? "social_worker" : "volunteer", found};
    });
}

bool leader_missing(const Order& order, const Person&, const Weights&, Values* values) {
    bool needs_leader = order.duty_boundary == DutyBoundary::volunteer_supervised;
    if (!needs_leader || order.leading_social_worker != 0) return false;
    return broken(values, [&] { return Values{"social_worker", "none"}; });
}

// Certification is of volunteers; a professional is judged by the credential.
bool certification_too_low(const Order& order, const Person& person, const Weights&,
                           Values* values) {
    if (order.duty_boundary == DutyBoundary::professional_only) return false;
    if (person.certification >= order.certification_min) return false;
    bool licensed = person.professional && person.professional_until >= order.window.to;
    if (order.certification_min == professional_level && licensed) return false;
    return broken(values, [&] {
        return Values{"V" + std::to_string(order.certification_min),
                      "V" + std::to_string(person.certification)};
    });
}

// It must hold until the order is over, not only today.
bool certification_ends(const Order& order, const Person& person, const Weights&, Values* values) {
    if (order.duty_boundary == DutyBoundary::professional_only) return false;
    if (order.certification_min == 0 || person.certified_until >= order.window.to) return false;
    return broken(values, [&] {
        return Values{to_string(day_of(order.window.to)),
                      to_string(day_of(person.certified_until))};
    });
}

// The sentence says it all; keys of fields are no words for a page.
bool field_missing(const Order& order, const Person& person, const Weights&, Values* values) {
    if (order.duty_boundary == DutyBoundary::professional_only || !order.field) return false;
    if (std::ranges::find(person.fields, *order.field) != person.fields.end()) return false;
    return broken(values, [] { return Values{}; });
}

// The credential must hold until the order is over, not only today.
bool credential_missing(const Order& order, const Person& person, const Weights&, Values* values) {
    if (!order.credential) return false;
    auto held = std::ranges::find(person.credentials, *order.credential, &HeldCredential::key);
    bool has = held != person.credentials.end();
    if (has && held->valid_until >= order.window.to) return false;
    return broken(values, [&] {
        return Values{*order.credential, has ? to_string(day_of(held->valid_until)) : "none"};
    });
}

bool ends_before(Instant valid_until, Instant needed, Values* values) {
    if (valid_until >= needed) return false;
    return broken(values, [&] {
        return Values{to_string(day_of(needed)),
                      valid_until ? to_string(day_of(valid_until)) : "none"};
    });
}

bool record_check_missing(const Order& order, const Person& person, const Weights&,
                          Values* values) {
    for (const auto& check : order.checks) {
        auto held = std::ranges::find(person.checks, check, &HeldCredential::key);
        Instant until = held == person.checks.end() ? Instant() : held->valid_until;
        if (ends_before(until, order.window.to, values)) return true;
    }
    return false;
}

bool insurance_missing(const Order& order, const Person& person, const Weights&, Values* values) {
    if (!order.insurance || person.insured_until >= order.window.to) return false;
    // Cover ends with a whole day: its last one is named, not the one after.
    Instant last = person.insured_until - Millis(1);
    return broken(values, [&] {
        return Values{to_string(day_of(order.window.to)),
                      person.insured_until ? to_string(day_of(last)) : "none"};
    });
}

// Two limits: the category's own age, and an adult beside a minor where it allows minors.
bool minor_not_allowed(const Order& order, const Person& person, const Weights& weights,
                       Values* values) {
    auto needed = order.age_years_min;
    bool accompanied = order.minors_with_adult && order.adult_present;
    if (!accompanied) needed = std::max(needed, weights.adult_from_years);
    if (person.age_years >= needed) return false;
    return broken(values, [&] {
        return Values{std::to_string(needed),
                      person.age_years > 0 ? std::to_string(person.age_years) : "unknown"};
    });
}

// A minor serves while the guardian's consent stands; whose age is not known is asked above.
bool guardian_consent_missing(const Order&, const Person& person, const Weights& weights, Values*) {
    bool minor = person.age_years > 0 && person.age_years < weights.adult_from_years;
    return minor && !person.guardian_consent;
}

// Who serves a wider area (a whole subdistrict) serves every place in it.
bool outside_area(const Order& order, const Person& person, const Weights&, Values* values) {
    bool within_reach = person.area_path.starts_with(order.reach_path);
    bool covers = !person.area_path.empty() && order.area_path.starts_with(person.area_path);
    if (within_reach || covers) return false;
    return broken(values, [&] { return Values{order.reach_path, person.area_path}; });
}

bool time_conflict(const Order& order, const Person& person, const Weights&, Values* values) {
    auto clash = std::ranges::find_if(
        person.busy, [&](const Interval& busy) { return busy.overlaps(order.window); });
    if (clash == person.busy.end()) return false;
    return broken(values, [&] {
        return Values{to_string(order.window.from) + "/" + to_string(order.window.to),
                      to_string(clash->from) + "/" + to_string(clash->to)};
    });
}

// A limit for volunteers; how long a professional works is the employer's.
bool no_minutes_left(const Order& order, const Person& person, const Weights& weights,
                     Values* values) {
    if (order.duty_boundary == DutyBoundary::professional_only) return false;
    if (person.recent_minutes <= weights.recent_minutes_max - order.minutes_planned) return false;
    return broken(values, [&] {
        return Values{std::to_string(weights.recent_minutes_max),
                      std::to_string(person.recent_minutes)};
    });
}

bool not_active(const Order&, const Person& p, const Weights&, Values*) {
    return !p.active;
}
bool paused(const Order&, const Person& p, const Weights&, Values*) {
    return p.paused;
}
bool paired_only(const Order& order, const Person& person, const Weights&, Values*) {
    return person.paired && !order.paired_may;
}
bool own_request(const Order&, const Person& p, const Weights&, Values*) {
    return p.is_recipient_or_requester;
}
bool not_matched(const Order&, const Person& p, const Weights&, Values*) {
    return p.excluded_by_recipient;
}

using Test = bool (*)(const Order&, const Person&, const Weights&, Values*);

struct Row {
    HardRule rule;
    Test test;
};

// The order is the one in which a dispatcher would ask: the person, then what they may do, then
// when and where, then whom. Codes are never reused. `not_matched` does not say who declined whom.
constexpr Row table[] = {
    {{"not_active", "此人已停用或尚未激活。", "This person is not active."}, not_active},
    {{"paused", "此人处于暂停派单状态。", "Dispatch to this person is suspended."}, paused},
    {{"paired_only", "此人目前须与他人结对，此任务不适合。",
      "This person serves only beside another for now; the order does not allow it."},
     paired_only},
    {{"duty_boundary", "超出此人的职责边界。", "The duty boundary does not allow this person."},
     duty_boundary},
    {{"leader_missing", "任务单尚未指定督导社工。",
      "No leading social worker is named on the order."},
     leader_missing},
    {{"certification_too_low", "志愿者认证等级不够。", "The volunteer's certification is too low."},
     certification_too_low},
    {{"certification_ends", "志愿者认证在服务结束前到期。",
      "The volunteer's certification ends before the service does."},
     certification_ends},
    {{"field_missing", "没有此事项所需专项的认证。",
      "The volunteer is not certified in the field of this order."},
     field_missing},
    {{"credential_missing", "没有所需资格，或服务时已过期。",
      "The credential is missing, or will have lapsed by then."},
     credential_missing},
    {{"record_check_missing", "没有此事项所需的、在有效期内的背景核查。",
      "There is no background check of the kind needed that still holds then."},
     record_check_missing},
    {{"insurance_missing", "没有在有效期内的保险。",
      "There is no insurance that still holds then."},
     insurance_missing},
    {{"minor_not_allowed", "年龄不符合此事项的要求。", "The person is too young for this order."},
     minor_not_allowed},
    {{"guardian_consent_missing", "没有监护人同意，或已撤回。",
      "There is no guardian's consent, or it was withdrawn."},
     guardian_consent_missing},
    {{"time_conflict", "与已接任务的时间冲突。", "The time clashes with what they already took."},
     time_conflict},
    {{"no_minutes_left", "规则所定天数内的服务时长已达上限。",
      "The minutes that may be served within the days of the rule are used up."},
     no_minutes_left},
    {{"outside_area", "不在目前的派单范围内。", "The person serves outside the area asked now."},
     outside_area},
    {{"own_request", "不能承接本人提出或服务本人的任务。",
      "Nobody takes an order that they asked for or that serves them."},
     own_request},
    {{"not_matched", "双方不作匹配。", "These two are not matched."}, not_matched},
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

const HardRule* first_rule_against(const Order& order, const Person& person,
                                   const Weights& weights) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (table[i].test(order, person, weights, nullptr)) return &rules[i];
    }
    return nullptr;
}

const HardRule* certification_rule_against(const Order& order, const Person& person,
                                           const Weights& weights) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        Test test = table[i].test;
        bool certifies =
            test == certification_too_low || test == certification_ends || test == field_missing;
        if (certifies && test(order, person, weights, nullptr)) return &rules[i];
    }
    return nullptr;
}

std::optional<Forbidden> first_forbidding(const Order& order, const Person& person,
                                          const Weights& weights) {
    auto* rule = first_rule_against(order, person, weights);
    if (!rule) return std::nullopt;
    Values values;
    table[rule - rules.data()].test(order, person, weights, &values);
    return Forbidden{rule, std::move(values.needed), std::move(values.found)};
}

std::int32_t depth_of(std::string_view path) {
    return std::max(0, static_cast<std::int32_t>(std::ranges::count(path, '/')) - 1);
}

std::int32_t shared_depth(std::string_view path_a, std::string_view path_b) {
    auto parted = std::ranges::mismatch(path_a, path_b);
    return depth_of(path_a.substr(0, static_cast<std::size_t>(parted.in1 - path_a.begin())));
}

}  // namespace hezhi::dispatch
