// A month's totals, opened.
#include <algorithm>

#include "domain/time_bank/few_postings.h"
#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/month_totals.h"
#include "domain/time_bank/posting_clauses.h"
#include "domain/time_bank/published_table.h"
#include "domain/time_bank/queries.h"
#include "domain/time_bank/why.h"

namespace hezhi::time_bank {
namespace {

constexpr std::size_t months_kept = 13;  // a year, and the month before it

TimeClause words_of(const rules::Clause& clause) {
    return {clause.says.zh, clause.says.en, clause.source};
}

// With how much each part of each total tells of, but for by how many postings it moved.
struct OpenedMonth {
    StatementParts parts;
    std::vector<std::vector<PartWeight>> weights;
};

void read_totals(OpenedMonth& opened, const api::Reading& reading, Instant until,
                 const rules::TimeBankRules& bank) {
    StatementParts& parts = opened.parts;
    reading.db.each(queries::account_parts, {{"until", until}}, [&](const store::Row& row) {
        auto account = *from_label<LedgerAccount>(row.text("account"));
        if (parts.totals.empty() || parts.totals.back().account != account) {
            parts.totals.push_back({account, 0, {}});
            opened.weights.emplace_back();
        }
        TotalWhy& total = parts.totals.back();
        TotalPart part;
        part.fact_kind = std::string(row.text("fact_kind"));
        part.postings = row.integer("postings");
        part.minutes = row.integer("minutes");
        for (const auto* clause : clauses_of_kind(*part.fact_kind, bank)) {
            part.clauses.push_back(words_of(*clause));
        }
        *total.minutes += *part.minutes;
        opened.weights.back().push_back(
            {*part.postings, start_of_month(row.instant("last_at")), 0});
        total.parts.push_back(std::move(part));
    });
}

// What waits for a call-back stands in no fact of the ledger: of a month that was published it is
// what the fact said, and nothing is told where that is older than the count.
void read_waiting(StatementParts& parts, const api::Reading& reading, Instant from, Instant until,
                  const StatementState* published, const rules::Clause& clause) {
    if (published && !published->waiting_times) return;
    auto now = reading.db.row(queries::awaiting_call_in, {{"from", from}, {"until", until}});
    std::int64_t times_now = now->integer("records"), minutes_now = now->integer("minutes");
    LeftOutSum waiting{"waits_for_call", times_now, minutes_now, words_of(clause), {}, {}};
    if (published) {
        waiting.times = published->waiting_times;
        waiting.minutes = published->waiting_minutes;
        if (waiting.times != times_now || waiting.minutes != minutes_now) {
            waiting.times_now = times_now;
            waiting.minutes_now = minutes_now;
        }
    }
    if (*waiting.times > 0 || waiting.times_now) parts.left_out.push_back(std::move(waiting));
}

void read_left_out(StatementParts& parts, const api::Reading& reading, Instant from, Instant until,
                   const rules::Pack& pack) {
    reading.db.each(queries::left_out_in, {{"from", from}, {"until", until}},
                    [&](const store::Row& row) {
                        auto why = *from_label<EarningWhy>(row.text("why"));
                        parts.left_out.push_back({std::string(row.text("why")),
                                                  row.integer("times"),
                                                  row.integer("minutes"),
                                                  words_of(clause_of(why, pack)),
                                                  {},
                                                  {}});
                    });
}

template <class From>
void copy_liability(StatementParts& parts, const From& from) {
    parts.redeemable_minutes = from.redeemable_minutes;
    parts.too_young_minutes = from.too_young_minutes;
    parts.age_unknown_people = from.age_unknown_people;
    parts.age_unknown_minutes = from.age_unknown_minutes;
    parts.delivered_minutes = from.delivered_minutes;
}

void add_delivered(StatementParts& parts, const std::vector<std::int64_t>& delivered,
                   Instant from) {
    for (std::int64_t minutes : delivered) {
        parts.delivered.push_back({month_of(from), minutes, {}});
        from = start_of_month(from - Millis(1));
    }
}

std::optional<store::OwnedRow> delivered_before(const api::Reading& reading, Instant from,
                                                const StatementState& published) {
    return reading.db.row(
        queries::delivered_before,
        {{"from", from}, {"until", start_of_next_month(from)}, {"position", published.fact}});
}

// As a month that was published counted them, beside what they are `now`.
void restore_delivered(StatementParts& parts, const api::Reading& reading,
                       const StatementState& published) {
    Instant from = published.from_at;
    for (DeliveredMonth& month : parts.delivered) {
        std::int64_t then = delivered_before(reading, from, published)->integer("minutes");
        if (then != *month.minutes) month.minutes_now = month.minutes;
        month.minutes = then;
        from = start_of_month(from - Millis(1));
    }
}

void read_moved(OpenedMonth& opened, const api::Reading& reading) {
    using Part = std::pair<std::string, std::string>;
    std::map<Instant, std::map<Part, std::int64_t>> months;
    auto read_month_once = [&](Instant from) {
        auto [month, added] = months.try_emplace(from);
        if (!added) return month;
        reading.db.each(queries::moved_in, {{"from", from}, {"until", start_of_next_month(from)}},
                        [&](const store::Row& row) {
                            Part part(row.text("account"), row.text("fact_kind"));
                            month->second[part] = row.integer("postings");
                        });
        return month;
    };
    for (std::size_t i = 0; i < opened.weights.size(); ++i) {
        const TotalWhy& total = opened.parts.totals[i];
        for (std::size_t k = 0; k < total.parts.size(); ++k) {
            PartWeight& weight = opened.weights[i][k];
            Part part(label_of(total.account), *total.parts[k].fact_kind);
            weight.moved_by = read_month_once(weight.moved_from)->second[part];
        }
    }
}

void gather_left_out(StatementParts& parts, const rules::TimeBankRules& bank) {
    std::vector<PartWeight> weights;
    for (const LeftOutSum& row : parts.left_out) weights.push_back({*row.times, {}, *row.times});
    FewParts few = gather_few(weights, bank.statement_small_group);
    if (!few.some) return;
    LeftOutSum one{"few", std::nullopt, 0, words_of(bank.statement_clause), {}, {}};
    std::vector<LeftOutSum> told;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (few.in_few[i]) {
            *one.minutes += *parts.left_out[i].minutes;
        } else {
            told.push_back(std::move(parts.left_out[i]));
        }
    }
    if (!few.told) one.minutes.reset();
    told.push_back(std::move(one));
    parts.left_out = std::move(told);
}

// What people have is told, and what of it may be used: the rest follows, but not whose it is.
// Where the one is not told, the rest is not either, and what may be used is not if it is all there
// is.
void gather_liability(StatementParts& parts, std::int64_t small_group) {
    if (parts.too_young_minutes && parts.age_unknown_minutes) {
        parts.not_redeemable_minutes = *parts.too_young_minutes + *parts.age_unknown_minutes;
    }
    auto own = std::ranges::find(parts.totals, LedgerAccount::person, &TotalWhy::account);
    if (own != parts.totals.end() && !own->minutes) {
        if (!parts.not_redeemable_minutes.value_or(0)) parts.redeemable_minutes.reset();
        parts.not_redeemable_minutes.reset();
    }
    parts.too_young_minutes.reset();
    parts.age_unknown_minutes.reset();
    parts.age_unknown_people = told_people(parts.age_unknown_people, small_group);
}

// The small months, and with them the smallest of the others, until their sum is of enough.
void gather_delivered(StatementParts& parts, const api::Reading& reading,
                      const StatementState& published, std::int64_t small_group) {
    Instant from = published.from_at;
    std::vector<DeliveredMonth*> months;
    std::vector<PartWeight> weights;
    for (DeliveredMonth& month : parts.delivered) {
        std::int64_t postings = delivered_before(reading, from, published)->integer("postings");
        from = start_of_month(from - Millis(1));
        if (postings == 0) continue;  // nobody's
        months.push_back(&month);
        weights.push_back({postings, {}, postings});
    }
    FewParts few = gather_few(weights, small_group);
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (few.in_few[i]) months[i]->minutes.reset();
    }
    // The sum of the month before would tell the newest.
    bool grew_by_few = !weights.empty() && weights.front().postings < small_group;
    if (!few.told || grew_by_few) parts.delivered_minutes.reset();
}

