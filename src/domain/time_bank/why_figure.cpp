// A figure of somebody's time, opened.
#include <algorithm>

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/posting_clauses.h"
#include "domain/time_bank/queries.h"
#include "domain/time_bank/why.h"

namespace hezhi::time_bank {
namespace {

constexpr std::int64_t left_out_shown_max = 50;

TimeClause said(const rules::Clause& clause) {
    return {clause.says.zh, clause.says.en, clause.source};
}

std::optional<LedgerAccount> account_of(TimeFigure figure) {
    switch (figure) {
        case TimeFigure::person:
            return LedgerAccount::person;
        case TimeFigure::held:
            return LedgerAccount::held;
        case TimeFigure::grant:
            return LedgerAccount::grant;
        case TimeFigure::disputed:
            return LedgerAccount::disputed;
        case TimeFigure::pooled:
        case TimeFigure::month:
        case TimeFigure::booked:
            break;
    }
    return std::nullopt;
}

struct FoundLeg {
    PostingState leg;
    std::optional<JudgedTime> judged;
};

std::vector<FoundLeg> find_legs(const api::Reading& reading, const store::Query& query,
                                store::Params params) {
    std::vector<FoundLeg> legs;
    reading.db.each(query, params, [&](const store::Row& row) {
        FoundLeg found{journal::read_state<PostingFigure>(reading.tables, row), std::nullopt};
        if (!row.is_null("why")) {
            found.judged =
                JudgedTime{*from_label<EarningWhy>(row.text("why")), row.instant("judged_at")};
        }
        legs.push_back(std::move(found));
    });
    return legs;
}

CountedPosting counted(const api::Reading& reading, const FoundLeg& found) {
    const PostingState& leg = found.leg;
    CountedPosting shown;
    shown.id = leg.posting;
    shown.fact_kind = leg.fact_kind;
    shown.posted_at = leg.posted_at;
    shown.minutes = leg.minutes;
    if (leg.record) shown.record_id = leg.record;
    if (leg.order_id) shown.order_id = leg.order_id;
    shown.reversed = leg.reversed;
    shown.clause = said(clause_of_posting(reading, leg, found.judged));
    return shown;
}

// The legs that a query finds, a page of them; each is `sign` times what it adds.
void add_legs(TimeFigureWhy& why, const api::Reading& reading, const store::Query& query,
              std::vector<store::Param> params, const api::Cursor& from, std::int64_t limit,
              std::int64_t sign) {
    params.emplace_back("before_id", from.id);
    params.emplace_back("after_leg", from.sort);
    params.emplace_back("limit", limit + 1);
    std::int64_t last_leg = 0;
    for (const auto& found : find_legs(reading, query, params)) {
        if (std::ssize(why.items) == limit) {
            why.next_cursor = api::to_text({last_leg, why.items.back().id.value});
            break;
        }
        last_leg = found.leg.leg;
        why.items.push_back(counted(reading, found));
        why.items.back().minutes *= sign;
    }
}

void open_account(TimeFigureWhy& why, const api::Reading& reading, PersonId person,
                  LedgerAccount account, const api::Cursor& from, std::int64_t limit) {
    if (auto state = reading.load<TimeAccountFigure>(account_key(account, person))) {
        why.minutes = state->balance;
        why.came = state->received;
        why.went = state->given;
        why.postings = state->postings;
    }
    add_legs(why, reading, queries::legs_of_account,
             {{"person", person}, {"account", std::string(label_of(account))}}, from, limit, 1);
}

// What leaves the accounts for an order is booked.
void open_booked(TimeFigureWhy& why, const api::Reading& reading, PersonId person,
                 const api::Cursor& from, std::int64_t limit) {
    std::vector<store::Param> params{{"person", person},
                                     {"from", start_of_month(reading.now)},
                                     {"until", start_of_next_month(reading.now)}};
    auto sums = reading.db.row(queries::booked_sums, params);
    why.came = sums->integer("came");
    why.went = sums->integer("went");
    why.minutes = why.came - why.went;
    why.postings = sums->integer("postings");
    add_legs(why, reading, queries::booked_legs, std::move(params), from, limit, -1);
}

// What was judged, as a figure counts it: of the month what was credited, else what went to the
// pool.
void open_times(TimeFigureWhy& why, const api::Reading& reading, PersonId person,
                const api::Cursor& from, std::int64_t limit) {
    bool month = why.figure == TimeFigure::month;
    std::vector<store::Param> params{{"person", person}};
    if (month) {
        params.emplace_back("from", start_of_month(reading.now));
        params.emplace_back("until", start_of_next_month(reading.now));
    }
    auto sums = reading.db.row(month ? queries::credited_sums : queries::pooled_sums, params);
    why.came = why.minutes = sums->integer("minutes");
    why.postings = sums->integer("times");
    params.emplace_back("before_id", from.id);
    params.emplace_back("limit", limit + 1);
    for (const auto& time : reading.rows<EarnedTimeFigure>(
             month ? queries::credited_times : queries::pooled_times, params)) {
        if (std::ssize(why.items) == limit) {
            why.next_cursor = api::to_text({0, why.items.back().id.value});
            break;
        }
        CountedPosting shown;
        shown.id = PostingId(time.id);
        shown.fact_kind = EarningJudged::kind;
        shown.posted_at = time.judged_at;
        shown.minutes = month ? time.credited : time.pooled;
        shown.record_id = time.record;
        if (time.order_id) shown.order_id = time.order_id;
        shown.clause = said(clause_of(time.why, *reading.packs->in_force(time.judged_at)->pack));
        why.items.push_back(std::move(shown));
    }
}

// A grant that is over, although the timer has not said so yet, is no longer shown as granted.
void leave_out_lapsed(TimeFigureWhy& why, const api::Reading& reading, PersonId person) {
    auto grant = reading.load<TimeAccountFigure>(account_key(LedgerAccount::grant, person));
    if (!grant) return;
    why.minutes = granted_at(*grant, reading.now);
    if (grant->balance == why.minutes) return;
    why.left_out.push_back({"grant_lapsed", std::nullopt, grant->lapses_at,
                            grant->balance - why.minutes, 0, 0,
                            said(clause_of_last_grant(reading, person, PostingId(INT64_MAX)))});
    why.left_out_times = 1;
}

void leave_out_awaiting(TimeFigureWhy& why, const api::Reading& reading, PersonId person) {
    const rules::Clause& clause = reading.pack()->pack->time_bank.earn_clause;
    reading.db.each(queries::records_awaiting_call,
                    {{"person", person}, {"limit", left_out_shown_max}},
                    [&](const store::Row& row) {
                        why.left_out.push_back({"waits_for_call", row.id<RecordId>("id"),
                                                row.instant("ends_at"), row.integer("minutes"), 0,
                                                0, said(clause)});
                    });
    why.left_out_times +=
        reading.db.row(queries::count_awaiting_call, {{"person", person}})->integer("records");
}

// Of each record what was judged last.
void leave_out_judged(TimeFigureWhy& why, const api::Reading& reading, PersonId person) {
    for (const auto& time : reading.rows<EarnedTimeFigure>(
             queries::left_out_times, {{"person", person}, {"limit", left_out_shown_max}})) {
        TimeLeftOut out;
        out.why = time.reversed ? "reversed" : label_of(time.why);
        out.record_id = time.record;
        out.at = time.ends_at;
        out.minutes = time.minutes;
        if (!time.reversed) {
            out.credited = time.credited;
            out.pooled = time.pooled;
        }
        out.clause = said(clause_of(time.why, *reading.packs->in_force(time.judged_at)->pack));
        why.left_out.push_back(std::move(out));
    }
    why.left_out_times +=
        reading.db.row(queries::count_left_out, {{"person", person}})->integer("times");
}

}  // namespace

Result<TimeFigureWhy> why_figure(const api::Reading& reading, PersonId id, TimeFigure figure,
                                 const api::Cursor& from, std::int64_t limit) {
    auto person = id ? reading.load<people::PersonFigure>(id) : std::nullopt;
    if (!person) return refuse(hezhi::refusals::not_found);
    bool own = id == reading.caller.person;
    api::Access access{.area_path = person->area_path,
                       .owner = own ? reading.caller.account : AccountId()};
    if (!reading.caller.may("posting.read", access)) return refuse(hezhi::refusals::not_found);
    TimeFigureWhy why;
    why.figure = figure;
    if (auto account = account_of(figure)) {
        open_account(why, reading, id, *account, from, limit);
    } else if (figure == TimeFigure::booked) {
        open_booked(why, reading, id, from, limit);
    } else {
        open_times(why, reading, id, from, limit);
    }
    if (figure == TimeFigure::grant) leave_out_lapsed(why, reading, id);
    // What was served and is not, or not all, in the own account.
    if (figure == TimeFigure::person || figure == TimeFigure::month) {
        leave_out_awaiting(why, reading, id);
        leave_out_judged(why, reading, id);
    }
    return why;
}

}  // namespace hezhi::time_bank
