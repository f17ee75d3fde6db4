// 待核 and the random sample: each morning every new record is looked at once, and again after it
// came to count more.
#include <algorithm>
#include <memory>

#include "domain/activities/activity_figure.h"
#include "domain/orders/sample_seed_figure.h"
#include "domain/spot_checks/queries.h"
#include "domain/spot_checks/record_signs.h"
#include "domain/spot_checks/spot_checks.h"

namespace hezhi::spot_checks {
namespace {

// By the strictest colour of the person, of the teams and of whoever held the activity; of whoever
// has none, and of packs that grade nobody, the pack's own, below which no team's colour goes.
std::int32_t percent_for(journal::Turn& turn, const records::RecordState& record,
                         const rules::Pack& pack) {
    const auto* activity =
        record.activity_id ? turn.load<activities::ActivityFigure>(record.activity_id) : nullptr;
    OrganizationId holder = activity ? activity->organization : OrganizationId();
    const auto* standing = turn.load<standing::StandingFigure>(record.person);
    bool graded = standing && standing->grade != GradeColor::ungraded;
    auto by_color = grading::spot_check_percent(turn, record.person, holder, record.starts_at);
    if (!by_color) return pack.true_hours.sample_percent;
    return graded ? *by_color : std::max(*by_color, pack.true_hours.sample_percent);
}

// Whether it is drawn by the month's seed, and by which percentage.
void draw(journal::Turn& turn, const people::Register& people, const records::RecordState& record,
          SpotCheckOpened& opened) {
    const auto* pack = turn.pack();
    opened.pack = pack->hash;
    opened.percent = percent_for(turn, record, *pack->pack);
    Instant today = start_of(day_of(turn.now()));
    const auto* month = turn.load<orders::SampleSeedFigure>(month_of_look(today).ms);
    auto seed = month ? orders::seed_of(turn.db(), people, *month) : std::nullopt;
    std::int64_t drawn_by = record.order_id ? record.order_id.value : record.id.value;
    opened.sampled = seed && orders::is_drawn(*seed, drawn_by, opened.percent);
}

// Where the morning's look has come to. Kept in memory: after a restart it begins again, and what
// has a check already is not found any more.
struct Progress {
    Instant day;
    std::int64_t bound = 0;  // the last position that is looked at
    std::int64_t after = 0;
    bool any = false;
    bool done = false;
};

constexpr std::int64_t record_due = 1, seed_due = 2, day_due = 3, duty_due = 4, raised_due = 5,
                       reveal_due = 6;

std::int64_t due_of(std::string_view what) {
    if (what == "raised") return raised_due;
    return what == "duty" ? duty_due : record_due;
}

std::vector<jobs::Due> find_due(store::Session& db, const people::Register& people, Instant now,
                                std::int64_t limit, Progress& progress) {
    Instant day = start_of(day_of(now));
    if (progress.day == day && progress.done) return {};
    auto last = db.row(queries::last_day, {});
    if (progress.day != day) {
        progress = Progress{.day = day};
        progress.bound = db.row(queries::journal_position, {})->integer("position");
        progress.after = last->integer("looked_at");
        progress.done = last->instant("day") >= day;
        if (progress.done) return {};
    }
    // The first morning looks at the day before, not at years.
    Instant since = last->instant("day") ? Instant{} : start_of(day_of(now) + -1);
    // A month is told before the next begins.
    Instant month = month_of_look(day);
    std::vector<jobs::Due> due;
    db.each(queries::months_to_reveal, {{"month", month}}, [&](const store::Row& row) {
        due.push_back({0, reveal_due, row.instant("id")});
    });
    const std::ptrdiff_t reveals = std::ssize(due);
    db.each(
        queries::records_to_look_at,
        {{"after", progress.after}, {"bound", progress.bound}, {"since", since}, {"limit", limit}},
        [&](const store::Row& row) {
            due.push_back({row.integer("position"), due_of(row.text("what")), day});
        });
    if (std::ssize(due) == reveals) {
        if (reveals > 0) return due;
        progress.done = true;
        if (progress.any) due.push_back({progress.bound, day_due, day});
        return due;
    }
    progress.any = true;
    if (!orders::sample_seeds(db, people).contains(month.ms)) {
        due.insert(due.begin() + reveals, {0, seed_due, month});
    }
    return due;
}

Result<std::int64_t> run_due(journal::Turn& turn, const people::Register& people,
                             crypto::Random& random, const jobs::Due& due, Progress& progress) {
    // What midnight cuts off is for the next day's look, by the seed of that day.
    if (start_of(day_of(turn.now())) != progress.day) return refuse(refusals::not_looked_at);
    if (due.other == reveal_due) return reveal_sample(turn, people, due.due_at);
    if (due.other == seed_due) return seed_sample(turn, people, random, due.due_at);
    if (due.other == day_due) return close_spot_day(turn, due.due_at, due.id);
    progress.after = due.id;
    if (due.other == record_due) return open_spot_check(turn, people, RecordId(due.id));
    if (due.other == raised_due) {
        auto raised = turn.db().row(queries::record_raised_at, {{"position", due.id}});
        // Raised once more meanwhile, it is looked at the next morning.
        if (!raised) return refuse(refusals::not_looked_at);
        return open_spot_check(turn, people, raised->id<RecordId>("id"));
    }
    auto row = turn.db().row(queries::duty_at, {{"position", due.id}});
    return draw_duty(turn, people, row->id<OrderId>("order_id"), row->id<PersonId>("person"));
}

}  // namespace

Result<std::int64_t> open_spot_check(journal::Turn& turn, const people::Register& people,
                                     RecordId id) {
    const auto* found = id ? turn.load<records::RecordFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    records::RecordState record = *found;
    const auto* pack = turn.pack();
    const rules::TrueHoursRules& rules = pack->pack->true_hours;
    bool nothing = record.minutes == 0 && record.proposed_minutes == 0;
    if (nothing || !rules.checks) return refuse(refusals::not_looked_at);
    SpotCheckOpened opened;
    opened.reasons = reasons_to_hold(signs_of(turn, record, *pack->pack), rules);
    opened.held = !opened.reasons.empty();
    draw(turn, people, record, opened);
    if (!opened.held && !opened.sampled) return refuse(refusals::not_looked_at);
    Subjects subjects{{"spot_check", self}, {"record", id.value}, {"person", record.person.value}};
    if (record.order_id) subjects["order"] = record.order_id.value;
    std::int64_t check = turn.append(
        draft(opened, {}, {record.area, record.area_path}, std::move(subjects), turn.now()));
    // What was earned by it already waits for the outcome.
    if (opened.held) time_bank::correct_earning(turn, id, record.ends_at, 0);
    return check;
}

Result<std::int64_t> draw_duty(journal::Turn& turn, const people::Register& people, OrderId order,
                               PersonId person) {
    const auto* found = turn.load<DutyServiceFigure>(duty_key(order, person));
    if (!found) return refuse(hezhi::refusals::not_found);
    records::RecordState record = as_record(*found);
    if (!turn.pack()->pack->true_hours.checks) return refuse(refusals::not_looked_at);
    SpotCheckOpened opened;
    draw(turn, people, record, opened);
    if (!opened.sampled) return refuse(refusals::not_looked_at);
    return turn.append(draft(
        opened, {}, {record.area, record.area_path},
        {{"spot_check", self}, {"person", person.value}, {"order", order.value}}, turn.now()));
}

Result<std::int64_t> close_spot_day(journal::Turn& turn, Instant day, std::int64_t position) {
    auto last = turn.db().row(queries::last_day, {});
    if (last->instant("day") >= day) return refuse(refusals::check_state_forbids);
    return turn.append(draft(SpotDayClosed{day, position}, {}, {}, {}, turn.now()));
}

std::vector<jobs::Timer> timers(const people::Register& people, crypto::Random& random) {
    auto progress = std::make_shared<Progress>();
    return {
        {"open_spot_check",
         [&people, progress](store::Session& db, Instant now, std::int64_t limit) {
             return find_due(db, people, now, limit, *progress);
         },
         [&people, &random, progress](journal::Turn& turn, const jobs::Due& due) {
             return run_due(turn, people, random, due, *progress);
         }},
    };
}

}  // namespace hezhi::spot_checks
