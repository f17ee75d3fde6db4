// The monthly statement: totals only, and how what may be used stands to what is served.
#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"
#include "domain/time_bank/time_pages.h"

namespace hezhi::time_bank {
namespace {

constexpr auto year_before = std::chrono::days(365);
constexpr std::int64_t ms_of_a_year = 31'556'952'000;  // of the calendar, on average

// Balances of those who may use them within the pack's years. An adult's age is noted when they
// register; the years since are added.
std::int64_t redeemable_minutes(const api::Reading& reading, const rules::TimeBankRules& bank,
                                Instant until) {
    std::int64_t sum = 0;
    reading.db.each(queries::balances_with_age, {{"until", until}}, [&](const store::Row& row) {
        if (row.is_null("age_years")) return;
        std::int64_t since = (until.ms - row.integer("registered_at")) / ms_of_a_year;
        std::int64_t age = row.integer("age_years") + since;
        if (age + bank.liability_within_years >= bank.redeem_age_years_min) {
            sum += row.integer("minutes");
        }
    });
    return sum;
}

Liability level_of(const rules::TimeBankRules& bank, std::optional<std::int64_t> percent) {
    if (!percent) return Liability::unknown;
    if (*percent > bank.liability_report_percent) return Liability::report;
    return *percent > bank.liability_warn_percent ? Liability::warn : Liability::covered;
}

void add_choices(TimeStatement& shown, const api::Reading& reading,
                 const rules::TimeBankRules& bank) {
    for (const auto& group : bank.grants) {
        shown.groups.push_back({group.key, group.name.zh, group.name.en, group.month_minutes});
    }
    for (rules::Relation relation : bank.gift_relations) {
        shown.relations.emplace_back(label_of(relation));
    }
    if (!bank.open) return;
    if (reading.caller.may_somewhere("credit.gift")) shown.actions.emplace_back("gift_credit");
    if (reading.caller.may_somewhere("credit.grant")) shown.actions.emplace_back("grant_credit");
}

}  // namespace

Result<TimeStatement> statement_page(const api::Reading& reading, const StatementQuery& query) {
    std::string month = query.month.value_or(to_string(day_of(reading.now)).substr(0, 7));
    auto first = parse_day(month + "-01");
    if (!first) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/month", "某年某月，如 2026-03", "a month, like 2026-03"});
    }
    const rules::TimeBankRules& bank = reading.pack()->pack->time_bank;
    TimeStatement shown;
    shown.open = bank.open;
    shown.name_zh = bank.name.zh;
    shown.name_en = bank.name.en;
    shown.month = month;
    Instant from = start_of(*first), until = start_of_next_month(from);
    reading.db.each(queries::account_totals, {{"until", until}}, [&](const store::Row& row) {
        shown.accounts.push_back({*from_label<LedgerAccount>(row.text("account")),
                                  row.integer("accounts"), row.integer("minutes")});
    });
    reading.db.each(queries::flows, {{"from", from}, {"until", until}}, [&](const store::Row& row) {
        shown.flows.push_back(
            {std::string(row.text("fact_kind")), row.integer("postings"), row.integer("minutes")});
    });
    shown.redeemable_minutes = redeemable_minutes(reading, bank, until);
    auto delivered =
        reading.db.row(queries::delivered, {{"from", until - year_before}, {"until", until}});
    shown.delivered_minutes = delivered->integer("minutes");
    if (shown.delivered_minutes > 0) {
        shown.liability_percent = shown.redeemable_minutes * 100 / shown.delivered_minutes;
    }
    shown.liability = level_of(bank, shown.liability_percent);
    shown.liability_says_zh = bank.liability_clause.says.zh;
    shown.liability_says_en = bank.liability_clause.says.en;
    add_choices(shown, reading, bank);
    return shown;
}

}  // namespace hezhi::time_bank
