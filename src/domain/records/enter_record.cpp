// 录入服务记录, 补录
#include "domain/records/load_record.h"
#include "domain/records/queries.h"
#include "domain/standing/standing_figure.h"
#include "domain/time_bank/time_bank.h"
#include "rules/working_calendar.h"

namespace hezhi::records {
namespace {

// What cannot be recorded at all, with its reason (民政部令第67号).
std::optional<Refusal> not_volunteer_time(const EnterRecord& input, const rules::Pack& pack) {
    if (input.time_was == TimeWas::duty) {
        return Refusal(refusals::duty_time,
                       {{"/time_was", "业余时间或单位准假", "free time or released time"}});
    }
    if (!input.unpaid) {
        return Refusal(refusals::paid_service, {{"/unpaid", "未领取报酬", "nothing was paid"}});
    }
    if (input.time_was == TimeWas::employer_released &&
        pack.records.employer_released == rules::ReleasedTime::refused) {
        return Refusal(refusals::released_time, {{"/time_was", "业余时间", "free time"}});
    }
    return std::nullopt;
}

}  // namespace

std::int32_t whole_minutes(Instant from, Instant to) {
    auto minutes = std::chrono::floor<std::chrono::minutes>(to - from).count();
    return minutes > 0 ? static_cast<std::int32_t>(minutes) : 0;
}

std::int32_t planned_minutes(const rules::Pack& pack, std::string_view category) {
    const rules::Category* found = pack.category(category);
    return found ? found->minutes_planned : 0;
}

bool overlaps_record(store::Session& db, PersonId person, Instant from, Instant to,
                     RecordId except) {
    auto row = db.row(queries::overlapping_records,
                      {{"person", person}, {"from", from}, {"to", to}, {"except", except}});
    return row->integer("records") > 0;
}

Result<std::int64_t> enter_record(journal::Turn& turn, const api::Caller& caller,
                                  const RecordDesk& desk, const EnterRecord& input) {
    const auto* found =
        input.person_id ? turn.load<standing::StandingFigure>(input.person_id) : nullptr;
    if (!found || !caller.may("record.enter", {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    standing::StandingState standing = *found;
    if (caller.person == standing.id) return refuse(refusals::own_record);
    if (!standing.volunteer) return refuse(refusals::not_a_volunteer);
    const rules::Pack& pack = *turn.pack()->pack;
    if (!pack.category(input.category)) {
        return refuse(refusals::category_not_there,
                      {"/category", "目录中的服务事项", "a category of the catalogue"});
    }
    if (auto refused = not_volunteer_time(input, pack)) return std::unexpected(*refused);
    if (auto wrong = wrong_time(turn, input.starts_at, input.ends_at, false)) {
        return std::unexpected(*wrong);
    }
    if (overlaps_record(turn.db(), standing.id, input.starts_at, input.ends_at)) {
        return refuse(refusals::record_overlaps);
    }
    auto limit = rules::deadline(input.ends_at, pack.records.enter_within, pack.calendar);
    bool late = turn.now() > limit.at;
    std::string_view reason = input.late_reason ? input.late_reason->value : std::string_view();
    if (late && reason.empty()) {
        return refuse(refusals::late_reason_missing,
                      {"/late_reason", "补录理由", "why it is entered late"});
    }
    RecordEntered entered;
    entered.category = input.category.value;
    entered.starts_at = input.starts_at;
    entered.ends_at = input.ends_at;
    entered.minutes = whole_minutes(input.starts_at, input.ends_at);
    entered.time_was = input.time_was;
    entered.late = late;
    RecordId id(turn.next_position());
    if (input.content) {
        desk.people.write_text(turn.db(), id.value, text_content, *input.content);
    }
    if (late) desk.people.write_text(turn.db(), id.value, text_reason, reason);
    turn.append(draft(entered, caller.actor("record.enter"),
                      Place{standing.area, standing.area_path},
                      {{"record", self}, {"person", standing.id.value}}, turn.now()));
    // A late entry earns when the second person has confirmed it.
    if (!late) {
        time_bank::judge_earning(
            turn,
            {Place{standing.area, standing.area_path},
             entered.category,
             planned_minutes(pack, entered.category),
             ServedAs::entered,
             {}},
            {id, standing.id, entered.ends_at, entered.minutes, entered.time_was});
    }
    return id.value;
}

}  // namespace hezhi::records
