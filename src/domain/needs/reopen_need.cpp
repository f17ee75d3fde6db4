// 重新办理: a closed need has another round under its number; the third goes to a joint meeting.
#include "domain/needs/needs.h"
#include "facts/review_facts.h"
#include "rules/working_calendar.h"

namespace hezhi::needs {
namespace {

void append_reopening(journal::Turn& turn, const Actor& actor, const NeedState& need,
                      bool unresolved) {
    const rules::PublishedPack* pack = turn.pack();
    HEZHI_ASSERT(pack != nullptr);
    NeedReopened reopened;
    reopened.times = need.reopenings + 1;
    reopened.unresolved = unresolved;
    reopened.joint_meeting = reopened.times >= pack->pack->order_limits.joint_meeting_from;
    // What three rounds did not solve is complex, whatever it began as.
    reopened.priority_class = reopened.joint_meeting ? PriorityClass::P4 : need.priority_class;
    const auto* limits = pack->pack->limit_class(label_of(reopened.priority_class));
    HEZHI_ASSERT(limits != nullptr);
    reopened.handle_until = rules::deadline(turn.now(), limits->handling, pack->pack->calendar).at;
    reopened.pack = pack->hash;
    turn.append(
        draft(reopened, actor, place_of(need), acting_on(turn, actor, need.id), turn.now()));
}

Result<std::int64_t> reopen(journal::Turn& turn, const Actor& actor, const people::Register& people,
                            const NeedState& need, std::string_view reason) {
    if (!allows("reopen_need", need.state)) return refuse(refusals::need_not_closed);
    if (turn.now() >= need.reopen_until) return refuse(refusals::reopening_too_late);
    people.write_text(turn.db(), turn.next_position(), text_reopen_reason, reason);
    append_reopening(turn, actor, need, false);
    return need.id.value;
}

}  // namespace

Result<std::int64_t> reopen_need(journal::Turn& turn, const api::Caller& caller,
                                 const people::Register& people, NeedId id,
                                 std::string_view reason) {
    auto need = load_need(turn, caller, id, "need.reopen");
    if (!need) return std::unexpected(need.error());
    return reopen(turn, caller.actor("need.reopen"), people, NeedState(**need), reason);
}

Result<std::int64_t> ask_again(journal::Turn& turn, const people::Register& people, NeedId id,
                               OrderId order, std::string_view reason) {
    const NeedState* need = id ? turn.load<NeedFigure>(id) : nullptr;
    if (!need) return refuse(hezhi::refusals::not_found);
    if (need->order_id != order) return refuse(refusals::need_not_closed);
    return reopen(turn, api::link_caller()->actor(""), people, NeedState(*need), reason);
}

void reopen_unresolved(journal::Turn& turn, const Actor& actor, NeedId id, OrderId order) {
    const NeedState* need = turn.load<NeedFigure>(id);
    HEZHI_ASSERT(need != nullptr);
    if (need->state != NeedStep::closed || need->order_id != order) return;
    append_reopening(turn, actor, NeedState(*need), true);
}

Result<std::int64_t> note_meeting(journal::Turn& turn, const api::Caller& caller,
                                  const people::Register& people, NeedId id,
                                  std::string_view outcome) {
    auto need = load_need(turn, caller, id, "meeting.note");
    if (!need) return std::unexpected(need.error());
    if (!allows("note_meeting", (*need)->state)) return refuse(refusals::meeting_not_due);
    Place place = place_of(**need);
    people.write_text(turn.db(), turn.next_position(), text_meeting_outcome, outcome);
    Actor actor = caller.actor("meeting.note");
    turn.append(
        draft(MeetingNoted{}, actor, std::move(place), acting_on(turn, actor, id), turn.now()));
    return id.value;
}

}  // namespace hezhi::needs
