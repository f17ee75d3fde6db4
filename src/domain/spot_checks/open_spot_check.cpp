// 待核 and the random sample: each morning every new record is looked at once.
#include <memory>

#include "domain/spot_checks/queries.h"
#include "domain/spot_checks/spot_checks.h"

namespace hezhi::spot_checks {
namespace {

// Within an hour there are fewer facts than this, so records entered about the same time are found
// by their ids.
constexpr std::int64_t positions_around = 20000;

void gather_order_signs(journal::Turn& turn, const records::RecordState& record,
                        const rules::TrueHoursRules& rules, RecordSigns& signs) {
    store::Session& db = turn.db();
    auto row = db.row(queries::service_of_record,
                      {{"order_id", record.order_id}, {"person", record.person}});
    if (!row) return;
    signs.has_order = true;
    signs.planned = row->integer("planned") > 0;
    Instant in = row->instant("checked_in_at"), out = row->instant("checked_out_at");
    auto minutes = [](Instant from, Instant to) { return records::whole_minutes(from, to); };
    signs.minutes_early = minutes(in, row->instant("starts_at"));
    signs.minutes_after = minutes(row->instant("ends_at"), out);
    signs.parallel_orders = static_cast<std::int32_t>(
        db.row(
              queries::parallel_orders,
              {{"order_id", record.order_id}, {"person", record.person}, {"from", in}, {"to", out}})
            ->integer("orders"));
    signs.nth_of_day = static_cast<std::int32_t>(
        db.row(queries::orders_of_day,
               {{"person", record.person}, {"day", start_of(day_of(out))}, {"at", out}})
            ->integer("orders"));
    std::int64_t recipient = row->integer("recipient");
    if (recipient == 0) return;
    auto pair = db.row(queries::minutes_of_pair,
                       {{"person", record.person},
                        {"recipient", recipient},
                        {"since", out - std::chrono::days(rules.pair_window_days)},
                        {"until", out}});
    signs.pair_minutes = pair->integer("pair_minutes");
    signs.all_minutes = pair->integer("all_minutes");
    signs.pair_services = static_cast<std::int32_t>(pair->integer("pair_services"));
}

RecordSigns signs_of(journal::Turn& turn, const records::RecordState& record,
                     const rules::TrueHoursRules& rules) {
    RecordSigns signs;
    signs.late = record.late;
    if (record.order_id) {
        gather_order_signs(turn, record, rules, signs);
    } else if (!record.shift_id) {
        auto around = std::chrono::minutes(rules.bulk_within_minutes);
        signs.entered_around = static_cast<std::int32_t>(
            turn.db()
                .row(queries::entered_around, {{"by", record.entered_by},
                                               {"from", record.entered_at - around},
                                               {"to", record.entered_at + around},
                                               {"first_id", record.id.value - positions_around},
                                               {"last_id", record.id.value + positions_around}})
                ->integer("records"));
    }
    return signs;
}

// By the person's colour; of whoever has none, and of packs that grade nobody, the pack's own.
std::int32_t percent_for(journal::Turn& turn, PersonId person, const rules::Pack& pack) {
    const auto* standing = turn.load<standing::StandingFigure>(person);
    if (!standing || standing->grade == GradeColor::ungraded) return pack.true_hours.sample_percent;
    return pack.color_grades.effect(standing->grade).spot_check_percent;
}

Instant month_of_day(Instant day) {
    return grading::month_start(day - Millis(1));
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

constexpr std::int64_t record_due = 1, seed_due = 2, day_due = 3;

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
    Instant since = last->instant("day") ? Instant{} : day - std::chrono::days(1);
    std::vector<jobs::Due> due;
    db.each(
        queries::records_to_look_at,
        {{"after", progress.after}, {"bound", progress.bound}, {"since", since}, {"limit", limit}},
        [&](const store::Row& row) {
            due.push_back({row.integer("id"), record_due, day});
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
    auto done = open_spot_check(turn, RecordId(due.id));
    progress.after = due.id;
    return done;
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
    opened.reasons = reasons_to_hold(signs_of(turn, record, rules), rules);
    opened.held = !opened.reasons.empty();
    opened.percent = percent_for(turn, record.person, *pack->pack);
    Instant today = start_of(day_of(turn.now()));
    const auto* seed = turn.load<SampleSeedFigure>(month_of_day(today).ms);
    std::int64_t drawn_by = record.order_id ? record.order_id.value : record.id.value;
    opened.sampled = seed && is_drawn(drawn_by, seed->seed, opened.percent);
    if (!opened.held && !opened.sampled) return refuse(refusals::not_looked_at);
    opened.pack = pack->hash;
    Subjects subjects{{"spot_check", self}, {"record", id.value}, {"person", record.person.value}};
    if (record.order_id) subjects["order"] = record.order_id.value;
    std::int64_t check = turn.append(
        draft(opened, {}, {record.area, record.area_path}, std::move(subjects), turn.now()));
    // What was earned by it already waits for the outcome.
    if (opened.held) time_bank::correct_earning(turn, id, record.ends_at, 0);
    return check;
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
