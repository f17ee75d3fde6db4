#include "domain/back_tests/hide_small.h"

#include <algorithm>
#include <array>
#include <span>

#include "domain/back_tests/band_moves.h"
#include "domain/back_tests/band_sums.h"

namespace hezhi::back_tests {
namespace {

// One of several numbers whose sum is told.
struct Cell {
    std::int64_t count = 0;
    bool hidden = false;
    bool known = false;  // for nobody, by another sum: to hide it covers nothing
};

// Whether the sum gives away what is hidden. That it is nobody may be told, but not by what
// `covers` a number of another sum.
bool told_by_sum(std::span<const Cell> cells, std::int64_t limit, bool covers) {
    std::int64_t sum = 0, hidden = 0;
    for (const Cell& cell : cells) {
        if (!cell.hidden) continue;
        sum += cell.count;
        ++hidden;
    }
    if (hidden == 0 || (sum == 0 && !covers)) return false;
    return sum < limit || hidden == 1;
}

// The smallest that is shown, a zero last; null if there is none.
Cell* next_to_hide(std::span<Cell> cells) {
    Cell* next = nullptr;
    for (Cell& cell : cells) {
        if (cell.hidden || cell.known) continue;
        if (!next || (cell.count > 0 && (next->count == 0 || cell.count < next->count))) {
            next = &cell;
        }
    }
    return next;
}

void hide_cells(std::span<Cell> cells, std::int64_t limit, bool covers = false) {
    for (Cell& cell : cells) cell.hidden = cell.hidden || is_few(cell.count, limit);
    while (told_by_sum(cells, limit, covers)) {
        Cell* next = next_to_hide(cells);
        if (!next) return;
        next->hidden = true;
    }
}

// Who gains, who loses, and who does neither. The last stands nowhere; the subjects less the
// other two are its number.
enum Move : std::size_t { gains, loses, stays };
using Moves = std::array<Cell, 3>;

Moves moves_of(std::int64_t subjects, std::int64_t better, std::int64_t worse) {
    return {{{better}, {worse}, {subjects - better - worse}}};
}

void hide_moves(Moves& moves, std::int64_t limit, bool covers = false) {
    for (Cell& cell : moves) cell.hidden = cell.hidden || is_few(cell.count, limit);
    // Where one of the two is hidden, it is not told any more.
    Cell& untold = moves[stays];
    if (!untold.known && (moves[gains].hidden || moves[loses].hidden)) untold.hidden = true;
    hide_cells(moves, limit, covers);
}

void hide_band(BackTestBand& band) {
    band.before.reset();
    band.after.reset();
}

void hide_group(BackTestGroup& group) {
    group.hidden = true;
    group.subjects = 0;
    group.better.reset();
    group.worse.reset();
}

// How many stand in each band under one pack, and behind them whom the pack does not know: no
// number shows them, all less the others tells them.
std::vector<Cell> cells_of_bands(const BackTestPart& part,
                                 std::optional<std::int64_t> BackTestBand::*counted) {
    std::vector<Cell> cells;
    for (const BackTestBand& band : part.bands) {
        cells.push_back({(band.*counted).value_or(0), !(band.*counted)});
    }
    std::int64_t not_known = count_untold(part, counted);
    cells.push_back({not_known, false, not_known == 0});
    return cells;
}

// A band that is hidden on one side is on the other: who gains and loses would tell it.
void hide_bands(BackTestPart& part, std::int64_t limit) {
    auto& bands = part.bands;
    if (bands.empty()) return;
    auto before = cells_of_bands(part, &BackTestBand::before),
         after = cells_of_bands(part, &BackTestBand::after);
    for (bool more = true; more;) {
        hide_cells(before, limit);
        hide_cells(after, limit);
        more = false;
        for (std::size_t i = 0; i < bands.size(); ++i) {
            if (before[i].hidden == after[i].hidden) continue;
            before[i].hidden = after[i].hidden = more = true;
        }
    }
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (before[i].hidden) hide_band(bands[i]);
    }
}

// The groups of one kind.
using OfOneKind = std::vector<BackTestGroup*>;

void hide_few_subjects(const OfOneKind& groups, std::int64_t limit) {
    std::vector<Cell> cells;
    for (const auto* group : groups) cells.push_back({group->subjects, group->hidden});
    hide_cells(cells, limit);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (cells[i].hidden) hide_group(*groups[i]);
    }
}

