#include <algorithm>

#include "rules/pack_sections.h"

namespace hezhi::rules {

namespace {

constexpr std::int64_t bank_minutes_max = 600'000;  // ten thousand hours
constexpr std::int32_t day_minutes = 1440;

void read_bank(TableReader& row, TimeBankRules& bank) {
    bank.clause = row.clause();
    bank.model = row.choice<TimeBankModel>("model");
    bank.name = row.words("name");
    bank.overdraft_minutes_max = row.integer("overdraft_minutes_max", {0, bank_minutes_max});
    if (bank.model == TimeBankModel::deposit_redeem && bank.overdraft_minutes_max > 0) {
        row.wrong("overdraft_minutes_max", "存入后使用的，不得透支，应为 0",
                  "0: nobody uses more than they have unless the model is mutual");
    }
}

void read_earn(TableReader& row, TimeBankRules& bank) {
    bank.earn_clause = row.clause();
    bank.round_down_minutes = row.integer("round_down_minutes", {1, 60});
    bank.order_minutes_min = row.integer("order_minutes_min", {0, 240});
    bank.planned_over_percent = row.integer("planned_over_percent", {0, 200});
    bank.noted_within_days = row.integer("noted_within_days", {1, 366});
}

void read_who(TableReader& row, const Pack& pack, TimeBankRules& bank) {
    bank.who_clause = row.clause();
    bank.age_years_min = row.integer("age_years_min", {6, 80});
    bank.with_consent_from_years = row.integer("with_consent_from_years", {6, 80});
    if (bank.with_consent_from_years > bank.age_years_min) {
        row.wrong("with_consent_from_years", "应不大于 age_years_min",
                  "no more than age_years_min");
    }
    if (bank.age_years_min < pack.dispatch.adult_from_years &&
        bank.model == TimeBankModel::deposit_redeem) {
        row.wrong("age_years_min", "应不小于成年年龄，未成年人见 with_consent_from_years",
                  "an adult's age; with_consent_from_years is for minors");
    }
    bank.team_service = row.choice<CreditTo>("team_service");
    bank.released_time = row.choice<CreditTo>("released_time");
}

void read_caps(TableReader& row, TimeBankRules& bank) {
    bank.caps_clause = row.clause();
    bank.day_minutes_max = row.integer("day_minutes_max", {1, 1440});
    bank.month_minutes_max = row.integer("month_minutes_max", {1, 44'640});
    bank.balance_minutes_max = row.integer("balance_minutes_max", {1, bank_minutes_max});
    if (bank.day_minutes_max > bank.month_minutes_max) {
        row.wrong("month_minutes_max", "应不小于每日上限", "no less than the day's cap");
    }
    if (bank.month_minutes_max > bank.balance_minutes_max) {
        row.wrong("balance_minutes_max", "应不小于每月上限", "no less than the month's cap");
    }
    if (bank.day_minutes_max < bank.order_minutes_min) {
        row.wrong("day_minutes_max", "应不小于单次最少时长，否则永远无法计入",
                  "no less than order_minutes_min: nothing could ever be earned");
    }
}

void read_redeem(TableReader& row, TimeBankRules& bank) {
    bank.redeem_clause = row.clause();
    bank.redeem_age_years_min = row.integer("age_years_min", {0, 100});
    bank.redeem_month_minutes_max = row.integer("month_minutes_max", {1, 44'640});
    bank.reserved_percent = row.integer("reserved_percent", {0, 100});
    bank.reserved_days = row.integer_or("reserved_days", {1, 366}, bank.reserved_days);
    bank.no_show_minutes = row.integer("no_show_minutes", {0, 480});
    bank.cancel_hours_min = row.integer("cancel_hours_min", {0, 336});
    bank.book_days_max = row.integer_or("book_days_max", {1, 366}, bank.book_days_max);
    bank.book_step_minutes = row.integer_or("book_step_minutes", {5, 240}, bank.book_step_minutes);
    if (day_minutes % bank.book_step_minutes != 0) {
        row.wrong("book_step_minutes", "应能整除一天的 1440 分钟，如 15、30、60",
                  "a part of a day's 1440 minutes, such as 15, 30 or 60");
    }
}

void read_entitlement(TableReader& row, TimeBankRules& bank) {
    bank.entitlement_clause = row.clause();
    bank.entitlement_within = row.time_limit("decide_within");
    row.entries("ground", true, [&](const std::string& key, TableReader& entry) {
        EntitlementGround ground;
        ground.key = key;
        ground.clause = entry.clause();
        ground.name = entry.words("name");
        ground.rank = entry.integer("rank", {1, 99});
        ground.holds_months = entry.integer_or("holds_months", {1, 600}, 0);
        bank.entitlements.push_back(std::move(ground));
    });
    std::ranges::sort(bank.entitlements, {}, &EntitlementGround::rank);
}

void read_listing(TableReader& row, TimeBankRules& bank) {
    bank.listing_clause = row.clause();
    bank.listing_open_days = row.integer("open_days", {1, 366});
    bank.listings_max = row.integer("open_max", {1, 100});
    bank.listing_minutes_max = row.integer("minutes_max", {5, 1440});
    bank.exchange_confirm_days = row.integer("confirm_days", {1, 366});
}

void read_gift(TableReader& row, TimeBankRules& bank) {
    bank.gift_clause = row.clause();
    bank.gift_year_minutes_max = row.integer("year_minutes_max", {0, bank_minutes_max});
    for (const auto& word : row.texts("relations", false)) {
        auto relation = from_label<Relation>(word);
        bool repeated = relation && std::ranges::find(bank.gift_relations, *relation) !=
                                        bank.gift_relations.end();
        if (!relation || repeated) {
            row.wrong("relations",
                      "spouse、parent、grandparent、parent_in_law、disabled_child，各写一次",
                      "spouse, parent, grandparent, parent_in_law, disabled_child, each once");
        } else {
            bank.gift_relations.push_back(*relation);
        }
    }
}

void read_liability(TableReader& row, TimeBankRules& bank) {
    bank.liability_clause = row.clause();
    bank.liability_within_years = row.integer("within_years", {0, 60});
    bank.liability_served_months =
        row.integer_or("served_months", {1, served_months_max}, bank.liability_served_months);
    bank.liability_warn_percent = row.integer("warn_percent", {1, 10'000});
    bank.liability_report_percent = row.integer("report_percent", {1, 10'000});
    if (bank.liability_report_percent < bank.liability_warn_percent) {
        row.wrong("report_percent", "应不小于 warn_percent", "no less than warn_percent");
    }
}

// A sentence of a layer below speaks of the bank by the name that this pack gives it.
void name_the_bank(TimeBankRules& bank) {
    auto name = [&bank](Clause& clause) {
        clause.says = with_bank_name(bank, clause.says.zh, clause.says.en);
    };
    for (Clause* clause :
         {&bank.clause, &bank.earn_clause, &bank.who_clause, &bank.caps_clause, &bank.redeem_clause,
          &bank.entitlement_clause, &bank.listing_clause, &bank.gift_clause, &bank.death_clause,
          &bank.dormancy_clause, &bank.liability_clause, &bank.statement_clause}) {
        name(*clause);
    }
    for (auto& ground : bank.entitlements) name(ground.clause);
    for (auto& group : bank.grants) name(group.clause);
}

}  // namespace

const EntitlementGround* TimeBankRules::entitlement(std::string_view key) const {
    auto found = std::ranges::find(entitlements, key, &EntitlementGround::key);
    return found == entitlements.end() ? nullptr : &*found;
}

const GrantGroup* TimeBankRules::grant(std::string_view key) const {
    auto found = std::ranges::find(grants, key, &GrantGroup::key);
    return found == grants.end() ? nullptr : &*found;
}

void read_time_bank(TableReader& root, Pack& pack) {
    TimeBankRules& bank = pack.time_bank;
    bank.open = true;
    root.table("bank", [&](TableReader& row) { read_bank(row, bank); });
    root.table("earn", [&](TableReader& row) { read_earn(row, bank); });
    root.table("who", [&](TableReader& row) { read_who(row, pack, bank); });
    root.table("caps", [&](TableReader& row) { read_caps(row, bank); });
    root.table("redeem", [&](TableReader& row) { read_redeem(row, bank); });
    if (root.has("entitlement")) {
        root.table("entitlement", [&](TableReader& row) { read_entitlement(row, bank); });
    }
    root.table("listing", [&](TableReader& row) { read_listing(row, bank); });
    root.table("gift", [&](TableReader& row) { read_gift(row, bank); });
    root.table("death", [&](TableReader& row) {
        bank.death_clause = row.clause();
        bank.take_over_months = row.integer("take_over_months", {1, 600});
    });
    root.table("dormancy", [&](TableReader& row) {
        bank.dormancy_clause = row.clause();
        bank.dormant_after_months = row.integer("after_months", {1, 600});
    });
    root.table("liability", [&](TableReader& row) { read_liability(row, bank); });
    if (root.has("statement")) {
        root.table("statement", [&](TableReader& row) {
            bank.statement_clause = row.clause();
            bank.statement_small_group = row.integer("small_group", {2, 1000});
        });
    }
    root.entries("grant", false, [&](const std::string& key, TableReader& row) {
        GrantGroup group;
        group.key = key;
        group.name = row.words("name");
        group.clause = row.clause();
        group.month_minutes = row.integer("month_minutes", {1, 44'640});
        group.age_years_min = row.integer("age_years_min", {0, 100});
        bank.grants.push_back(std::move(group));
    });
    name_the_bank(bank);
}

}  // namespace hezhi::rules
