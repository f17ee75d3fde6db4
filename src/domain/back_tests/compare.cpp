#include "domain/back_tests/compare.h"

#include <algorithm>
#include <map>

#include "domain/areas/area_figure.h"
#include "domain/people/person_figure.h"

namespace hezhi::back_tests {
namespace {

constexpr const char* unknown = "unknown";

const people::PersonState* person_of(journal::PackFold& fold, PersonId person) {
    const auto& rows = fold.rows(journal::figure<people::PersonFigure>());
    auto found = rows.find(person);
    return found == rows.end() ? nullptr
                               : static_cast<const people::PersonState*>(found->second.get());
}

const areas::AreaState* area_of(journal::PackFold& fold, std::int64_t id) {
    const auto& rows = fold.rows(journal::figure<areas::AreaFigure>());
    auto found = rows.find(id);
    return found == rows.end() ? nullptr
                               : static_cast<const areas::AreaState*>(found->second.get());
}

// A subject under both packs; a side is null where the pack knows nothing of it.
struct Sides {
    const Outcome* before = nullptr;
    const Outcome* after = nullptr;
};

// Below 0: the new pack is worse for it.
std::int64_t gain(const Mechanism& mechanism, const Sides& sides) {
    auto measure = [&](const Outcome* side) -> std::int64_t {
        if (!side) return mechanism.by_value ? 0 : -1;
        return mechanism.by_value ? side->value : side->rank;
    };
    return measure(sides.after) - measure(sides.before);
}

void count(std::int64_t gained, std::int64_t& subjects, std::int64_t& better, std::int64_t& worse) {
    ++subjects;
    if (gained > 0) ++better;
    if (gained < 0) ++worse;
}

void hide(BackTestGroup& group) {
    group.hidden = true;
    group.subjects = group.better = group.worse = 0;
}

void hide_small(std::vector<BackTestGroup*> groups, std::int64_t smallest) {
    std::ranges::sort(groups, {}, [](const BackTestGroup* group) { return group->subjects; });
    std::int64_t hidden = 0;
    for (BackTestGroup* group : groups) {
        bool small = group->subjects < smallest;
        bool would_be_told = hidden > 0 && hidden < smallest;
        if (!small && !would_be_told) break;
        hidden += group->subjects;
        hide(*group);
    }
}

}  // namespace

journal::Figures grouping_figures() {
    return {&journal::figure<areas::AreaFigure>(), &journal::figure<people::PersonFigure>()};
}

// The area of the pack's kind on the way down; the lowest where there is none.
std::string Grouping::area(const std::string& path) const {
    const std::string& kind = fold_.pack().back_test.area_kind;
    std::string last;
    for (std::size_t at = 1; at < path.size();) {
        auto end = std::min(path.find('/', at), path.size());
        last = path.substr(at, end - at);
        const auto* area = area_of(fold_, std::stoll(last));
        if (kind.empty() || (area && area->kind == kind)) break;
        at = end + 1;
    }
    return last;
}

std::string Grouping::kind(PersonId id) const {
    const auto* person = id ? person_of(fold_, id) : nullptr;
    if (!person) return unknown;
    if (person->age_years && *person->age_years < fold_.pack().dispatch.adult_from_years) {
        return "minor";
    }
    if (person->social_worker) return "social_worker";
    return person->volunteer ? "volunteer" : "resident";
}

std::string Grouping::age_band(PersonId id) const {
    const auto* person = id ? person_of(fold_, id) : nullptr;
    if (!person || !person->age_years) return unknown;
    const auto& firsts = fold_.pack().back_test.age_bands;
    return band_names(firsts)[band_of(firsts, *person->age_years)];
}

BackTestPart compare(const Mechanism& mechanism, const std::vector<Outcome>& before,
                     const std::vector<Outcome>& after, const Grouping& grouping,
                     const std::vector<std::string>& bands) {
    BackTestPart part;
    part.mechanism = mechanism.key;
    std::map<std::int64_t, Sides> subjects;
    for (const auto& outcome : before) subjects[outcome.subject].before = &outcome;
    for (const auto& outcome : after) subjects[outcome.subject].after = &outcome;
    for (const auto& band : bands) part.bands.push_back({band, 0, 0});
    auto band_row = [&](const std::string& band) -> BackTestBand& {
        auto found = std::ranges::find(part.bands, band, &BackTestBand::band);
        if (found != part.bands.end()) return *found;
        return part.bands.emplace_back(BackTestBand{band, 0, 0});
    };
    std::map<std::pair<GroupedBy, std::string>, BackTestGroup> groups;
    for (const auto& [id, sides] : subjects) {
        const Outcome& known = sides.after ? *sides.after : *sides.before;
        std::int64_t gained = gain(mechanism, sides);
        count(gained, part.subjects, part.better, part.worse);
        if (sides.before) {
            part.total_before += sides.before->value;
            ++band_row(sides.before->band).before;
        }
        if (sides.after) {
            part.total_after += sides.after->value;
            ++band_row(sides.after->band).after;
        }
        for (auto& [by, name] : std::initializer_list<std::pair<GroupedBy, std::string>>{
                 {GroupedBy::area, grouping.area(known.area_path)},
                 {GroupedBy::kind, grouping.kind(known.person)},
                 {GroupedBy::age, grouping.age_band(known.person)}}) {
            auto& group = groups[{by, name}];
            group.by = by;
            group.group = name;
            count(gained, group.subjects, group.better, group.worse);
        }
    }
    for (GroupedBy by : {GroupedBy::area, GroupedBy::kind, GroupedBy::age}) {
        std::vector<BackTestGroup*> of_kind;
        for (auto& [key, group] : groups) {
            if (key.first == by) of_kind.push_back(&group);
        }
        hide_small(std::move(of_kind), grouping.small_group());
    }
    for (auto& [key, group] : groups) {
        if (part.groups.size() < back_test_groups_max) part.groups.push_back(std::move(group));
    }
    return part;
}

}  // namespace hezhi::back_tests
