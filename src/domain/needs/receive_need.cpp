// A need that another office hands over with a limit of its own (the hotline's work orders).
#include <algorithm>

#include "domain/needs/need_states.h"
#include "domain/needs/needs.h"

namespace hezhi::needs {

std::int64_t receive_need(journal::Turn& turn, const Actor& actor, const people::Register& people,
                          const ReceivedNeed& input) {
    const rules::PublishedPack* pack = turn.pack();
    HEZHI_ASSERT(pack != nullptr);
    NeedReported reported;
    reported.channel = input.channel;
    reported.priority_class = PriorityClass::P3;
    set_limits(reported, *pack, input.received_at);
    if (input.handle_until) reported.handle_until = input.handle_until;
    // Nobody can be handled before they were called.
    reported.first_contact_until = std::min(reported.first_contact_until, reported.handle_until);
    people::Contact contact = people::split_contact(input.contact, pack->pack->phones);
    if (!contact.phone.empty()) reported.recipient = people.find_by_phone(turn.db(), contact.phone);
    reported.consent = !input.contact.empty();  // who calls a hotline is called back

    std::int64_t id = turn.next_position();
    people.write_text(turn.db(), id, text_what, input.what);
    people.write_text(turn.db(), id, text_contact, input.contact);
    turn.append(draft(reported, actor, input.place, {{"need", self}}, input.received_at));
    return id;
}

Result<std::int64_t> hand_back_need(journal::Turn& turn, const Actor& actor,
                                    const people::Register& people, NeedId id,
                                    std::string_view reason) {
    const NeedState* need = turn.load<NeedFigure>(id);
    HEZHI_ASSERT(need != nullptr);
    if (!allows("close_need", need->state)) return refuse(refusals::need_not_open);
    Place place{need->area, need->area_path};
    people.write_text(turn.db(), id.value, text_close_reason, reason);
    return turn.append(
        draft(NeedClosed{.served = false}, actor, place, {{"need", id.value}}, turn.now()));
}

}  // namespace hezhi::needs
