#include "domain/time_bank/published_table.h"

#include <algorithm>

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"
#include "domain/time_bank/told_table.h"

namespace hezhi::time_bank {
namespace {

// As `posted_flows` counts them.
std::size_t place_of(LedgerAccount account) {
    return static_cast<std::size_t>(account);
}

AccountSet only(LedgerAccount account) {
    return AccountSet{1} << place_of(account);
}

// The list of published months tells these totals as well.
constexpr LedgerAccount totals_of_the_list[] = {LedgerAccount::person, LedgerAccount::pool,
                                                LedgerAccount::redeemed};

struct KindsByName {
    std::vector<std::string> names;

    std::size_t place(std::string_view name) {
        auto found = std::ranges::find(names, name);
        if (found == names.end()) found = names.emplace(names.end(), name);
        return static_cast<std::size_t>(found - names.begin());
    }
};

// Which accounts changed together, and of the last month how often.
std::vector<PostedFlow> read_flows(const api::Reading& reading, Instant until, KindsByName& kinds) {
    using Flow = std::pair<std::size_t, AccountSet>;
    std::vector<PostedFlow> flows;
    reading.db.each(
        queries::posted_flows, {{"from", Instant()}, {"until", until}}, [&](const store::Row& row) {
            PostedFlow flow;
            flow.kind = kinds.place(row.text("fact_kind"));
            flow.accounts = static_cast<AccountSet>(row.integer("accounts"));
            flow.weight = {row.integer("postings"), start_of_month(row.instant("last_at")), 0};
            flows.push_back(flow);
        });
    std::map<Instant, std::map<Flow, std::int64_t>> months;
    for (PostedFlow& flow : flows) {
        Instant from = flow.weight.moved_from;
        auto [month, added] = months.try_emplace(from);
        if (added) {
            reading.db.each(queries::posted_flows,
                            {{"from", from}, {"until", start_of_next_month(from)}},
                            [&](const store::Row& row) {
                                Flow moved(kinds.place(row.text("fact_kind")),
                                           static_cast<AccountSet>(row.integer("accounts")));
                                month->second[moved] = row.integer("postings");
                            });
        }
        flow.weight.moved_by = month->second[{flow.kind, flow.accounts}];
    }
    return flows;
}

LedgerTable table_of(const StatementParts& parts,
                     const std::vector<std::vector<PartWeight>>& weights,
                     std::vector<PostedFlow> flows, KindsByName& kinds) {
    LedgerTable table;
    table.flows = std::move(flows);
    for (LedgerAccount account : totals_of_the_list) table.listed |= only(account);
    for (std::size_t i = 0; i < parts.totals.size(); ++i) {
        const TotalWhy& total = parts.totals[i];
        table.accounts |= only(total.account);
        for (std::size_t k = 0; k < total.parts.size(); ++k) {
            std::size_t place = kinds.place(*total.parts[k].fact_kind);
            if (table.kinds.size() <= place) table.kinds.resize(place + 1);
            KindCells& column = table.kinds[place];
            column.weights.resize(std::max(column.weights.size(), place_of(total.account) + 1));
            column.weights[place_of(total.account)] = weights[i][k];
            column.cells |= only(total.account);
            // What was earned in a month and what was delivered tell it as well.
            if (*total.parts[k].fact_kind == EarningJudged::kind) {
                column.kept = only(LedgerAccount::issued);
            }
        }
    }
    table.kinds.resize(kinds.names.size());
    return table;
}

void gather_hidden(TotalWhy& total, const ToldTable& told, KindsByName& kinds,
                   const rules::Clause& clause) {
    TotalPart hidden;
    hidden.minutes = 0;
    hidden.clauses.push_back({clause.says.zh, clause.says.en, clause.source});
    bool some = false;
    std::vector<TotalPart> shown;
    for (TotalPart& part : total.parts) {
        if ((told.cells[kinds.place(*part.fact_kind)] & only(total.account)) != 0) {
            shown.push_back(std::move(part));
        } else {
            *hidden.minutes += *part.minutes;
            some = true;
        }
    }
    if ((told.totals & only(total.account)) == 0) {
        total.minutes.reset();
        hidden.minutes.reset();
    }
    if (some) shown.push_back(std::move(hidden));
    total.parts = std::move(shown);
}

}  // namespace

void tell_totals(StatementParts& parts, const std::vector<std::vector<PartWeight>>& weights,
                 const api::Reading& reading, Instant until, const rules::TimeBankRules& bank) {
    KindsByName kinds;
    auto flows = read_flows(reading, until, kinds);
    LedgerTable table = table_of(parts, weights, std::move(flows), kinds);
    ToldTable told = tell_table(table, bank.statement_small_group);
    for (TotalWhy& total : parts.totals) {
        gather_hidden(total, told, kinds, bank.statement_clause);
    }
}

bool tells_part(const StatementParts& parts, LedgerAccount account, std::string_view fact_kind) {
    auto total = std::ranges::find(parts.totals, account, &TotalWhy::account);
    return total != parts.totals.end() &&
           std::ranges::any_of(total->parts, [&](const TotalPart& part) {
               return part.fact_kind && *part.fact_kind == fact_kind;
           });
}

}  // namespace hezhi::time_bank
