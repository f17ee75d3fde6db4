#include "dispatch/generate.h"

#include <algorithm>

#include "dispatch/pricing.h"

namespace hezhi::dispatch {

namespace {

// Bits of the sample's capabilities, in the order of their names.
enum Bit : int {
    volunteer,
    social_worker,
    adult,
    v1,
    v2,
    v3,
    alone,
    leads,
    record_check,
    insured,
    risk_3,
    woman,
    man,
    dialect,
    sign_language,
    english,
    first_skill = 16,
    skills = 32,
    first_licence = 48,
    licences = 12,
};

constexpr Capabilities bit(int n) {
    return Capabilities(1) << n;
}

// SplitMix64; the distributions of <random> differ between libraries.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() { return mixed(state_ += 0x9e3779b97f4a7c15u); }
    std::int32_t below(std::int32_t n) {
        return static_cast<std::int32_t>((next() >> 32) * static_cast<std::uint64_t>(n) >> 32);
    }
    bool percent(std::int32_t p) { return below(100) < p; }
    bool permille(std::int32_t p) { return below(1000) < p; }
    // Roughly normal, by the sum of four.
    std::int32_t around(std::int32_t spread) {
        std::int32_t sum = 0;
        for (int i = 0; i < 4; ++i) sum += below(spread + 1);
        return sum - 2 * spread;
    }
    // 0 is the most frequent, n - 1 the rarest.
    std::int32_t zipf(std::int32_t n) {
        auto a = below(n), b = below(n), c = below(n);
        return std::min({a, b, c});
    }

  private:
    std::uint64_t state_;
};

struct Place {
    std::int32_t x_m, y_m;
};

// Towns of unequal size, each of communities; people and orders live near a community's middle.
class City {
  public:
    City(const CityPlan& plan, Dice& dice) {
        std::int32_t side = 1000;
        while (std::int64_t(side) * side < std::int64_t(plan.area_km2) * 1'000'000) side += 100;
        auto communities = std::max(4, plan.people / 2500);
        auto towns = std::max(1, communities / 20);
        std::vector<Place> middle;
        for (int i = 0; i < towns; ++i) middle.push_back({dice.below(side), dice.below(side)});
        for (int i = 0; i < communities; ++i) {
            auto& town = middle[static_cast<std::size_t>(dice.zipf(towns))];
            auto inside = [&](std::int32_t at) { return std::clamp(at, 0, side - 1); };
            communities_.push_back(
                {inside(town.x_m + dice.around(1500)), inside(town.y_m + dice.around(1500))});
        }
    }
    Place anywhere(Dice& dice) const {
        auto& near = communities_[static_cast<std::size_t>(
            dice.below(static_cast<std::int32_t>(communities_.size())))];
        return {near.x_m + dice.around(250), near.y_m + dice.around(250)};
    }

