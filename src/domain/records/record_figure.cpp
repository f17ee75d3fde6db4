#include "domain/records/record_figure.h"

#include "rules/working_calendar.h"

namespace hezhi::records {
namespace {

// A fact that makes a record of its own, at its own position.
bool makes_record(const Fact& fact) {
    if (fact.is<OrderCheckedOut>()) return !fact.as<OrderCheckedOut>().duty.value_or(false);
    return fact.is<ShiftRecorded>() || fact.is<RecordEntered>();
}

// The time that a fact speaks of.
struct Served {
    Instant starts_at;
    Instant ends_at;
    std::int32_t minutes = 0;
};

Served served(const Fact& fact) {
    if (fact.is<OrderCheckedOut>()) {
        // Counted minutes end with the check-out.
        std::int32_t minutes = fact.as<OrderCheckedOut>().minutes;
        return {fact.occurred_at - std::chrono::minutes(minutes), fact.occurred_at, minutes};
    }
    if (fact.is<ShiftRecorded>()) {
        const auto& shift = fact.as<ShiftRecorded>();
        return {shift.starts_at, shift.ends_at, shift.minutes};
    }
    if (fact.is<RecordEntered>()) {
        const auto& entered = fact.as<RecordEntered>();
        return {entered.starts_at, entered.ends_at, entered.minutes};
    }
    const auto& corrected = fact.as<RecordCorrected>();
    return {corrected.starts_at, corrected.ends_at, corrected.minutes};
}

void propose(RecordState& record, const Served& time) {
    record.state = RecordStep::waiting;
    record.proposed = true;
    record.proposed_starts_at = time.starts_at;
    record.proposed_ends_at = time.ends_at;
    record.proposed_minutes = time.minutes;
}

void settle(RecordState& record, const Served& time) {
    record.starts_at = time.starts_at;
    record.ends_at = time.ends_at;
    record.minutes = time.minutes;
    record.state = RecordStep::entered;
}

// What counts more than before is looked at again; of a late entry, what counts for the first time
// was looked at when it was entered.
void note_raise(RecordState& record, std::int32_t minutes_before, const Fact& fact) {
    if (record.minutes <= minutes_before) return;
    record.raised = fact.position;
    record.raised_at = fact.occurred_at;
}

void forget_proposal(RecordState& record) {
    record.proposed = false;
    record.proposed_starts_at = record.proposed_ends_at = {};
    record.proposed_minutes = 0;
}

void make(RecordState& record, const Fact& fact, const rules::Pack& pack) {
    record.person = PersonId(fact.subject("person"));
    record.area = fact.place.area;
    record.area_path = fact.place.path;
    record.order_id = OrderId(fact.subject("order"));
    record.activity_id = ActivityId(fact.subject("activity"));
    record.shift_id = ShiftId(fact.subject("shift"));
    record.entered_at = fact.occurred_at;
    record.entered_by = fact.actor.account;
    Served time = served(fact);
    record.lock_at = rules::deadline(time.ends_at, pack.records.enter_within, pack.calendar).at;
    if (fact.is<ShiftRecorded>()) record.category = fact.as<ShiftRecorded>().category;
    settle(record, time);
    if (!fact.is<RecordEntered>()) return;
    const auto& entered = fact.as<RecordEntered>();
    record.category = entered.category;
    record.time_was = entered.time_was;
    record.late = entered.late;
    if (!entered.late) return;
    record.minutes = 0;
    propose(record, time);
}

}  // namespace

std::vector<std::string_view> RecordFigure::kinds() {
    return {OrderCheckedOut::kind, ShiftRecorded::kind,  RecordEntered::kind, RecordCorrected::kind,
            RecordConfirmed::kind, RecordRejected::kind, RecordDisputed::kind};
}

journal::Keys RecordFigure::keys(const Fact& fact) {
    if (makes_record(fact)) return {fact.position};
    if (fact.is<OrderCheckedOut>()) return {};  // duty time
    return {fact.subject("record")};
}

void RecordFigure::step(State& record, const Fact& fact, const rules::Pack& pack) {
    if (makes_record(fact)) {
        make(record, fact, pack);
    } else if (fact.is<RecordCorrected>()) {
        record.entered_by = fact.actor.account;
        if (fact.as<RecordCorrected>().waits) {
            propose(record, served(fact));
        } else {
            std::int32_t before = record.minutes;
            settle(record, served(fact));
            forget_proposal(record);  // a late entry that was proven false while it waited
            ++record.corrections;
            note_raise(record, before, fact);
        }
    } else if (fact.is<RecordConfirmed>()) {
        bool first = record.late && record.minutes == 0 && record.corrections == 0;
        std::int32_t before = record.minutes;
        settle(record,
               {record.proposed_starts_at, record.proposed_ends_at, record.proposed_minutes});
        if (!first) {
            ++record.corrections;
            note_raise(record, before, fact);
        }
        forget_proposal(record);
    } else if (fact.is<RecordRejected>()) {
        bool nothing_yet =
            record.proposed && record.late && record.corrections == 0 && record.minutes == 0;
        record.state = nothing_yet ? RecordStep::rejected : RecordStep::entered;
        forget_proposal(record);
    } else if (fact.is<RecordDisputed>()) {
        record.state = RecordStep::disputed;
    }
}

std::vector<std::string_view> RecordVersionFigure::kinds() {
    return {OrderCheckedOut::kind, ShiftRecorded::kind, RecordEntered::kind, RecordCorrected::kind};
}

journal::Keys RecordVersionFigure::keys(const Fact& fact) {
    if (makes_record(fact) || fact.is<RecordCorrected>()) return {fact.position};
    return {};
}

void RecordVersionFigure::step(State& version, const Fact& fact, const rules::Pack&) {
    bool corrected = fact.is<RecordCorrected>();
    version.record = RecordId(corrected ? fact.subject("record") : fact.position);
    version.at = fact.occurred_at;
    version.by = fact.actor.account;
    Served time = served(fact);
    version.starts_at = time.starts_at;
    version.ends_at = time.ends_at;
    version.minutes = time.minutes;
    version.waits = corrected ? fact.as<RecordCorrected>().waits
                              : fact.is<RecordEntered>() && fact.as<RecordEntered>().late;
}

}  // namespace hezhi::records
