// What the bands of both packs tell side by side. "?" is hidden.
#include "domain/back_tests/band_moves.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "domain/back_tests/hide_small.h"

namespace hezhi::back_tests {
namespace {

constexpr std::int64_t hidden_below = 10;
constexpr const char* ranked = "handling";     // the band is all that counts
constexpr const char* valued = "time_credit";  // who stays in a band may lose

std::string shown_bands(const BackTestPart& part) {
    auto number = [](const auto& told) { return told ? std::to_string(*told) : "?"; };
    std::string out;
    for (const auto& band : part.bands) {
        out += number(band.before) + "→" + number(band.after) + " ";
    }
    return out;
}

BackTestPart banded(const char* mechanism, std::vector<std::pair<int, int>> bands,
                    std::int64_t better, std::int64_t worse) {
    BackTestPart part;
    part.mechanism = mechanism;
    part.subjects = part.total_before = part.total_after = 0;
    part.better = better;
    part.worse = worse;
    for (auto [before, after] : bands) {
        part.bands.push_back({"b" + std::to_string(part.bands.size()), before, after});
        *part.subjects += before;
    }
    return part;
}

struct MovesRow {
    const char* why;
    BackTestPart part;
    const char* expected;
};

TEST(BandMoves, OfFewAreNotTold) {
    const MovesRow rows[] = {
        {"nobody gains, so one comes down from 30 to 99 hours and one from 10 to 29",
         banded(valued, {{165, 166}, {40, 41}, {61, 61}, {34, 32}}, 0, 80),
         "165→? 40→? 61→61 34→? "},
        {"five come down from 30 to 99 hours",
         banded(valued, {{165, 166}, {40, 44}, {61, 61}, {34, 29}}, 0, 80),
         "165→? 40→? 61→61 34→? "},
        {"large changes are told",
         banded(valued, {{100, 180}, {300, 330}, {250, 250}, {250, 140}}, 0, 300),
         "100→180 300→330 250→250 250→140 "},
        {"and where one is small, the others; the next smaller covers it",
         banded(valued, {{100, 180}, {300, 303}, {250, 250}, {250, 167}}, 0, 300),
         "100→? 300→? 250→250 250→167 "},
        {"30 come into the lowest band and 27 leave the next: three cross what is above both",
         banded(valued, {{100, 130}, {200, 173}, {150, 180}, {150, 117}}, 0, 120),
         "100→? 200→? 150→? 150→117 "},
        {"37 of the 40 who lose come into the lowest band: three do elsewhere",
         banded(ranked, {{20, 57}, {40, 28}, {60, 35}}, 0, 40), "20→? 40→? 60→? "},
        {"two steps for 60 who lose cost 65 bands: five lose two",
         banded(ranked, {{40, 65}, {70, 85}, {90, 50}}, 0, 60), "40→? 70→? 90→50 "},
        {"65 of the 70 that were covered are not any more, though 40 others are",
         banded(ranked, {{50, 75}, {70, 45}}, 40, 65), "?→? ?→? "},
        {"57 of the 60 above the lowest band lose: three do not",
         banded(ranked, {{60, 90}, {30, 20}, {30, 10}}, 0, 57), "?→? ?→? 30→10 "},
        {"where those of the lowest band lose as well, it does not say that",
         banded(valued, {{60, 90}, {30, 20}, {30, 10}}, 0, 57), "60→90 30→20 30→10 "},
    };
    for (const auto& row : rows) {
        BackTestPart part = row.part;
        hide_small(part, hidden_below);
        EXPECT_EQ(shown_bands(part), row.expected) << row.why;
        EXPECT_EQ(part.worse, row.part.worse) << row.why;
        hide_band_moves(part, hidden_below);
        EXPECT_EQ(shown_bands(part), row.expected) << "what is hidden tells no more: " << row.why;
    }
}

// Hours that only one pack has for a band overlap with those of the other.
TEST(BandMoves, BetweenBandsOfTwoRulesNeedNotBeLosses) {
    auto part = banded(ranked, {{0, 90}, {0, 30}, {60, 0}, {60, 0}}, 55, 20);
    part.bands[0].band = "0-29";
    part.bands[1].band = "30-";
    part.bands[2].band = "0-9";
    part.bands[3].band = "10-";
    hide_band_moves(part, hidden_below);
    EXPECT_EQ(shown_bands(part), "0→90 0→30 60→0 60→0 ");
}

TEST(BandMoves, TellNothingOfThoseWhomOnlyOnePackKnows) {
    auto part = banded(ranked, {{20, 23}, {80, 80}}, 0, 0);
    part.subjects = 103;
    part.better = 3;
    hide_small(part, hidden_below);
    EXPECT_EQ(shown_bands(part), "?→? ?→? ") << "103 less the hundred of the old pack";
}

// --- every sum of what is shown

// So many people, from band to band.
using Counts = std::map<std::pair<std::size_t, std::size_t>, std::int64_t>;

BackTestPart part_of_moves(const Counts& counts, std::size_t bands) {
    BackTestPart part = banded(ranked, std::vector<std::pair<int, int>>(bands), 0, 0);
    for (auto [move, count] : counts) {
        auto [from, to] = move;
        *part.subjects += count;
        *part.bands[from].before += count;
        *part.bands[to].after += count;
        if (from < to) *part.better += count;
        if (from > to) *part.worse += count;
    }
    return part;
}

Counts random_moves(std::mt19937_64& dice, std::size_t bands) {
    const bool nobody_gains = dice() % 2 == 0;
    const std::uint64_t many = dice() % 2 == 0 ? 30 : 200;
    Counts counts;
    for (std::size_t from = 0; from < bands; ++from) {
        for (std::size_t to = 0; to < bands; ++to) {
            if (nobody_gains && from < to) continue;
            const std::uint64_t most[] = {1, 12, many, many};
            const std::uint64_t below = most[dice() % 4];
            counts[{from, to}] = static_cast<std::int64_t>(dice() % below);
        }
    }
    return counts;
}

// A number that is shown, and how often each move is counted in it.
struct ShownNumber {
    std::int64_t number = 0;
    std::vector<int> counted;
};

// What somebody knows who reads the part: nobody came from a band, or by a way, of which it says
// that there is nobody.
std::vector<ShownNumber> numbers_shown(const BackTestPart& part) {
    std::vector<ShownNumber> numbers(1, {*part.subjects, {}});
    auto number_of = [&](const std::optional<std::int64_t>& told) {
        if (!told) return std::size_t(0);
        numbers.push_back({*told, {}});
        return numbers.size() - 1;
    };
    const std::size_t better = number_of(part.better), worse = number_of(part.worse);
    std::vector<std::size_t> before, after;
    for (const auto& band : part.bands) {
        before.push_back(number_of(band.before));
        after.push_back(number_of(band.after));
    }
    const bool all_move = better && worse && *part.subjects == *part.better + *part.worse;
    for (std::size_t from = 0; from < before.size(); ++from) {
        for (std::size_t to = 0; to < after.size(); ++to) {
            std::size_t way = from < to ? better : from > to ? worse : 0;
            bool nobody = from == to && all_move;
            for (std::size_t at : {before[from], after[to], way}) {
                nobody = nobody || (at && numbers[at].number == 0);
            }
            if (nobody) continue;
            for (auto& number : numbers) number.counted.push_back(0);
            numbers[0].counted.back() = 1;
            for (std::size_t at : {before[from], after[to], way}) {
                if (at) numbers[at].counted.back() = 1;
            }
        }
    }
    return numbers;
}

// Each number taken once, taken away once, or left: whether that counts few people.
std::string sum_that_tells(const std::vector<ShownNumber>& numbers) {
    std::vector<int> weights(numbers.size(), -1);
    while (true) {
        std::int64_t sum = 0;
        std::vector<int> counted(numbers[0].counted.size());
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            sum += weights[i] * numbers[i].number;
            for (std::size_t j = 0; j < counted.size(); ++j) {
                counted[j] += weights[i] * numbers[i].counted[j];
            }
        }
        bool counts = std::ranges::none_of(counted, [](int often) { return often < 0; });
        if (counts && sum > 0 && sum < hidden_below) {
            std::string out = std::to_string(sum) + " =";
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                out += " " + std::to_string(weights[i]) + "*" + std::to_string(numbers[i].number);
            }
            return out;
        }
        auto next = std::ranges::find_if(weights, [](int weight) { return weight < 1; });
        if (next == weights.end()) return {};
        ++*next;
        std::fill(weights.begin(), next, -1);
    }
}