// Who moves in the groups of one kind: a row a group, whose sum is its subjects; a column each for
// who gains, loses and does neither, whose sum is that of the part.
class MovesOfGroups {
  public:
    MovesOfGroups(const OfOneKind& groups, const Moves& all) : groups_(groups), all_(all) {
        Moves rest = all;  // of the hidden groups together
        for (const auto* group : groups_) {
            rows_.push_back(group->hidden ? Moves()
                                          : moves_of(group->subjects, group->better.value_or(0),
                                                     group->worse.value_or(0)));
            for (Move move : columns) rest[move].count -= rows_.back()[move].count;
        }
        auto hidden = std::ranges::find(groups_, true, &BackTestGroup::hidden);
        for (Move move : columns) {
            if (hidden != groups_.end()) {
                rows_[static_cast<std::size_t>(hidden - groups_.begin())][move] = rest[move];
            }
            for (std::size_t i = 0; i < rows_.size(); ++i) {
                // Where the number of all is hidden, so is every group's: their sum would tell it.
                rows_[i][move].hidden = groups_[i]->hidden || all[move].hidden;
                rows_[i][move].known = !all[move].hidden && all[move].count == 0;
            }
        }
    }

    void hide(std::int64_t limit) {
        do hide_rows(limit);
        while (std::ranges::any_of(columns, [&](Move move) { return hide_more(move, limit); }));
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (rows_[i][gains].hidden) groups_[i]->better.reset();
            if (rows_[i][loses].hidden) groups_[i]->worse.reset();
        }
    }

  private:
    static constexpr Move columns[] = {gains, loses, stays};

    void hide_rows(std::int64_t limit) {
        bool sums_told = !all_[stays].hidden;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (!groups_[i]->hidden) hide_moves(rows_[i], limit, sums_told);
        }
    }

    // Whether something was.
    bool hide_more(Move move, std::int64_t limit) {
        if (all_[move].hidden || all_[move].count == 0) return false;
        std::vector<Cell> column;
        bool covers = false;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            column.push_back(rows_[i][move]);
            covers = covers || (column.back().hidden && !groups_[i]->hidden);
        }
        hide_cells(column, limit, covers);
        bool more = false;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            more = more || column[i].hidden != rows_[i][move].hidden;
            rows_[i][move].hidden = column[i].hidden;
        }
        return more;
    }

    OfOneKind groups_;
    Moves all_;
    std::vector<Moves> rows_;
};

void hide_groups(BackTestPart& part, const Moves& all, std::int64_t limit) {
    for (GroupedBy by : {GroupedBy::area, GroupedBy::kind, GroupedBy::age}) {
        OfOneKind groups;
        for (BackTestGroup& group : part.groups) {
            if (group.by == by) groups.push_back(&group);
        }
        hide_few_subjects(groups, limit);
        MovesOfGroups(groups, all).hide(limit);
    }
}

void hide_all(BackTestPart& part) {
    part.subjects.reset();
    part.better.reset();
    part.worse.reset();
    part.total_before.reset();
    part.total_after.reset();
    for (BackTestBand& band : part.bands) hide_band(band);
    for (BackTestGroup& group : part.groups) hide_group(group);
}

}  // namespace

void hide_small(BackTestPart& part, std::int64_t limit) {
    if (is_few(*part.subjects, limit)) return hide_all(part);
    Moves all = moves_of(*part.subjects, *part.better, *part.worse);
    hide_moves(all, limit);
    hide_groups(part, all, limit);
    hide_bands(part, limit);
    if (all[gains].hidden || all[loses].hidden) {
        for (BackTestBand& band : part.bands) band.after.reset();
    }
    if (is_few(*part.better + *part.worse, limit)) part.total_after.reset();
    if (all[gains].hidden) part.better.reset();
    if (all[loses].hidden) part.worse.reset();
    hide_band_moves(part, limit);
}

}  // namespace hezhi::back_tests
