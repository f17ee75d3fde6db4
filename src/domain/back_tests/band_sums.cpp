#include "domain/back_tests/band_sums.h"

#include <algorithm>
#include <charconv>

#include "domain/back_tests/mechanisms.h"

namespace hezhi::back_tests {
namespace {

using Counted = std::optional<std::int64_t> BackTestBand::*;

// Whether the bands stand from the worst to the best. Those that only the old pack knows stand
// behind all others.
bool bands_ascend(const std::vector<BackTestBand>& bands) {
    std::int64_t last = -1;
    for (const BackTestBand& row : bands) {
        const std::string& name = row.band;
        std::int64_t first = 0;
        auto read = std::from_chars(name.data(), name.data() + name.size(), first);
        if (read.ec != std::errc()) return true;  // words, in an order of their own
        if (first <= last) return false;
        last = first;
    }
    return true;
}

// How somebody may have come from one band to another, as places in the part; behind the last
// stands whom the pack does not know.
class Ways {
  public:
    enum Way : unsigned { stayed = 1, gained = 2, lost = 4, anyhow = 7 };

    explicit Ways(const BackTestPart& part)
        : bands_(part.bands), in_order_(bands_ascend(part.bands)) {
        const Mechanism* known = find_mechanism(part.mechanism);
        within_ = known && (known->by_value || known->finer_than_bands);
    }

    bool bands_are_ranks() const { return in_order_ && !within_; }

    unsigned between(std::size_t from, std::size_t to) const {
        if (!in_order_ || has_no_rank(from) || has_no_rank(to)) return anyhow;
        if (from == to) return within_ ? anyhow : stayed;
        return from < to ? gained : lost;
    }

  private:
    // Who is not graded stands with the blue (recount_colors.h).
    bool has_no_rank(std::size_t band) const {
        return band == bands_.size() || bands_[band].band == "ungraded";
    }

    const std::vector<BackTestBand>& bands_;
    bool in_order_;
    bool within_ = false;
};

// How many stand in each band under one pack, as far as it is told: a line each, and one for those
// that are known together.
struct Side {
    std::vector<std::size_t> line_of;  // by band, and behind the last
    std::vector<std::int64_t> counts;  // by line

    Side(const BackTestPart& part, Counted counted) {
        for (const BackTestBand& band : part.bands) {
            line_of.push_back(counts.size());
            if (band.*counted) counts.push_back(*(band.*counted));
        }
        for (std::size_t i = 0; i < part.bands.size(); ++i) {
            if (!(part.bands[i].*counted)) line_of[i] = counts.size();
        }
        line_of.push_back(counts.size());
        counts.push_back(count_untold(part, counted));
    }

    // Whom the pack does not know, beside bands that are hidden.
    bool is_beside(std::size_t band) const {
        return band + 1 == line_of.size() && counts.size() < line_of.size();
    }
};

// Each number is taken so many times: its weight, which may be below nought. Weights are tried for
// the lines of the old pack, for who gains and for who loses. Those of the new pack's lines are
// then the least with which nobody counts below nought; more would only add people.
class Sums {
  public:
    // `some_unknown`: whether among those hidden may be some whom the pack does not know.
    Sums(const BackTestPart& part, std::int64_t limit, bool some_unknown)
        : before_(part, &BackTestBand::before),
          after_(part, &BackTestBand::after),
          better_(*part.better),
          worse_(*part.worse),
          limit_(limit),
          ways_(before_.counts.size(), std::vector<unsigned>(after_.counts.size())) {
        const Ways ways(part);
        const unsigned nobody = (better_ == 0 ? Ways::gained : 0U) |
                                (worse_ == 0 ? Ways::lost : 0U) |
                                (*part.subjects == better_ + worse_ ? Ways::stayed : 0U);
        for (std::size_t from = 0; from < before_.line_of.size(); ++from) {
            for (std::size_t to = 0; to < after_.line_of.size(); ++to) {
                std::size_t row = before_.line_of[from], column = after_.line_of[to];
                if (before_.counts[row] == 0 || after_.counts[column] == 0) continue;
                if (!some_unknown && (before_.is_beside(from) || after_.is_beside(to))) continue;
                ways_[row][column] |= ways.between(from, to) & ~nobody;
            }
        }
    }

    bool tell_few() {
        weights_.assign(before_.counts.size(), 0);
        auto empty = std::ranges::count(before_.counts, 0);
        std::size_t lines = weights_.size() - static_cast<std::size_t>(empty);
        return try_from(1, lines > all_tried_to ? changes_max : lines);
    }

  private:
    // From line to line the weight rises by one, falls by one or stays; where there are many lines,
    // it changes so many times at most.
    static constexpr std::size_t all_tried_to = 7, changes_max = 3;
    static constexpr std::int64_t weight_max = 2;  // of who gains, and of who loses

    bool try_from(std::size_t row, std::size_t changes) {
        if (row == weights_.size()) return tell_few_so();
        weights_[row] = weights_[row - 1];
        if (before_.counts[row] == 0) return try_from(row + 1, changes);
        for (std::int64_t change : {0, 1, -1}) {
            if (change != 0 && changes == 0) break;
            weights_[row] = weights_[row - 1] + change;
            if (try_from(row + 1, changes - (change != 0 ? 1 : 0))) return true;
        }
        return false;
    }

    bool tell_few_so() const {
        for (std::int64_t gain = -weight_max; gain <= weight_max; ++gain) {
            for (std::int64_t loss = -weight_max; loss <= weight_max; ++loss) {
                if (is_few(sum(gain, loss), limit_)) return true;
            }
        }
        return false;
    }

    std::int64_t sum(std::int64_t gain, std::int64_t loss) const {
        std::int64_t out = gain * better_ + loss * worse_;
        for (std::size_t row = 0; row < weights_.size(); ++row) {
            out += weights_[row] * before_.counts[row];
        }
        for (std::size_t column = 0; column < after_.counts.size(); ++column) {
            out += least_weight(column, gain, loss) * after_.counts[column];
        }
        return out;
    }

    std::int64_t least_weight(std::size_t column, std::int64_t gain, std::int64_t loss) const {
        std::optional<std::int64_t> least;
        auto reach = [&](std::int64_t weight) { least = std::max(least.value_or(weight), weight); };
        for (std::size_t row = 0; row < weights_.size(); ++row) {
            if (ways_[row][column] & Ways::stayed) reach(-weights_[row]);
            if (ways_[row][column] & Ways::gained) reach(-weights_[row] - gain);
            if (ways_[row][column] & Ways::lost) reach(-weights_[row] - loss);
        }
        return least.value_or(0);
    }

    Side before_, after_;
    std::int64_t better_, worse_, limit_;
    std::vector<std::vector<unsigned>> ways_;  // from line to line
    std::vector<std::int64_t> weights_;        // of the old pack's lines
};

}  // namespace

std::int64_t count_untold(const BackTestPart& part, Counted counted) {
    std::int64_t rest = *part.subjects;
    for (const BackTestBand& band : part.bands) rest -= (band.*counted).value_or(0);
    return rest;
}

bool bands_are_ranks(const BackTestPart& part) {
    return Ways(part).bands_are_ranks();
}

bool sums_tell_few(const BackTestPart& part, std::int64_t limit) {
    return Sums(part, limit, true).tell_few() || Sums(part, limit, false).tell_few();
}

}  // namespace hezhi::back_tests