// What has changed since is of a few: nobody outside the staff is told.
void forget_changes(StatementParts& parts) {
    std::erase_if(parts.left_out, [](const LeftOutSum& row) { return row.times == 0; });
    for (LeftOutSum& row : parts.left_out) {
        row.times_now.reset();
        row.minutes_now.reset();
    }
    for (DeliveredMonth& month : parts.delivered) month.minutes_now.reset();
}

Result<OpenedMonth> open_month(const api::Reading& reading, const std::string& month) {
    auto first = first_of(month);
    if (!first) return std::unexpected(first.error());
    Instant from = start_of(*first), until = start_of_next_month(from);
    auto published = reading.load<StatementFigure>(month);
    const rules::Pack& pack =
        *reading.packs->in_force(published ? published->published_at : reading.now)->pack;
    std::int32_t months = pack.time_bank.liability_served_months;
    OpenedMonth opened;
    StatementParts& parts = opened.parts;
    parts.month = month;
    parts.liability = words_of(pack.time_bank.liability_clause);
    read_totals(opened, reading, until, pack.time_bank);
    read_left_out(parts, reading, from, until, pack);
    read_waiting(parts, reading, from, until, published ? &*published : nullptr,
                 clause_of_call(pack));
    if (published) {
        parts.published_id = PostingId(published->fact);
        Fact fact = fact_at(reading.db, *parts.published_id);
        parts.position = fact.as<StatementPublished>().position;
        copy_liability(parts, *published);
        add_delivered(parts, read_delivered(reading.db, from, until, months), from);
        restore_delivered(parts, reading, *published);
    } else {
        auto totals = read_month(reading.db, from, until, months);
        parts.position = totals.position;
        add_delivered(parts, totals.delivered_minutes, from);
        copy_liability(parts, judge_month(pack.time_bank, std::move(totals)));
    }
    return opened;
}

