// 更正, 确认, 退回, 申请更正
#include "domain/records/load_record.h"
#include "domain/records/record_states.h"
#include "domain/time_bank/time_bank.h"

namespace hezhi::records {
namespace {

Place place_of(const RecordState& record) {
    return {record.area, record.area_path};
}

Subjects subjects_of(const RecordState& record) {
    return {{"record", record.id.value}, {"person", record.person.value}};
}

// What the record earned, and what whoever booked the order with time was charged for it.
void recount_time(journal::Turn& turn, const RecordState& before, Instant ends_at,
                  std::int32_t minutes) {
    time_bank::correct_earning(turn, before.id, ends_at, minutes);
    if (!before.order_id) return;
    time_bank::refund_credit(turn, place_of(before), before.order_id, before.minutes - minutes);
}

}  // namespace

api::Access access_of(const RecordState& record, const api::Caller& caller) {
    bool own = caller.person && caller.person == record.person;
    return {.area_path = record.area_path, .owner = own ? caller.account : AccountId()};
}

Result<RecordState> load_record(journal::Turn& turn, const api::Caller& caller, RecordId id,
                                std::string_view action) {
    const RecordState* record = id ? turn.load<RecordFigure>(id) : nullptr;
    if (!record) return refuse(hezhi::refusals::not_found);
    RecordState found = *record;
    api::Access access = access_of(found, caller);
    if (!caller.may("record.read", access)) return refuse(hezhi::refusals::not_found);
    if (!caller.may(record_transition(action)->permission, access)) {
        return refuse(hezhi::refusals::not_permitted);
    }
    if (!allows(action, found.state)) return refuse(refusals::record_state_forbids);
    return found;
}

std::optional<Refusal> wrong_time(journal::Turn& turn, Instant from, Instant to,
                                  bool none_allowed) {
    const auto& rules = turn.pack()->pack->records;
    std::string minutes_max = std::to_string(rules.minutes_max);
    auto wrong = [](std::string zh, std::string en) {
        return Refusal(refusals::record_time_invalid, {{"/ends_at", std::move(zh), std::move(en)}});
    };
    if (to > turn.now()) return wrong("不晚于现在", "not in the future");
    if (none_allowed && from == to) return std::nullopt;
    if (!from || whole_minutes(from, to) < 1) {
        return wrong("至少晚于开始时间 1 分钟", "at least a minute after the start");
    }
    if (whole_minutes(from, to) > rules.minutes_max) {
        return wrong("单次不超过 " + minutes_max + " 分钟",
                     "no more than " + minutes_max + " minutes after the start");
    }
    return std::nullopt;
}

Result<std::int64_t> correct_record(journal::Turn& turn, const api::Caller& caller,
                                    const RecordDesk& desk, RecordId id,
                                    const CorrectRecord& input) {
    auto record = load_record(turn, caller, id, "correct_record");
    if (!record) return std::unexpected(record.error());
    if (caller.person == record->person) return refuse(refusals::own_record);
    if (auto wrong = wrong_time(turn, input.starts_at, input.ends_at, true)) {
        return std::unexpected(*wrong);
    }
    if (overlaps_record(turn.db(), record->person, input.starts_at, input.ends_at, id)) {
        return refuse(refusals::record_overlaps);
    }
    RecordCorrected corrected{input.starts_at, input.ends_at,
                              whole_minutes(input.starts_at, input.ends_at),
                              turn.now() > record->lock_at};
    if (!corrected.waits) corrected.minutes_added = corrected.minutes - record->minutes;
    desk.people.write_text(turn.db(), turn.next_position(), text_reason, input.reason);
    turn.append(draft(corrected, caller.actor("record.correct"), place_of(*record),
                      subjects_of(*record), turn.now()));
    if (!corrected.waits) recount_time(turn, *record, corrected.ends_at, corrected.minutes);
    return id.value;
}

Result<std::int64_t> reverse_record(journal::Turn& turn, const Actor& actor, const RecordDesk& desk,
                                    RecordId id, std::string_view reason) {
    const RecordState* found = id ? turn.load<RecordFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    RecordState record = *found;
    desk.people.write_text(turn.db(), turn.next_position(), text_reason, reason);
    // At its end, as it was counted: what counts from a registration or a grant on sees it go.
    RecordCorrected corrected{record.ends_at, record.ends_at, 0, false};
    corrected.minutes_added = -record.minutes;
    turn.append(draft(corrected, actor, place_of(record), subjects_of(record), turn.now()));
    recount_time(turn, record, record.starts_at, 0);
    return id.value;
}

Result<std::int64_t> confirm_record(journal::Turn& turn, const api::Caller& caller, RecordId id) {
    auto record = load_record(turn, caller, id, "confirm_record");
    if (!record) return std::unexpected(record.error());
    if (caller.account == record->entered_by || caller.person == record->person) {
        return refuse(refusals::second_person_needed);
    }
    bool first = record->late && record->minutes == 0 && record->corrections == 0;
    RecordConfirmed confirmed{record->proposed_minutes - record->minutes, record->proposed_ends_at};
    turn.append(draft(confirmed, caller.actor("record.confirm"), place_of(*record),
                      subjects_of(*record), turn.now()));
    if (first && time_bank::waits_for_call(turn.db(), id)) return id.value;
    if (first) {
        time_bank::judge_earning(turn,
                                 {place_of(*record),
                                  record->category,
                                  planned_minutes(*turn.pack()->pack, record->category),
                                  ServedAs::entered,
                                  {}},
                                 {id, record->person, record->proposed_ends_at,
                                  record->proposed_minutes, record->time_was});
    } else {
        recount_time(turn, *record, record->proposed_ends_at, record->proposed_minutes);
    }
    return id.value;
}

Result<std::int64_t> reject_record(journal::Turn& turn, const api::Caller& caller,
                                   const RecordDesk& desk, RecordId id, std::string_view reason) {
    auto record = load_record(turn, caller, id, "reject_record");
    if (!record) return std::unexpected(record.error());
    if (caller.person == record->person) return refuse(refusals::second_person_needed);
    desk.people.write_text(turn.db(), turn.next_position(), text_reason, reason);
    turn.append(draft(RecordRejected{}, caller.actor("record.reject"), place_of(*record),
                      subjects_of(*record), turn.now()));
    return id.value;
}

Result<std::int64_t> dispute_record(journal::Turn& turn, const api::Caller& caller,
                                    const RecordDesk& desk, RecordId id, std::string_view reason) {
    auto record = load_record(turn, caller, id, "dispute_record");
    if (!record) return std::unexpected(record.error());
    desk.people.write_text(turn.db(), turn.next_position(), text_reason, reason);
    turn.append(draft(RecordDisputed{}, caller.actor("record.dispute"), place_of(*record),
                      subjects_of(*record), turn.now()));
    return id.value;
}

}  // namespace hezhi::records
