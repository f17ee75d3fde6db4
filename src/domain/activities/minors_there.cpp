// How many adults there are for how many minors (the pack's [minors]).
#include "domain/activities/load_activity.h"
#include "domain/activities/queries.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::activities {

Ages ages_of(journal::Turn& turn, ShiftId id, bool present_only) {
    auto row = turn.db().row(queries::ages_at_shift,
                             {{"shift_id", id},
                              {"present_only", present_only ? 1 : 0},
                              {"adult", turn.pack()->pack->dispatch.adult_from_years}});
    return {row->integer("adults"), row->integer("minors")};
}

bool is_minor_there(journal::Turn& turn, PersonId person) {
    const auto* standing = turn.load<standing::StandingFigure>(person);
    return standing &&
           standing->age_years.value_or(0) < turn.pack()->pack->dispatch.adult_from_years;
}

bool room_for_minor(const rules::Pack& pack, const Ages& ages) {
    return ages.minors + 1 <= pack.activities.minors_per_adult_max * (ages.adults + 1);
}

std::int32_t adults_for(const rules::Pack& pack, std::int32_t children) {
    std::int64_t most = pack.activities.minors_per_adult_max;
    return static_cast<std::int32_t>((children + most - 1) / most);
}

std::optional<Refusal> too_few_adults(journal::Turn& turn, const Found& found, PersonId person) {
    if (!is_minor_there(turn, person)) return std::nullopt;
    if (room_for_minor(*turn.pack()->pack, ages_of(turn, found.shift.id, true))) {
        return std::nullopt;
    }
    return Refusal(refusals::adults_missing);
}

}  // namespace hezhi::activities
