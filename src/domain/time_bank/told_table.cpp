#include "domain/time_bank/told_table.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "base/assert.h"

namespace hezhi::time_bank {
namespace {

constexpr std::size_t accounts_max = 32;

bool has(AccountSet accounts, std::size_t place) {
    return (accounts >> place & 1U) != 0;
}

// A sum of hidden numbers that is of a few postings: of the rows `accounts`, of each kind on the
// side of them that tells less, or on the other.
struct Leak {
    AccountSet accounts = 0;
    std::vector<bool> other_side;  // by kind
};

// Cells of a kind, or without a kind totals.
struct TableNumbers {
    std::optional<std::size_t> kind;
    AccountSet accounts = 0;
};

class TableTeller {
  public:
    TableTeller(const LedgerTable& table, std::int64_t small_group)
        : table_(table), small_group_(small_group), flows_(table.kinds.size()) {
        for (const PostedFlow& flow : table.flows) flows_[flow.kind].push_back(flow);
        for (AccountSet part = table.accounts;; part = (part - 1) & table.accounts) {
            parts_.push_back(part);
            if (part == 0) break;
        }
        std::ranges::sort(parts_, {},
                          [](AccountSet part) { return std::pair(std::popcount(part), part); });
        told_.totals = table.accounts;
        told_.cells.resize(table.kinds.size());
        for (std::size_t kind = 0; kind < table.kinds.size(); ++kind) tell_kind(kind);
    }

    ToldTable tell() {
        std::vector<TableNumbers> hidden;
        while (auto leak = find_leak()) {
            hidden.push_back(numbers_to_hide(*leak));
            set(hidden.back(), false);
        }
        // What covers nothing any more is told after all.
        for (std::size_t place = hidden.size(); place-- > 0;) {
            set(hidden[place], true);
            if (find_leak()) set(hidden[place], false);
        }
        return told_;
    }

  private:
    bool few(const PartWeight& weight) const {
        return weight.postings > 0 && !may_be_told(weight, small_group_);
    }

    // Of how many postings the cells of a kind in these accounts tell together: what stays among
    // them adds up to nothing.
    PartWeight weight_of(std::size_t kind, AccountSet accounts) const {
        PartWeight weight;
        for (const PostedFlow& flow : flows_[kind]) {
            bool crosses = (flow.accounts & accounts) != 0 && (flow.accounts & ~accounts) != 0;
            if (crosses) weight = weight + flow.weight;
        }
        return weight;
    }

    // Each cell of enough, and each sum of them.
    void tell_kind(std::size_t kind) {
        const KindCells& column = table_.kinds[kind];
        AccountSet& told = told_.cells[kind];
        for (std::size_t place = 0; place < accounts_max; ++place) {
            if (!has(column.cells, place)) continue;
            if (may_be_told(column.weights[place], small_group_)) told |= 1U << place;
        }
        auto sum_of_few = [&](AccountSet part) {
            return (part & ~told) == 0 && few(weight_of(kind, part));
        };
        for (auto part = parts_.begin(); part != parts_.end();) {
            if (!sum_of_few(*part)) {
                ++part;
                continue;
            }
            told &= ~(1U << smallest_cell(kind, *part));
            part = parts_.begin();
        }
    }

    std::size_t smallest_cell(std::size_t kind, AccountSet accounts) const {
        std::optional<std::size_t> smallest;
        const auto& weights = table_.kinds[kind].weights;
        for (std::size_t place = 0; place < accounts_max; ++place) {
            if (!has(accounts, place)) continue;
            if (!smallest || weights[place].postings < weights[*smallest].postings) {
                smallest = place;
            }
        }
        return smallest.value();
    }

    // What the rows of `accounts` tell of what is hidden in a column, and what the column tells
    // of the same: its hidden cells in these rows, or those in the others. The smaller first.
    std::pair<PartWeight, PartWeight> sides(std::size_t kind, AccountSet accounts) const {
        AccountSet hidden = table_.kinds[kind].cells & ~told_.cells[kind];
        PartWeight inside = weight_of(kind, hidden & accounts);
        PartWeight outside = weight_of(kind, hidden & ~accounts);
        bool in_order = std::pair(inside.postings, inside.moved_by) <=
                        std::pair(outside.postings, outside.moved_by);
        return in_order ? std::pair(inside, outside) : std::pair(outside, inside);
    }

    PartWeight hidden_in(const Leak& leak) const {
        PartWeight sum;
        for (std::size_t kind = 0; kind < flows_.size(); ++kind) {
            auto [smaller, greater] = sides(kind, leak.accounts);
            sum = sum + (leak.other_side[kind] ? greater : smaller);
        }
        return sum;
    }

    using Sides = std::vector<std::pair<PartWeight, PartWeight>>;

