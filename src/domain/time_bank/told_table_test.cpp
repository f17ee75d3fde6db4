// Whoever takes all relations of what is told together derives nothing that is of a few.
#include "domain/time_bank/told_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
#include <random>

#include "facts/time_bank_facts.h"

namespace hezhi::time_bank {
namespace {

constexpr std::int64_t least_group = 5;
constexpr std::size_t account_places = 9;
struct On {
    static constexpr AccountSet person = 1, held = 2, grant = 4, pool = 8, issued = 16,
                                redeemed = 32, lost = 64;
};

bool is_in(AccountSet accounts, std::size_t place) {
    return (accounts >> place & 1U) != 0;
}

LedgerTable ledger_of(std::vector<PostedFlow> flows, std::size_t kinds) {
    LedgerTable table;
    table.listed = On::person | On::pool | On::redeemed;
    table.kinds.resize(kinds);
    table.kinds.at(0).kept = On::issued;
    for (auto& kind : table.kinds) kind.weights.resize(account_places);
    for (const auto& flow : flows) {
        KindCells& column = table.kinds[flow.kind];
        column.cells |= flow.accounts;
        table.accounts |= flow.accounts;
        for (std::size_t place = 0; place < account_places; ++place) {
            if (is_in(flow.accounts, place)) {
                column.weights[place] = column.weights[place] + flow.weight;
            }
        }
    }
    table.flows = std::move(flows);
    return table;
}

// Reads what is told and solves every relation: a row adds up to its total, a column and all
// totals to zero.
class ReaderOfAll {
  public:
    ReaderOfAll(const LedgerTable& table, const ToldTable& told) : table_(table) {
        for (std::size_t kind = 0; kind < table.kinds.size(); ++kind) {
            for (std::size_t place = 0; place < account_places; ++place) {
                if (is_in(table.kinds[kind].cells & ~told.cells[kind], place)) add(kind, place);
            }
        }
        for (std::size_t place = 0; place < account_places; ++place) {
            if (is_in(table.accounts & ~told.totals, place)) add({}, place);
        }
        for (std::size_t kind = 0; kind < table.kinds.size(); ++kind) {
            relate([&](const Unknown& each) { return each.kind == kind ? 1.0 : 0.0; });
        }
        for (std::size_t place = 0; place < account_places; ++place) {
            relate([&](const Unknown& each) {
                if (each.place != place) return 0.0;
                return each.kind ? 1.0 : -1.0;
            });
        }
        relate([](const Unknown& each) { return each.kind ? 0.0 : 1.0; });
        solve();
    }

    // A sum of hidden numbers that follows from what is told and is of a few; empty if none is.
    std::string derives() const {
        for (const auto& row : rows_) {
            PartWeight weight;
            for (std::size_t kind = 0; kind < table_.kinds.size(); ++kind) {
                weight = weight + weight_in(row, kind);
            }
            if (weight.postings == 0 || may_be_told(weight, least_group)) continue;
            std::string sum;
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (std::abs(row[i]) < 1e-9) continue;
                const Unknown& each = unknown_[i];
                sum += each.kind ? " kind " + std::to_string(*each.kind) : " total";
                sum += " of " + std::to_string(each.place);
            }
            return std::to_string(weight.postings) + ":" + sum;
        }
        return "";
    }

  private:
    struct Unknown {
        std::optional<std::size_t> kind;
        std::size_t place = 0;
    };
    void add(std::optional<std::size_t> kind, std::size_t place) {
        unknown_.push_back({kind, place});
    }
    // How often each account's cell of this kind is counted in a derived sum, a total as its cells.
    std::map<std::size_t, double> factors(const std::vector<double>& row, std::size_t kind) const {
        std::map<std::size_t, double> found;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (unknown_[i].kind == kind) found[unknown_[i].place] += row[i];
        }
        for (auto& [place, factor] : found) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (!unknown_[i].kind && unknown_[i].place == place) factor += row[i];
            }
        }
        return found;
    }
    // Of how many postings of the kind that tells. Any number of times the whole column is zero,
    // and what is told of it may be taken off.
    PartWeight weight_in(const std::vector<double>& row, std::size_t kind) const {
        auto counted = factors(row, kind);
        std::vector<double> tries{0.0};
        for (const auto& [place, factor] : counted) tries.push_back(factor);
        std::optional<PartWeight> least;
        for (double whole : tries) {
            PartWeight weight;
            for (const auto& each : table_.flows) {
                if (each.kind == kind && counts(counted, each.accounts, whole)) {
                    weight = weight + each.weight;
                }
            }
            bool less = !least || std::pair(weight.postings, weight.moved_by) <
                                      std::pair(least->postings, least->moved_by);
            if (less) least = weight;
        }
        return *least;
    }
    static bool counts(const std::map<std::size_t, double>& counted, AccountSet accounts,
                       double whole) {
        bool other = false, told_or_apart = false;
        std::optional<double> first;
        for (std::size_t place = 0; place < account_places; ++place) {
            if (!is_in(accounts, place)) continue;
            auto found = counted.find(place);
            if (found == counted.end()) {
                told_or_apart = true;
                continue;
            }
            other = other || std::abs(found->second - whole) > 1e-9;
            told_or_apart =
                told_or_apart || std::abs(found->second - first.value_or(found->second)) > 1e-9;
            first = found->second;
        }
        return other && told_or_apart;
    }
    template <class Factor>
    void relate(const Factor& factor) {
        std::vector<double> row;
        for (const auto& each : unknown_) row.push_back(factor(each));
        rows_.push_back(std::move(row));
    }
    void solve() {
        std::size_t done = 0;
        for (std::size_t column = 0; column < unknown_.size(); ++column) {
            std::size_t from = done;
            while (from < rows_.size() && std::abs(rows_[from][column]) < 1e-9) ++from;
            if (from == rows_.size()) continue;
            std::swap(rows_[done], rows_[from]);
            double lead = rows_[done][column];
            for (double& each : rows_[done]) each /= lead;
            for (std::size_t row = 0; row < rows_.size(); ++row) {
                double times = rows_[row][column];
                if (row == done || std::abs(times) < 1e-9) continue;
                for (std::size_t i = 0; i < unknown_.size(); ++i) {
                    rows_[row][i] -= times * rows_[done][i];
                }
            }
            ++done;
        }
    }

    const LedgerTable& table_;
    std::vector<Unknown> unknown_;
    std::vector<std::vector<double>> rows_;
};

