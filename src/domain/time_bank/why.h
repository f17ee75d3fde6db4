// "Why" of the time bank: a figure of somebody's time opens to its postings, a month's total to the
// kinds of postings that make it; each with the clause of the pack in force then, and beside them
// what was not counted and why.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "domain/time_bank/time_pages.h"

namespace hezhi::time_bank {

// A clause of the pack.
struct TimeClause {
    std::string zh;
    std::string en;
    std::string source;  // the published rule that it follows; empty if it is the district's own
};
BOOST_DESCRIBE_STRUCT(TimeClause, (), (zh, en, source))

// --- a figure of somebody's time ---

enum class TimeFigure {
    person,    // 可用
    held,      // 冻结
    grant,     // 发放
    disputed,  // 争议冻结
    pooled,    // 以本人名义计入互助池
    month,     // 本月已计
    booked,    // 本月已预约, less what came back
};
BOOST_DESCRIBE_ENUM(TimeFigure, person, held, grant, disputed, pooled, month, booked)

struct CountedPosting {
    PostingId id;  // the position of the fact
    std::string fact_kind;
    Instant posted_at;
    std::int64_t minutes = 0;
    std::optional<RecordId> record_id;
    std::optional<OrderId> order_id;
    bool reversed = false;  // by a posting of its own
    TimeClause clause;
};
BOOST_DESCRIBE_STRUCT(CountedPosting, (),
                      (id, fact_kind, posted_at, minutes, record_id, order_id, reversed, clause))

// What adds nothing, or not all of itself.
struct TimeLeftOut {
    std::string why;  // an EarningWhy, "reversed", "waits_for_call" or "grant_lapsed"
    std::optional<RecordId> record_id;
    Instant at;  // of the service; until when, of a grant
    std::int64_t minutes = 0;
    std::int64_t credited = 0;  // of them to the person …
    std::int64_t pooled = 0;    // … and to the pool
    TimeClause clause;
};
BOOST_DESCRIBE_STRUCT(TimeLeftOut, (), (why, record_id, at, minutes, credited, pooled, clause))

// minutes = came − went, of all postings; less what a grant has lapsed by.
struct TimeFigureWhy {
    TimeFigure figure = TimeFigure::person;
    std::int64_t minutes = 0;  // as the page shows it
    std::int64_t came = 0;
    std::int64_t went = 0;
    std::int64_t postings = 0;
    std::vector<CountedPosting> items;  // newest first
    std::optional<std::string> next_cursor;
    std::vector<TimeLeftOut> left_out;  // the newest of each kind
    std::int64_t left_out_times = 0;    // all of them
};
BOOST_DESCRIBE_STRUCT(TimeFigureWhy, (),
                      (figure, minutes, came, went, postings, items, next_cursor, left_out,
                       left_out_times))

// not_found unless the caller is that person, or staff who read postings of the person's area.
Result<TimeFigureWhy> why_figure(const api::Reading&, PersonId, TimeFigure, const api::Cursor& from,
                                 std::int64_t limit);

// --- a month's totals ---

// What postings of one kind add to a total. To whoever is not of the staff neither kind nor number
// of a few only is told (the pack's `statement` clause): somebody could be known by it. They are
// one part with what else would tell it, and without minutes where the total is not told.
struct TotalPart {
    std::optional<std::string> fact_kind;
    std::optional<std::int64_t> postings;
    std::optional<std::int64_t> minutes;
    std::vector<TimeClause> clauses;
};
BOOST_DESCRIBE_STRUCT(TotalPart, (), (fact_kind, postings, minutes, clauses))

// The parts add up to the total, which is told unless it would tell of a few.
struct TotalWhy {
    LedgerAccount account = LedgerAccount::person;
    std::optional<std::int64_t> minutes;
    std::vector<TotalPart> parts;
};
BOOST_DESCRIBE_STRUCT(TotalWhy, (), (account, minutes, parts))

// Of a month that was published as it was then; `…_now` where it has changed since, for staff only.
struct LeftOutSum {
    std::string why;                      // as of TimeLeftOut, or "few"
    std::optional<std::int64_t> times;    // absent where TotalPart tells no number
    std::optional<std::int64_t> minutes;  // that were not credited
    TimeClause clause;
    std::optional<std::int64_t> times_now;
    std::optional<std::int64_t> minutes_now;
};
BOOST_DESCRIBE_STRUCT(LeftOutSum, (), (why, times, minutes, clause, times_now, minutes_now))

struct DeliveredMonth {
    std::string month;
    std::optional<std::int64_t> minutes;  // absent as of TotalPart
    std::optional<std::int64_t> minutes_now;
};
BOOST_DESCRIBE_STRUCT(DeliveredMonth, (), (month, minutes, minutes_now))

struct StatementParts {
    std::string month;
    std::optional<PostingId> published_id;  // else provisional
    std::int64_t position = 0;              // of the last posting that is counted
    std::vector<TotalWhy> totals;           // together zero
    std::vector<LeftOutSum> left_out;       // of the services judged in the month
    // The liability: of what people have, what may be used soon and what is left out of it. What is
    // left out is absent in months that were published before it was counted. To whoever is not of
    // the staff neither is told where it would tell what people have, and that is of a few.
    std::optional<std::int64_t> redeemable_minutes;
    std::optional<std::int64_t> too_young_minutes;
    std::optional<std::int64_t> age_unknown_people;
    std::optional<std::int64_t> age_unknown_minutes;
    // Of the two the sum only, to whoever is not of the staff: how many are too young nobody knows.
    std::optional<std::int64_t> not_redeemable_minutes;
    // Absent if all months together are of a few, or if fewer joined them in the newest.
    std::optional<std::int64_t> delivered_minutes;
    std::vector<DeliveredMonth> delivered;  // newest first
    TimeClause liability;
};
BOOST_DESCRIBE_STRUCT(StatementParts, (),
                      (month, published_id, position, totals, left_out, redeemable_minutes,
                       too_young_minutes, age_unknown_people, age_unknown_minutes,
                       not_redeemable_minutes, delivered_minutes, delivered, liability))

// Any month, for staff.
Result<StatementParts> statement_parts(const api::Reading&, const StatementQuery&);
// Months that were published, for everybody. Each reads the whole ledger and does not change: what
// was read is kept, of as many months as a year has, and shared between threads.
class PublishedParts {
  public:
    Result<StatementParts> open(const api::Reading&, const std::string& month);

  private:
    std::mutex mutex_;
    std::map<std::int64_t, StatementParts> kept_;  // by the fact that published it
};

// The last twelve that were published, newest first.
Result<PublishedMonthList> published_months(const api::Reading&, PublishedParts&);

api::Routes why_routes(std::shared_ptr<PublishedParts> months);  // routes() holds them

}  // namespace hezhi::time_bank