// The number of these bands together: their sum, or all subjects less the others.
std::optional<std::int64_t> number_together(const BackTestPart& part,
                                            std::optional<std::int64_t> BackTestBand::*counted,
                                            const std::vector<bool>& chosen) {
    std::int64_t sum = 0, others = 0;
    bool hidden = false, hidden_of_others = false;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto& number = part.bands[i].*counted;
        (chosen[i] ? sum : others) += number.value_or(0);
        if (!number) (chosen[i] ? hidden : hidden_of_others) = true;
    }
    if (!hidden) return sum;
    if (!hidden_of_others) return *part.subjects - others;
    return std::nullopt;
}

std::string change_that_tells(const BackTestPart& part, const std::vector<bool>& chosen) {
    auto before = number_together(part, &BackTestBand::before, chosen),
         after = number_together(part, &BackTestBand::after, chosen);
    if (!before || !after || *before == *after) return {};
    if (std::abs(*after - *before) >= hidden_below) return {};
    return std::to_string(*before) + "→" + std::to_string(*after);
}

std::string changes_that_tell(const BackTestPart& part) {
    std::vector<bool> hidden;
    for (const auto& band : part.bands) hidden.push_back(!band.after);
    std::string told = change_that_tells(part, hidden);
    for (std::size_t first = 0; first < part.bands.size(); ++first) {
        std::vector<bool> chosen(part.bands.size());
        for (std::size_t last = first; last < part.bands.size(); ++last) {
            chosen[last] = true;
            told += change_that_tells(part, chosen);
        }
    }
    return told;
}

TEST(BandMoves, OfFewAreToldByNoSumOfWhatIsShown) {
    std::mt19937_64 dice(20260301);
    int told_before = 0, some_shown = 0;
    for (int round = 0; round < 100; ++round) {
        const std::size_t bands = round % 50 == 0 ? 4 : 2 + dice() % 2;
        const Counts counts = random_moves(dice, bands);
        const BackTestPart all = part_of_moves(counts, bands);
        BackTestPart part = all;
        hide_small(part, hidden_below);
        if (!part.subjects || *part.subjects == 0) continue;
        if (bands < 4 && !sum_that_tells(numbers_shown(all)).empty()) ++told_before;
        std::string of = shown_bands(all) + "shown as " + shown_bands(part);
        EXPECT_EQ(sum_that_tells(numbers_shown(part)), "") << of;
        EXPECT_EQ(changes_that_tell(part), "") << of;
        for (const auto& band : part.bands) some_shown += band.after.has_value() ? 1 : 0;
    }
    EXPECT_GT(told_before, 30) << "the sums find what is told";
    EXPECT_GT(some_shown, 30) << "not everything is hidden";
}

}  // namespace
}  // namespace hezhi::back_tests
