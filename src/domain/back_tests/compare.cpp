#include "domain/back_tests/compare.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "domain/areas/area_figure.h"

namespace hezhi::back_tests {
namespace {

constexpr std::string_view unknown = "unknown";

// A subject under both packs; a side is null where the pack knows nothing of it.
struct Sides {
    const Outcome* before = nullptr;
    const Outcome* after = nullptr;
};

// Below 0: the new pack is worse for it.
std::int64_t gain(const Mechanism& mechanism, const Sides& sides) {
    auto measure = [&](const Outcome* side) -> std::int64_t {
        if (!side) return mechanism.by_value ? 0 : mechanism.absent_rank;
        return mechanism.by_value ? side->value : side->rank;
    };
    return measure(sides.after) - measure(sides.before);
}

struct Counts {
    std::int64_t subjects = 0;
    std::int64_t better = 0;
    std::int64_t worse = 0;

    void add(std::int64_t gained) {
        ++subjects;
        if (gained > 0) ++better;
        if (gained < 0) ++worse;
    }
};

// One side in order of subject, as most mechanisms tell it already.
class InOrder {
  public:
    explicit InOrder(const std::vector<Outcome>& outcomes) : outcomes_(&outcomes) {
        if (std::ranges::is_sorted(outcomes, {}, &Outcome::subject)) return;
        sorted_ = outcomes;
        std::ranges::sort(sorted_, {}, &Outcome::subject);
        outcomes_ = &sorted_;
    }
    const std::vector<Outcome>& all() const { return *outcomes_; }

  private:
    const std::vector<Outcome>* outcomes_;
    std::vector<Outcome> sorted_;
};

// Every subject once, with what either side knows of it.
template <class Use>
void each_subject(const std::vector<Outcome>& before, const std::vector<Outcome>& after, Use use) {
    auto b = before.begin(), a = after.begin();
    while (b != before.end() || a != after.end()) {
        bool has_before = a == after.end() || (b != before.end() && b->subject <= a->subject);
        bool has_after = b == before.end() || (a != after.end() && a->subject <= b->subject);
        use(Sides{has_before ? &*b : nullptr, has_after ? &*a : nullptr});
        if (has_before) ++b;
        if (has_after) ++a;
    }
}

// How many stand in each band of either side: those of the new pack first, then what only the old
// one knows.
std::vector<BackTestBand> count_bands(const Outcomes& before, const Outcomes& after) {
    std::vector<BackTestBand> rows;
    auto count = [&](const Outcomes& side, std::optional<std::int64_t> BackTestBand::*counted) {
        std::vector<std::int64_t> counts(side.bands.size());
        for (const Outcome& outcome : side.all) ++counts[static_cast<std::size_t>(outcome.band)];
        for (std::size_t i = 0; i < counts.size(); ++i) {
            auto found = std::ranges::find(rows, side.bands[i], &BackTestBand::band);
            if (found == rows.end()) found = rows.insert(found, {side.bands[i], 0, 0});
            (*found).*counted = counts[i];
        }
    };
    count(after, &BackTestBand::after);
    count(before, &BackTestBand::before);
    return rows;
}

class Groups {
  public:
    explicit Groups(const Grouping& grouping) : grouping_(grouping) {}

    void add(const Outcome& known, std::int64_t gained) {
        area_of_path(known.area_path).add(gained);
        auto person = grouping_.person(known.person);
        kinds_[person.kind].add(gained);
        ages_[person.age_band].add(gained);
    }

    // In order of what they are by, and of their names.
    std::vector<BackTestGroup> all() const {
        std::vector<BackTestGroup> out;
        auto tell = [&](GroupedBy by, const auto& groups) {
            for (const auto& [name, counts] : groups) {
                out.push_back(
                    {by, std::string(name), false, counts.subjects, counts.better, counts.worse});
            }
        };
        tell(GroupedBy::area, areas_);
        tell(GroupedBy::kind, kinds_);
        tell(GroupedBy::age, ages_);
        return out;
    }

  private:
    Counts& area_of_path(std::string_view path) {
        auto [found, fresh] = by_path_.try_emplace(path);
        if (fresh) found->second = &areas_[grouping_.area(path)];
        return *found->second;
    }

    const Grouping& grouping_;
    std::map<std::string, Counts> areas_;
    std::unordered_map<std::string_view, Counts*> by_path_;
    std::map<std::string_view, Counts> kinds_, ages_;
};

}  // namespace

journal::Figures grouping_figures() {
    return {&journal::figure<areas::AreaFigure>(), &journal::figure<people::PersonFigure>()};
}

Grouping::Grouping(const journal::Folded& alike, const rules::Pack& pack)
    : area_kind_(pack.back_test.area_kind), age_bands_(band_names(pack.back_test.age_bands)) {
    alike.each<areas::AreaFigure>(
        [&](const areas::AreaState& area) { area_kinds_[area.id.value] = area.kind; });
    alike.each<people::PersonFigure>([&](const people::PersonState& person) {
        people_[person.id.value] = placed(person, pack);
    });
}

// The area of the pack's kind on the way down; the lowest where there is none.
std::string Grouping::area(std::string_view path) const {
    std::string last;
    for (std::size_t at = 1; at < path.size();) {
        auto end = std::min(path.find('/', at), path.size());
        last = path.substr(at, end - at);
        auto kind = area_kinds_.find(std::stoll(last));
        if (area_kind_.empty() || (kind != area_kinds_.end() && kind->second == area_kind_)) break;
        at = end + 1;
    }
    return last;
}

Grouping::Person Grouping::person(PersonId id) const {
    auto found = people_.find(id.value);
    return found == people_.end() ? Person{unknown, unknown} : found->second;
}

Grouping::Person Grouping::placed(const people::PersonState& person,
                                  const rules::Pack& pack) const {
    std::string_view kind = person.volunteer ? "volunteer" : "resident";
    if (person.social_worker) kind = "social_worker";
    if (!person.age_years) return {kind, unknown};
    if (*person.age_years < pack.dispatch.adult_from_years) kind = "minor";
    auto band = band_of(pack.back_test.age_bands, *person.age_years);
    return {kind, age_bands_[static_cast<std::size_t>(band)]};
}

BackTestPart compare(const Mechanism& mechanism, const Outcomes& before, const Outcomes& after,
                     const Grouping& grouping) {
    BackTestPart part;
    part.mechanism = mechanism.key;
    part.bands = count_bands(before, after);
    Counts together;
    std::int64_t total_before = 0, total_after = 0;
    Groups groups(grouping);
    InOrder old_side(before.all), new_side(after.all);
    each_subject(old_side.all(), new_side.all(), [&](const Sides& sides) {
        std::int64_t gained = gain(mechanism, sides);
        together.add(gained);
        if (sides.before) total_before += sides.before->value;
        if (sides.after) total_after += sides.after->value;
        groups.add(sides.after ? *sides.after : *sides.before, gained);
    });
    part.subjects = together.subjects;
    part.better = together.better;
    part.worse = together.worse;
    part.total_before = total_before;
    part.total_after = total_after;
    auto all = groups.all();
    for (auto& group : all) {
        if (part.groups.size() < back_test_groups_max) part.groups.push_back(std::move(group));
    }
    return part;
}

}  // namespace hezhi::back_tests
