// The monthly statement: totals only, and how what may be used stands to what is served. When a
// month is over it is published as a fact, with its values for ever.
#include <map>
#include <mutex>
#include <ranges>

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/month_totals.h"
#include "domain/time_bank/queries.h"
#include "domain/time_bank/time_pages.h"

namespace hezhi::time_bank {
namespace {

constexpr std::int64_t ms_of_a_year = 31'556'952'000;  // of the calendar, on average
// Instants begin with the one, and days are written with four digits of a year.
constexpr int first_year = 1970, last_year = 9998;

// Balances by age.
void read_balances(store::Session& db, MonthTotals& totals) {
    db.each(queries::balances_with_age, {{"until", totals.until}}, [&](const store::Row& row) {
        if (row.is_null("age_years")) {
            ++totals.age_unknown_people;
            totals.age_unknown_minutes += row.integer("minutes");
            return;
        }
        std::int64_t age =
            age_at(row.integer("age_years"), row.instant("registered_at"), totals.until);
        totals.minutes_by_age[age] += row.integer("minutes");
    });
}

Liability level_of(const rules::TimeBankRules& bank, std::optional<std::int64_t> percent) {
    if (!percent) return Liability::unknown;
    if (*percent > bank.liability_report_percent) return Liability::report;
    return *percent > bank.liability_warn_percent ? Liability::warn : Liability::covered;
}

}  // namespace

std::string month_of(Instant at) {
    return to_string(day_of(at)).substr(0, 7);
}

std::int64_t age_at(std::int64_t noted_years, Instant registered_at, Instant at) {
    return noted_years + (at.ms - registered_at.ms) / ms_of_a_year;
}

std::vector<std::int64_t> read_delivered(store::Session& db, Instant from, Instant until,
                                         std::int32_t months) {
    std::vector<std::int64_t> minutes;
    for (std::int32_t month = 0; month < months; ++month) {
        auto delivered = db.row(queries::delivered, {{"from", from}, {"until", until}});
        minutes.push_back(delivered->integer("minutes"));
        until = from;
        from = start_of_month(until - Millis(1));
    }
    return minutes;
}

MonthTotals read_month(store::Session& db, Instant from, Instant until, std::int32_t months) {
    MonthTotals totals;
    totals.from = from;
    totals.until = until;
    if (auto last = db.row(queries::last_posting_before, {{"until", until}})) {
        totals.position = last->integer("posting");
    }
    db.each(queries::account_totals, {{"until", until}}, [&](const store::Row& row) {
        totals.accounts.push_back({*from_label<LedgerAccount>(row.text("account")),
                                   row.integer("accounts"), row.integer("minutes")});
    });
    db.each(queries::flows, {{"from", from}, {"until", until}}, [&](const store::Row& row) {
        totals.flows.push_back(
            {std::string(row.text("fact_kind")), row.integer("postings"), row.integer("minutes")});
    });
    read_balances(db, totals);
    auto waiting = db.row(queries::awaiting_call_in, {{"from", from}, {"until", until}});
    totals.waiting_times = waiting->integer("records");
    totals.waiting_minutes = waiting->integer("minutes");
    totals.delivered_minutes = read_delivered(db, from, until, months);
    return totals;
}

StatementPublished judge_month(const rules::TimeBankRules& bank, MonthTotals totals) {
    StatementPublished made;
    made.month = month_of(totals.from);
    made.due_at = totals.until;
    made.position = totals.position;
    made.accounts = std::move(totals.accounts);
    made.flows = std::move(totals.flows);
    made.too_young_minutes = 0;
    for (const auto& [age, minutes] : totals.minutes_by_age) {
        bool soon = age + bank.liability_within_years >= bank.redeem_age_years_min;
        (soon ? made.redeemable_minutes : *made.too_young_minutes) += minutes;
    }
    // Where the pack sets no age nobody's is asked.
    if (bank.redeem_age_years_min == 0) {
        made.redeemable_minutes += totals.age_unknown_minutes;
        totals.age_unknown_people = totals.age_unknown_minutes = 0;
    }
    made.age_unknown_people = totals.age_unknown_people;
    made.age_unknown_minutes = totals.age_unknown_minutes;
    made.waiting_times = totals.waiting_times;
    made.waiting_minutes = totals.waiting_minutes;
    for (std::int64_t minutes :
         std::views::take(totals.delivered_minutes, bank.liability_served_months)) {
        made.delivered_minutes += minutes;
    }
    if (made.delivered_minutes > 0) {
        made.liability_percent = made.redeemable_minutes * 100 / made.delivered_minutes;
    }
    made.liability = level_of(bank, made.liability_percent);
    return made;
}

std::optional<std::int64_t> told_people(std::optional<std::int64_t> people,
                                        std::int64_t small_group) {
    bool few = people && *people > 0 && *people < small_group;
    return few ? std::nullopt : people;
}

Result<Day> first_of(std::string_view month) {
    auto first = parse_day(std::string(month) + "-01");
    if (!first || first->year() < first_year || first->year() > last_year) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/month", "某年某月，如 2026-03", "a month, like 2026-03"});
    }
    return *first;
}