PostedFlow flow_of(std::size_t kind, AccountSet accounts, std::int64_t postings,
                   std::int64_t moved_by) {
    return {kind, accounts, {postings, Instant(2), moved_by}};
}

TEST(ToldTable, WhatIsOfManyIsToldWhole) {
    LedgerTable table = ledger_of(
        {flow_of(0, On::person | On::issued, 60, 12), flow_of(1, On::person | On::pool, 20, 6)}, 2);
    ToldTable told = tell_table(table, least_group);
    EXPECT_EQ(told.totals, On::person | On::issued | On::pool);
    EXPECT_EQ(told.cells,
              (std::vector<AccountSet>{On::person | On::issued, On::person | On::pool}));
}

TEST(ToldTable, ANumberOfAFewIsNotDerivedFromItsMirrorInAnotherAccount) {
    // One service was booked, held, settled and paid back in part.
    LedgerTable table = ledger_of(
        {flow_of(0, On::person | On::issued, 60, 12), flow_of(1, On::person | On::held, 1, 1),
         flow_of(2, On::held | On::redeemed | On::person, 1, 1),
         flow_of(3, On::person | On::issued, 12, 12)},
        4);
    ToldTable told = tell_table(table, least_group);
    EXPECT_EQ(ReaderOfAll(table, told).derives(), "");
    EXPECT_EQ(told.totals, On::person) << "with the reversals it is of enough";
    EXPECT_EQ(told.cells[3], 0U);
    EXPECT_EQ(told.cells[0], On::person | On::issued);
    // A reader who is told too much finds it: what issued lost of the reversals tells them apart.
    told.totals |= On::issued;
    EXPECT_NE(ReaderOfAll(table, told).derives(), "");
    told = tell_table(table, least_group);
    told.cells[3] = On::person | On::issued;
    EXPECT_NE(ReaderOfAll(table, told).derives(), "");
}

TEST(ToldTable, AnotherKindCoversAFewWhereThereIsOne) {
    LedgerTable table = ledger_of(
        {flow_of(0, On::person | On::issued, 60, 12), flow_of(1, On::person | On::pool, 2, 2),
         flow_of(2, On::person | On::held, 30, 8)},
        3);
    ToldTable told = tell_table(table, least_group);
    EXPECT_EQ(ReaderOfAll(table, told).derives(), "");
    EXPECT_EQ(told.totals & On::person, On::person) << "of 32";
    EXPECT_EQ(told.cells[2], 0U) << "else the rest would be the two";
    EXPECT_EQ(told.cells[0], On::person | On::issued);
}

TEST(ToldTable, WhatStaysWithinAnAccountCoversNothing) {
    // Forty gifts from person to person add up to nothing, and so hide nothing.
    LedgerTable table =
        ledger_of({flow_of(0, On::person | On::issued, 60, 12), flow_of(1, On::person, 40, 9),
                   flow_of(2, On::person | On::pool, 1, 1)},
                  3);
    ToldTable told = tell_table(table, least_group);
    EXPECT_EQ(ReaderOfAll(table, told).derives(), "");
    EXPECT_EQ(told.totals & On::person, 0U);
    EXPECT_EQ(told.cells[1], On::person) << "that it is zero everybody knows";
}

TEST(ToldTable, NoTableTellsOfAFew) {
    static constexpr AccountSet patterns[] = {On::person | On::issued,
                                              On::pool | On::issued,
                                              On::person | On::pool | On::issued,
                                              On::person | On::pool,
                                              On::person | On::held,
                                              On::held | On::redeemed,
                                              On::held | On::redeemed | On::person,
                                              On::pool | On::grant,
                                              On::grant | On::held,
                                              On::pool | On::issued | On::lost};
    std::mt19937 random(20260301);
    auto below = [&](std::uint32_t limit) { return random() % limit; };
    static constexpr std::int64_t sizes[] = {1, 1, 2, 3, 5, 8, 30, 60};
    for (int round = 0; round < 300; ++round) {
        std::size_t kinds = 1 + below(6);
        std::vector<PostedFlow> flows;
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            for (std::uint32_t n = 1 + below(3); n > 0; --n) {
                std::int64_t postings = sizes[below(8)];
                PostedFlow made = flow_of(kind, patterns[below(10)], postings, postings);
                made.weight.moved_from = Instant(1 + below(3));
                made.weight.moved_by = 1 + below(static_cast<std::uint32_t>(postings));
                flows.push_back(made);
            }
        }
        LedgerTable table = ledger_of(std::move(flows), kinds);
        ToldTable told = tell_table(table, least_group);
        ASSERT_EQ(ReaderOfAll(table, told).derives(), "") << "round " << round;
    }
}

}  // namespace
}  // namespace hezhi::time_bank