    // Tries both sides of the kinds from `kind` on.
    bool leaks(Leak& leak, const Sides& both, std::size_t kind, const PartWeight& sum) const {
        if (kind == both.size()) return few(sum);
        const auto& [smaller, greater] = both[kind];
        if (leaks(leak, both, kind + 1, sum + smaller)) return true;
        bool same = smaller.postings == greater.postings &&
                    smaller.moved_from == greater.moved_from &&
                    smaller.moved_by == greater.moved_by;
        if (same) return false;
        leak.other_side[kind] = true;
        if (leaks(leak, both, kind + 1, sum + greater)) return true;
        leak.other_side[kind] = false;
        return false;
    }

    std::optional<Leak> find_leak() const {
        for (AccountSet accounts : parts_) {
            if ((accounts & ~told_.totals) != 0) continue;
            Sides both;
            for (std::size_t kind = 0; kind < flows_.size(); ++kind) {
                both.push_back(sides(kind, accounts));
            }
            Leak leak{accounts, std::vector<bool>(both.size())};
            if (leaks(leak, both, 0, {})) return leak;
        }
        return std::nullopt;
    }

    // Whether hiding the cells makes what leaks a sum of more.
    bool covers(const Leak& leak, const TableNumbers& cells) {
        PartWeight before = hidden_in(leak);
        set(cells, false);
        PartWeight after = hidden_in(leak);
        set(cells, true);
        bool more = after.postings > before.postings && before.postings < small_group_;
        bool moved = after.moved_from >= before.moved_from && after.moved_by > before.moved_by;
        return more || moved;
    }

    std::int64_t size_of(const TableNumbers& cells) const {
        std::int64_t postings = 0;
        for (std::size_t place = 0; place < accounts_max; ++place) {
            if (!has(cells.accounts, place)) continue;
            postings += table_.kinds[*cells.kind].weights[place].postings;
        }
        return postings;
    }

    // One cell, or all of a kind: a cell alone often follows from its mirror in another account.
    std::optional<TableNumbers> cells_to_hide(const Leak& leak, bool kept) {
        std::optional<TableNumbers> found;
        auto consider = [&](const TableNumbers& cells) {
            if (found && size_of(cells) >= size_of(*found)) return;
            if (covers(leak, cells)) found = cells;
        };
        for (std::size_t kind = 0; kind < flows_.size(); ++kind) {
            const KindCells& column = table_.kinds[kind];
            AccountSet cells = told_.cells[kind] & (kept ? column.kept : ~column.kept);
            for (std::size_t place = 0; place < accounts_max; ++place) {
                if (has(cells, place)) consider({kind, 1U << place});
            }
            if (std::popcount(cells) > 1) consider({kind, cells});
        }
        return found;
    }

    std::optional<TableNumbers> total_to_hide(const Leak& leak) const {
        std::optional<TableNumbers> found;
        std::pair<bool, std::int64_t> least;
        for (std::size_t place = 0; place < accounts_max; ++place) {
            if (!has(leak.accounts, place)) continue;
            PartWeight weight;
            bool some_hidden = false;
            for (std::size_t kind = 0; kind < flows_.size(); ++kind) {
                some_hidden |= has(table_.kinds[kind].cells & ~told_.cells[kind], place);
                weight = weight + weight_of(kind, 1U << place);
            }
            std::pair size(has(table_.listed, place), weight.postings);
            if (!some_hidden || (found && size >= least)) continue;
            found = {std::nullopt, 1U << place};
            least = size;
        }
        return found;
    }

    TableNumbers numbers_to_hide(const Leak& leak) {
        if (auto cells = cells_to_hide(leak, false)) return *cells;
        if (auto total = total_to_hide(leak)) return *total;
        if (auto cells = cells_to_hide(leak, true)) return *cells;
        // Of a column alone: whatever of it is told.
        auto other = std::ranges::find(leak.other_side, true);
        HEZHI_ASSERT(other != leak.other_side.end());
        auto kind = static_cast<std::size_t>(other - leak.other_side.begin());
        return {kind, 1U << smallest_cell(kind, told_.cells[kind])};
    }

    void set(const TableNumbers& numbers, bool told) {
        AccountSet& where = numbers.kind ? told_.cells[*numbers.kind] : told_.totals;
        where = told ? where | numbers.accounts : where & ~numbers.accounts;
    }

    const LedgerTable& table_;
    std::int64_t small_group_;
    std::vector<std::vector<PostedFlow>> flows_;  // by kind
    std::vector<AccountSet> parts_;               // of all accounts, the smallest first
    ToldTable told_;
};

}  // namespace

ToldTable tell_table(const LedgerTable& table, std::int64_t small_group) {
    return TableTeller(table, small_group).tell();
}

}  // namespace hezhi::time_bank