struct WhyQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(WhyQuery, (), (cursor, limit))

Result<TimeFigureWhy> open_figure(const api::Reading& reading, const WhyQuery& query) {
    auto figure = from_label<TimeFigure>(reading.capture(1));
    if (!figure) return refuse(hezhi::refusals::not_found);
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    return why_figure(reading, PersonId(reading.id()), *figure,
                      cursor->value_or(api::Cursor{0, INT64_MAX}), api::limit_of(query.limit));
}

}  // namespace

Result<StatementParts> statement_parts(const api::Reading& reading, const StatementQuery& query) {
    // A volunteer reads postings of their own only.
    if (reading.caller.areas_of("posting.read").empty()) {
        return refuse(hezhi::refusals::not_permitted);
    }
    auto opened = open_month(reading, query.month.value_or(month_of(reading.now)));
    if (!opened) return std::unexpected(opened.error());
    return std::move(opened->parts);
}

Result<StatementParts> PublishedParts::open(const api::Reading& reading, const std::string& month) {
    auto published = reading.load<StatementFigure>(month);
    if (!published) return refuse(hezhi::refusals::not_found);
    {
        std::lock_guard lock(mutex_);
        auto kept = kept_.find(published->fact);
        if (kept != kept_.end()) return kept->second;
    }
    auto opened = open_month(reading, month);
    if (!opened) return std::unexpected(opened.error());
    const rules::TimeBankRules& bank =
        reading.packs->in_force(published->published_at)->pack->time_bank;
    forget_changes(opened->parts);
    read_moved(*opened, reading);
    StatementParts& parts = opened->parts;
    tell_totals(parts, opened->weights, reading, published->until_at, bank);
    gather_left_out(parts, bank);
    gather_liability(parts, bank.statement_small_group);
    gather_delivered(parts, reading, *published, bank.statement_small_group);
    std::lock_guard lock(mutex_);
    kept_.insert_or_assign(published->fact, parts);
    if (kept_.size() > months_kept) kept_.erase(kept_.begin());
    return std::move(parts);
}

api::Routes why_routes(std::shared_ptr<PublishedParts> months) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    return {
        api::reads<WhyQuery, TimeFigureWhy>({Method::get, "/time-bank/people/{id}/figures/{key}",
                                             "why_time_figure", "posting.read", everyone},
                                            open_figure),
        api::reads<StatementQuery, StatementParts>(
            {Method::get, "/time-bank/statement/parts", "show_statement_parts", "posting.read"},
            statement_parts),
        api::reads<api::Nothing, StatementParts>(
            {Method::get, "/time-bank/statements/{month}", "show_published_parts", "credit.read",
             everyone},
            [months](const api::Reading& r, const api::Nothing&) {
                return months->open(r, std::string(r.capture()));
            }),
    };
}

}  // namespace hezhi::time_bank
