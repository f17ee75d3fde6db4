#include "domain/back_tests/compare.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "domain/areas/area_figure.h"
#include "domain/people/person_figure.h"

namespace hezhi::back_tests {
namespace {

constexpr std::string_view unknown = "unknown";

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

// There are few bands.
BackTestBand& row_of(std::vector<BackTestBand>& rows, const std::string& band) {
    auto found = std::ranges::find(rows, band, &BackTestBand::band);
    if (found != rows.end()) return *found;
    return rows.emplace_back(BackTestBand{band, 0, 0});
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

void hide(BackTestGroup& group) {
    group.hidden = true;
    group.subjects = group.better = group.worse = 0;
}

void hide_small(std::vector<BackTestGroup*> groups, std::int64_t smallest) {
    std::ranges::stable_sort(groups, {},
                             [](const BackTestGroup* group) { return group->subjects; });
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

Grouping::Grouping(journal::PackFold& fold)
    : fold_(fold), age_bands_(band_names(fold.pack().back_test.age_bands)) {}

// The area of the pack's kind on the way down; the lowest where there is none.
std::string Grouping::area(std::string_view path) const {
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

Grouping::Person Grouping::person(PersonId id) const {
    const auto* person = id ? person_of(fold_, id) : nullptr;
    if (!person) return {unknown, unknown};
    std::string_view kind = person->volunteer ? "volunteer" : "resident";
    if (person->social_worker) kind = "social_worker";
    if (!person->age_years) return {kind, unknown};
    const rules::Pack& pack = fold_.pack();
    if (*person->age_years < pack.dispatch.adult_from_years) kind = "minor";
    return {kind, age_bands_[band_of(pack.back_test.age_bands, *person->age_years)]};
}

BackTestPart compare(const Mechanism& mechanism, const std::vector<Outcome>& before,
                     const std::vector<Outcome>& after, const Grouping& grouping,
                     const std::vector<std::string>& bands) {
    BackTestPart part;
    part.mechanism = mechanism.key;
    for (const auto& band : bands) part.bands.push_back({band, 0, 0});
    Counts together;
    Groups groups(grouping);
    InOrder old_side(before), new_side(after);
    each_subject(old_side.all(), new_side.all(), [&](const Sides& sides) {
        std::int64_t gained = gain(mechanism, sides);
        together.add(gained);
        if (sides.before) {
            part.total_before += sides.before->value;
            ++row_of(part.bands, sides.before->band).before;
        }
        if (sides.after) {
            part.total_after += sides.after->value;
            ++row_of(part.bands, sides.after->band).after;
        }
        groups.add(sides.after ? *sides.after : *sides.before, gained);
    });
    part.subjects = together.subjects;
    part.better = together.better;
    part.worse = together.worse;
    auto all = groups.all();
    for (GroupedBy by : {GroupedBy::area, GroupedBy::kind, GroupedBy::age}) {
        std::vector<BackTestGroup*> of_kind;
        for (auto& group : all) {
            if (group.by == by) of_kind.push_back(&group);
        }
        hide_small(std::move(of_kind), grouping.small_group());
    }
    for (auto& group : all) {
        if (part.groups.size() < back_test_groups_max) part.groups.push_back(std::move(group));
    }
    return part;
}

}  // namespace hezhi::back_tests