namespace {

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

template <class From>
void copy_totals(TimeStatement& shown, From from) {
    shown.accounts = std::move(from.accounts);
    shown.flows = std::move(from.flows);
    shown.redeemable_minutes = from.redeemable_minutes;
    shown.delivered_minutes = from.delivered_minutes;
    shown.liability_percent = from.liability_percent;
    shown.liability = from.liability;
    shown.age_unknown_people = from.age_unknown_people;
    shown.age_unknown_minutes = from.age_unknown_minutes;
}

// The first month that is over and not published: the one after the last that was, or that of the
// first posting.
std::optional<MonthTotals> next_month(store::Session& db, Instant now) {
    auto row = db.row(queries::statement_months, {});
    Instant from;
    if (!row->is_null("last_until")) {
        from = row->instant("last_until");
    } else if (!row->is_null("first_posted")) {
        from = start_of_month(row->instant("first_posted"));
    } else {
        return std::nullopt;
    }
    Instant until = start_of_next_month(from);
    if (until > now) return std::nullopt;
    // Which pack judges it is known in the turn only.
    return read_month(db, from, until, rules::served_months_max);
}

}  // namespace

journal::Keys StatementFigure::keys(const Fact& fact) {
    return {fact.as<StatementPublished>().month};
}

void StatementFigure::step(State& month, const Fact& fact, const rules::Pack&) {
    const auto& published = fact.as<StatementPublished>();
    month.fact = fact.position;
    month.from_at = start_of(*parse_day(published.month + "-01"));
    month.until_at = published.due_at;
    month.published_at = fact.occurred_at;
    month.accounts = published.accounts;
    month.flows = published.flows;
    month.redeemable_minutes = published.redeemable_minutes;
    month.delivered_minutes = published.delivered_minutes;
    month.liability_percent = published.liability_percent;
    month.liability = published.liability;
    month.too_young_minutes = published.too_young_minutes;
    month.age_unknown_people = published.age_unknown_people;
    month.age_unknown_minutes = published.age_unknown_minutes;
    month.waiting_times = published.waiting_times;
    month.waiting_minutes = published.waiting_minutes;
}

Result<std::int64_t> publish_statement(journal::Turn& turn, MonthTotals totals) {
    if (turn.now() < totals.until) return refuse(hezhi::refusals::not_found);
    if (turn.load<StatementFigure>(month_of(totals.from))) {
        return refuse(hezhi::refusals::not_found);  // another process was first
    }
    // Something was posted between the reading and this turn, still within the month: read again.
    auto last = turn.db().row(queries::last_posting_before, {{"until", totals.until}});
    if (!last || last->integer("posting") != totals.position) {
        return refuse(hezhi::refusals::not_found);
    }
    const rules::PublishedPack* pack = turn.pack();
    StatementPublished published = judge_month(pack->pack->time_bank, std::move(totals));
    published.pack = pack->hash;
    return turn.append(draft(published, {}, {}, {{"statement", self}}, turn.now()));
}

jobs::Timer statement_timer() {
    // What `find` read beside the writer, for the turn that follows.
    struct Prepared {
        std::mutex mutex;
        std::optional<MonthTotals> month;
    };
    auto prepared = std::make_shared<Prepared>();
    return {"publish_statement",
            [prepared](store::Session& db, Instant now, std::int64_t) -> std::vector<jobs::Due> {
                auto month = next_month(db, now);
                if (!month) return {};
                Instant due_at = month->until;
                std::lock_guard lock(prepared->mutex);
                prepared->month = std::move(month);
                return {{0, 0, due_at}};
            },
            [prepared](journal::Turn& turn, const jobs::Due&) -> Result<std::int64_t> {
                std::lock_guard lock(prepared->mutex);
                if (!prepared->month) return refuse(hezhi::refusals::not_found);
                return publish_statement(turn, *prepared->month);
            }};
}

Result<TimeStatement> statement_page(const api::Reading& reading, const StatementQuery& query) {
    std::string month = query.month.value_or(month_of(reading.now));
    auto first = first_of(month);
    if (!first) return std::unexpected(first.error());
    const rules::TimeBankRules& bank = reading.pack()->pack->time_bank;
    TimeStatement shown;
    shown.open = bank.open;
    shown.name_zh = bank.name.zh;
    shown.name_en = bank.name.en;
    shown.month = month;
    Instant judged_at = reading.now;
    if (auto published = reading.load<StatementFigure>(month)) {
        shown.published_id = PostingId(published->fact);
        shown.published_at = judged_at = published->published_at;
        copy_totals(shown, std::move(*published));
    } else {
        Instant from = start_of(*first);
        copy_totals(shown, judge_month(bank, read_month(reading.db, from, start_of_next_month(from),
                                                        bank.liability_served_months)));
    }
    const rules::Clause& clause =
        reading.packs->in_force(judged_at)->pack->time_bank.liability_clause;
    shown.liability_says_zh = clause.says.zh;
    shown.liability_says_en = clause.says.en;
    add_choices(shown, reading, bank);
    return shown;
}

}  // namespace hezhi::time_bank
