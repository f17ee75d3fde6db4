// 待核 and the random sample: each morning every new record is looked at once, and again after it
// came to count more.
#include <algorithm>
#include <memory>

#include "domain/activities/activity_figure.h"
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

Instant month_of_day(Instant day) {
    return grading::month_start(day - Millis(1));
}

// Whether it is drawn by the month's seed, and by which percentage.
void draw(journal::Turn& turn, const records::RecordState& record, SpotCheckOpened& opened) {
    const auto* pack = turn.pack();
    opened.pack = pack->hash;
    opened.percent = percent_for(turn, record, *pack->pack);
    Instant today = start_of(day_of(turn.now()));
    const auto* seed = turn.load<SampleSeedFigure>(month_of_day(today).ms);
    std::int64_t drawn_by = record.order_id ? record.order_id.value : record.id.value;
    opened.sampled = seed && is_drawn(drawn_by, seed->seed, opened.percent);
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

constexpr std::int64_t record_due = 1, seed_due = 2, day_due = 3, duty_due = 4, raised_due = 5;

std::int64_t due_of(std::string_view what) {
    if (what == "raised") return raised_due;
    return what == "duty" ? duty_due : record_due;
}

std::vector<jobs::Due> find_due(store::Session& db, Instant now, std::int64_t limit,
                                Progress& progress) {
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
    std::vector<jobs::Due> due;
    db.each(
        queries::records_to_look_at,
        {{"after", progress.after}, {"bound", progress.bound}, {"since", since}, {"limit", limit}},
        [&](const store::Row& row) {
            due.push_back({row.integer("position"), due_of(row.text("what")), day});
        });
    if (due.empty()) {
        progress.done = true;
        if (progress.any) due.push_back({progress.bound, day_due, day});
        return due;
    }
    progress.any = true;
    auto seed = db.row(queries::seed_of, {{"month", month_of_day(day)}});
    if (!seed) due.insert(due.begin(), {0, seed_due, month_of_day(day)});
    return due;
}

Result<std::int64_t> run_due(journal::Turn& turn, const jobs::Due& due, Progress& progress) {
    if (due.other == seed_due) return seed_sample(turn, due.due_at);
    if (due.other == day_due) return close_spot_day(turn, due.due_at, due.id);
    progress.after = due.id;
    if (due.other == record_due) return open_spot_check(turn, RecordId(due.id));
    if (due.other == raised_due) {
        auto raised = turn.db().row(queries::record_raised_at, {{"position", due.id}});
        // Raised once more meanwhile, it is looked at the next morning.
        if (!raised) return refuse(refusals::not_looked_at);
        return open_spot_check(turn, raised->id<RecordId>("id"));
    }
    auto row = turn.db().row(queries::duty_at, {{"position", due.id}});
    return draw_duty(turn, row->id<OrderId>("order_id"), row->id<PersonId>("person"));
}

}  // namespace

Result<std::int64_t> seed_sample(journal::Turn& turn, Instant month) {
    if (turn.load<SampleSeedFigure>(month.ms)) return refuse(refusals::check_state_forbids);
    // Nobody knows before which instant and position it will be drawn at.
    std::int64_t seed = turn.now().ms * 1000003 + turn.next_position();
    return turn.append(draft(SampleSeeded{month, seed & 0xFFFFFFFFFFFFF}, {}, {}, {}, turn.now()));
}

Result<std::int64_t> open_spot_check(journal::Turn& turn, RecordId id) {
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
    draw(turn, record, opened);
    if (!opened.held && !opened.sampled) return refuse(refusals::not_looked_at);
    Subjects subjects{{"spot_check", self}, {"record", id.value}, {"person", record.person.value}};
    if (record.order_id) subjects["order"] = record.order_id.value;
    std::int64_t check = turn.append(
        draft(opened, {}, {record.area, record.area_path}, std::move(subjects), turn.now()));
    // What was earned by it already waits for the outcome.
    if (opened.held) time_bank::correct_earning(turn, id, record.ends_at, 0);
    return check;
}

Result<std::int64_t> draw_duty(journal::Turn& turn, OrderId order, PersonId person) {
    const auto* found = turn.load<DutyServiceFigure>(duty_key(order, person));
    if (!found) return refuse(hezhi::refusals::not_found);
    records::RecordState record = as_record(*found);
    if (!turn.pack()->pack->true_hours.checks) return refuse(refusals::not_looked_at);
    SpotCheckOpened opened;
    draw(turn, record, opened);
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

std::vector<jobs::Timer> timers() {
    auto progress = std::make_shared<Progress>();
    return {
        {"open_spot_check",
         [progress](store::Session& db, Instant now, std::int64_t limit) {
             return find_due(db, now, limit, *progress);
         },
         [progress](journal::Turn& turn, const jobs::Due& due) {
             return run_due(turn, due, *progress);
         }},
    };
}

}  // namespace hezhi::spot_checks
