#include "facts/recorded_minutes.h"

#include "facts/activity_facts.h"
#include "facts/order_facts.h"
#include "facts/record_facts.h"

namespace hezhi {

std::vector<std::string_view> minute_kinds() {
    return {OrderCheckedOut::kind, ShiftRecorded::kind, RecordEntered::kind, RecordCorrected::kind,
            RecordConfirmed::kind};
}

std::optional<RecordedMinutes> recorded_minutes(const Fact& fact) {
    if (fact.is<OrderCheckedOut>()) {
        const auto& out = fact.as<OrderCheckedOut>();
        if (out.duty.value_or(false)) return std::nullopt;
        return RecordedMinutes{out.minutes, fact.occurred_at};
    }
    if (fact.is<ShiftRecorded>()) {
        const auto& shift = fact.as<ShiftRecorded>();
        return RecordedMinutes{shift.minutes, shift.ends_at};
    }
    if (fact.is<RecordEntered>()) {
        const auto& entered = fact.as<RecordEntered>();
        if (entered.late) return std::nullopt;
        return RecordedMinutes{entered.minutes, entered.ends_at};
    }
    if (fact.is<RecordCorrected>()) {
        const auto& corrected = fact.as<RecordCorrected>();
        if (corrected.waits) return std::nullopt;
        return RecordedMinutes{corrected.minutes_added.value_or(0), corrected.ends_at};
    }
    if (fact.is<RecordConfirmed>()) {
        const auto& confirmed = fact.as<RecordConfirmed>();
        return RecordedMinutes{confirmed.minutes_added.value_or(0),
                               confirmed.ends_at.value_or(fact.occurred_at)};
    }
    return std::nullopt;
}

}  // namespace hezhi