  private:
    std::vector<Place> communities_;
};

HalfHours hours(std::int32_t from, std::int32_t count) {
    return count >= 64 ? ~HalfHours(0) << from : ((bit(0) << count) - 1) << from;
}

MarketPerson person(std::int64_t id, const City& city, Dice& dice) {
    MarketPerson out;
    out.id = id;
    auto [x, y] = city.anywhere(dice);
    out.x_m = x;
    out.y_m = y;
    bool staff = dice.percent(2);
    auto& can = out.capabilities;
    can = staff ? bit(social_worker) | bit(adult) | bit(alone) | bit(leads) | bit(record_check) |
                      bit(insured) | bit(risk_3)
                : bit(volunteer);
    if (!staff) {
        if (dice.percent(92)) can |= bit(adult);
        if (dice.percent(70)) can |= bit(v1);
        if ((can & bit(v1)) && dice.percent(40)) can |= bit(v2);
        if ((can & bit(v2)) && dice.percent(20)) can |= bit(v3) | bit(leads);
        if (dice.percent(25)) can |= bit(record_check);
        if (dice.percent(60)) can |= bit(insured);
        out.colour = static_cast<std::uint8_t>(dice.percent(30) ? 0 : dice.percent(90) ? 1 : 2);
        if (out.colour < 2) can |= bit(alone) | bit(risk_3);
    }
    can |= dice.percent(60) ? bit(woman) : bit(man);
    if (dice.percent(30)) can |= bit(dialect);
    if (dice.percent(1)) can |= bit(sign_language);
    if (dice.percent(12)) can |= bit(english);
    for (int n = 1 + dice.below(4); n > 0; --n) can |= bit(first_skill + dice.zipf(skills));
    if (dice.percent(staff ? 40 : 6)) can |= bit(first_licence + dice.zipf(licences));
    // Mornings, afternoons, evenings; two thirds of people have no time at all on a given day.
    for (int part = 0; part < 4; ++part) {
        if (!dice.percent(staff ? 70 : 22)) continue;
        auto from = part * 16 + dice.below(8);  // named: arguments are evaluated in any order
        out.free |= hours(from, 4 + dice.below(10));
    }
    out.reach_m = staff ? 15000 : 3000 + 500 * dice.below(5);
    auto times = dice.below(4);
    out.minutes_month = times * dice.below(700);
    out.minutes_left = 60 + 30 * dice.below(20);
    return out;
}

// What the default catalogue asks of people, by kind of service.
struct Kind {
    Capabilities required, lead;
    std::int32_t half_hours, people, weight;
};

std::vector<Kind> kinds(Dice& dice) {
    std::vector<Kind> out;
    auto any = bit(volunteer) | bit(v1);
    for (int skill = 0; skill < skills; ++skill) {
        auto with = any | bit(first_skill + skill);
        auto weight = 100 / (skill + 3);
        out.push_back({with | bit(alone), 0, 2 + dice.below(3), 1, 3 * weight});
        out.push_back({with | bit(v2) | bit(adult), bit(alone), 3 + dice.below(4), 2, weight});
        if (skill % 4 == 0) {
            out.push_back({with | bit(v2) | bit(insured) | bit(risk_3), bit(leads), 4, 2, weight});
        }
        if (skill % 8 == 1) {
            out.push_back({with | bit(record_check) | bit(adult), bit(leads), 4, 3, weight / 2});
        }
    }
    for (int licence = 0; licence < licences; ++licence) {
        auto weight = 24 / (licence + 2);
        out.push_back({bit(social_worker) | bit(first_licence + licence), 0, 2, 1, weight});
        out.push_back({bit(volunteer) | bit(adult) | bit(alone) | bit(first_licence + licence), 0,
                       3, 1, weight});
    }
    out.push_back({bit(social_worker), 0, 2, 1, 40});
    return out;
}

MarketOrder order(std::int64_t id, const City& city, const Kind& kind, std::int32_t people,
                  Dice& dice) {
    MarketOrder out;
    out.id = id;
    auto [x, y] = city.anywhere(dice);
    out.x_m = x;
    out.y_m = y;
    out.required = kind.required;
    out.lead_required = kind.lead;
    out.half_hours = kind.half_hours;
    out.people = kind.people;
    out.all_or_nothing = kind.people > 1 && dice.percent(50);
    auto from = dice.below(52);
    out.starts = hours(from, kind.people > 1 ? 1 : 1 + dice.below(8));
    out.urgency = dice.zipf(4);
    out.days_waiting = dice.zipf(10);
    if (dice.percent(30)) out.wished |= dice.percent(60) ? bit(woman) : bit(man);
    if (dice.percent(20)) out.wished |= bit(dialect);
    if (dice.percent(25)) out.known.push_back(1 + dice.below(people));
    if (dice.percent(5)) out.excluded.push_back(1 + dice.below(people));
    return out;
}

}  // namespace

MarketRules sample_rules() {
    MarketRules rules;
    rules.capability_names = {
        "volunteer", "social_worker", "adult",         "v1",      "v2",     "v3",
        "alone",     "leads",         "record_check",  "insured", "risk_3", "woman",
        "man",       "dialect",       "sign_language", "english"};
    for (int i = 0; i < skills; ++i)
        rules.capability_names.push_back("skill_" + std::to_string(i + 1));
    for (int i = 0; i < licences; ++i) {
        rules.capability_names.push_back("licence_" + std::to_string(i + 1));
    }
    rules.certificates = hours(v2, 2) | hours(first_skill, skills) | hours(first_licence, licences);
    rules.visit_cost = 400;
    rules.metres_per_cost = 20;  // 12 km/h
    rules.load_steps = {{0, 0}, {300, 20}, {600, 50}, {900, 90}, {1200, 140}, {1800, 200}};
    rules.colour_cost = {0, 50, 120};
    rules.unneeded_certificate_cost = 20;
    rules.unneeded_certificate_cost_max = 200;
    rules.unmet_wish_cost[woman] = rules.unmet_wish_cost[man] = 150;
    rules.unmet_wish_cost[dialect] = 100;
    rules.continuity_gain = 400;
    rules.empty_cost = 6000;
    rules.empty_cost_per_urgency = 2000;
    rules.empty_cost_per_day_waiting = 200;
    rules.empty_cost_max = 20000;
    rules.tie_salt = 20260305;
    return rules;
}

Market generate_city(const CityPlan& plan) {
    Dice dice(mixed(plan.seed) + 1);
    City city(plan, dice);
    Market out;
    out.rules = sample_rules();
    out.people.reserve(static_cast<std::size_t>(plan.people));
    for (std::int32_t i = 1; i <= plan.people; ++i) out.people.push_back(person(i, city, dice));
    auto all = kinds(dice);
    std::int32_t weights = 0;
    for (auto& kind : all) weights += kind.weight;
    for (std::int32_t i = 1; i <= plan.orders; ++i) {
        auto draw = dice.below(weights);
        auto kind = all.begin();
        while (draw >= kind->weight) draw -= (kind++)->weight;
        out.orders.push_back(order(i, city, *kind, plan.people, dice));
    }
    return out;
}

}  // namespace hezhi::dispatch
