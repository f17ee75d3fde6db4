// A figure of somebody's time, opened.
#include <algorithm>

#include "domain/standing/standing_figure.h"
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
        shown.clause = said(
            clause_of(time.why, *reading.packs->in_force(time.judged_at)->pack, time.category));
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

// The services that a figure speaks of: of the month those that ended in it, else all.
std::vector<store::Param> services_of(const api::Reading& reading, PersonId person,
                                      TimeFigure figure) {
    bool month = figure == TimeFigure::month;
    return {{"person", person},
            {"from", month ? start_of_month(reading.now) : Instant()},
            {"until", month ? start_of_next_month(reading.now) : Instant{INT64_MAX}}};
}

ServedTime served_in(const store::Row& row, const rules::Pack& pack) {
    ServedTime served;
    if (!row.is_null("category")) served.category = row.text("category");
    served.served_as = *from_label<ServedAs>(row.text("served_as"));
    served.time_was = *from_label<TimeWas>(row.text("time_was"));
    served.ends_at = row.instant("ends_at");
    // A late entry counts nothing before somebody has agreed to it.
    served.minutes = static_cast<std::int32_t>(
        std::max(row.integer("minutes"), row.integer("proposed_minutes")));
    const rules::Category* category = pack.category(served.category);
    if (!row.is_null("minutes_planned")) {
        served.minutes_planned = static_cast<std::int32_t>(row.integer("minutes_planned"));
    } else if (category) {
        served.minutes_planned = category->minutes_planned;
    }
    if (!row.is_null("noted_at")) served.noted_at = row.instant("noted_at");
    return served;
}

// Why it would count nothing if somebody called now and it proved true; what a cap or the day's
// sum would leave to the person is known only then.
std::optional<EarningWhy> never_counts(const ServedTime& served, Instant now,
                                       const rules::Pack& pack) {
    Earning earning = decide_earning({}, served, now, pack);
    bool waits = earning.counted > 0 || earning.why == EarningWhy::gathered;
    return waits ? std::nullopt : std::optional(earning.why);
}

void leave_out_awaiting(TimeFigureWhy& why, const api::Reading& reading, PersonId person) {
    const rules::Pack& pack = *reading.pack()->pack;
    auto standing = reading.load<standing::StandingFigure>(person);
    auto params = services_of(reading, person, why.figure);
    why.left_out_times += reading.db.row(queries::count_awaiting_call, params)->integer("records");
    params.emplace_back("limit", left_out_shown_max);
    reading.db.each(queries::records_awaiting_call, params, [&](const store::Row& row) {
        ServedTime served = served_in(row, pack);
        if (standing) {
            served.age_years = standing->age_years;
            served.guardian_consent = standing->guardian_consent;
        }
        TimeLeftOut out;
        out.why = "waits_for_call";
        out.record_id = row.id<RecordId>("id");
        out.at = served.ends_at;
        out.minutes = row.integer("minutes");
        out.clause = said(clause_of_call(pack));
        if (row.integer("taken_back") == 1) {
            out.why = "reversed";
            out.clause = said(pack.time_bank.earn_clause);
        } else if (auto never = never_counts(served, reading.now, pack)) {
            out.why = label_of(*never);
            out.clause = said(clause_of(*never, pack, served.category));
        }
        why.left_out.push_back(std::move(out));
    });
}

// Of each record what was judged last.
void leave_out_judged(TimeFigureWhy& why, const api::Reading& reading, PersonId person) {
    auto params = services_of(reading, person, why.figure);
    why.left_out_times += reading.db.row(queries::count_left_out, params)->integer("times");
    params.emplace_back("limit", left_out_shown_max);
    for (const auto& time : reading.rows<EarnedTimeFigure>(queries::left_out_times, params)) {
        const rules::Pack& pack = *reading.packs->in_force(time.judged_at)->pack;
        TimeLeftOut out;
        out.why = label_of(time.why);
        out.record_id = time.record;
        out.at = time.ends_at;
        out.minutes = time.minutes;
        out.clause = said(clause_of(time.why, pack, time.category));
        if (time.reversed) {
            out.why = "reversed";
            auto calls =
                reading.db.row(queries::calls_that_proved_false, {{"record", time.record}});
            if (calls->integer("checks") > 0) out.clause = said(pack.true_hours.fraud_clause);
        } else {
            out.credited = time.credited;
            out.pooled = time.pooled;
        }
        why.left_out.push_back(std::move(out));
    }
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
