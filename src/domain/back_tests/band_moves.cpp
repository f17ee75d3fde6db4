#include "domain/back_tests/band_moves.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "domain/back_tests/band_sums.h"

namespace hezhi::back_tests {
namespace {

using Bands = std::vector<BackTestBand>;

void hide_both_sides(BackTestBand& band) {
    band.before.reset();
    band.after.reset();
}

// The first of those with the least key; null if there is none.
template <class Chosen, class Key>
BackTestBand* least_band(Bands& bands, Chosen chosen, Key key) {
    BackTestBand* least = nullptr;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (chosen(i) && (!least || key(bands[i]) < key(*least))) least = &bands[i];
    }
    return least;
}

// --- what differs between the packs

bool both_told(const BackTestBand& band) {
    return band.before && band.after;
}

std::int64_t change_of(const BackTestBand& band) {
    return *band.after - *band.before;
}

// The smallest change that is shown, none at all last.
template <class Chosen>
BackTestBand* least_change(Bands& bands, Chosen chosen) {
    return least_band(
        bands, [&](std::size_t i) { return both_told(bands[i]) && chosen(i); },
        [](const BackTestBand& band) {
            return std::pair(change_of(band) == 0, std::abs(change_of(band)));
        });
}

BackTestBand* least_change(Bands& bands) {
    return least_change(bands, [](std::size_t) { return true; });
}

// The bands of [first, last) together change by few: the one to be hidden next. It is one of them,
// or, where all that is hidden is among them, another.
BackTestBand* told_by_neighbours(Bands& bands, std::size_t first, std::size_t last,
                                 std::int64_t limit) {
    auto among = [&](std::size_t i) { return first <= i && i < last; };
    auto other = [&](std::size_t i) { return !among(i); };
    std::int64_t change = 0, change_of_others = 0;
    bool hidden = false, hidden_of_others = false;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (both_told(bands[i])) {
            (among(i) ? change : change_of_others) += change_of(bands[i]);
        } else {
            (among(i) ? hidden : hidden_of_others) = true;
        }
    }
    if (!hidden && is_few(std::abs(change), limit)) return least_change(bands, among);
    bool told_by_others = hidden && !hidden_of_others;
    if (told_by_others && is_few(std::abs(change_of_others), limit)) {
        return least_change(bands, other);
    }
    return nullptr;
}

BackTestBand* told_by_changes(Bands& bands, std::int64_t limit) {
    std::int64_t shown = 0;
    for (const BackTestBand& band : bands) shown += both_told(band) ? change_of(band) : 0;
    // Those that are hidden together, wherever they stand.
    bool some_hidden = !std::ranges::all_of(bands, both_told);
    if (some_hidden && is_few(std::abs(shown), limit)) return least_change(bands);
    for (std::size_t first = 0; first < bands.size(); ++first) {
        for (std::size_t last = first + 1; last <= bands.size(); ++last) {
            if (auto* next = told_by_neighbours(bands, first, last, limit)) return next;
        }
    }
    return nullptr;
}

// --- what the bands under the old pack tell without the new

// In the lowest band nobody loses, in the highest nobody gains: all others less who does are those
// others who do not.
BackTestBand* end_that_tells(BackTestPart& part, bool lowest, std::int64_t limit) {
    const auto& movers = lowest ? part.worse : part.better;
    if (!movers) return nullptr;
    for (std::size_t i = 0; i < part.bands.size(); ++i) {
        BackTestBand& band = part.bands[lowest ? i : part.bands.size() - 1 - i];
        if (band.before == 0 && band.after == 0) continue;  // there is no such band
        bool tells = band.before && is_few(*part.subjects - *band.before - *movers, limit);
        return tells ? &band : nullptr;
    }
    return nullptr;
}

void hide_ends(BackTestPart& part, std::int64_t limit) {
    bool some_hidden = false;
    for (bool lowest : {true, false}) {
        BackTestBand* end = end_that_tells(part, lowest, limit);
        if (!end) continue;
        hide_both_sides(*end);
        some_hidden = true;
    }
    auto told_by_sum = [&] {
        auto hidden = [](const BackTestBand& band) { return !band.before; };
        return std::ranges::count_if(part.bands, hidden) == 1 ||
               is_few(count_untold(part, &BackTestBand::before), limit);
    };
    while (some_hidden && told_by_sum()) {
        BackTestBand* next = least_band(
            part.bands, [&](std::size_t i) { return part.bands[i].before.has_value(); },
            [](const BackTestBand& band) { return std::pair(band.before == 0, band.before); });
        if (!next) return;
        hide_both_sides(*next);
    }
}

}  // namespace

void hide_band_moves(BackTestPart& part, std::int64_t limit) {
    if (part.subjects.value_or(0) == 0) return;
    if (bands_are_ranks(part)) hide_ends(part, limit);
    while (BackTestBand* smallest = least_change(part.bands)) {
        BackTestBand* next = told_by_changes(part.bands, limit);
        if (!next && part.better && part.worse && sums_tell_few(part, limit)) next = smallest;
        if (!next) return;
        next->after.reset();
    }
}

}  // namespace hezhi::back_tests
