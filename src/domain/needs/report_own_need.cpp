// 我要求助: a resident asks for herself on her phone.
#include "domain/needs/needs.h"

namespace hezhi::needs {

Result<std::int64_t> report_own_need(journal::Turn& turn, const api::Caller& caller,
                                     const people::Register& people, const ReportOwnNeed& input) {
    const auto* person = caller.person ? turn.load<people::PersonFigure>(caller.person) : nullptr;
    if (!person || !caller.may("need.report", {.owner = caller.account})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    auto place = areas::open_place(turn, person->area);
    if (!place) return std::unexpected(place.error());
    const rules::PublishedPack* pack = turn.pack();
    HEZHI_ASSERT(pack != nullptr);
    NeedReported reported;
    reported.channel = Channel::phone_page;
    // How urgent it is, a social worker hears when she calls; nobody has to judge that of herself.
    reported.priority_class = PriorityClass::P3;
    reported.consent = true;
    reported.recipient = caller.person;
    set_limits(reported, *pack, turn.now());

    people::Clear who = people.clear(turn.db(), caller.person);
    std::string contact = who.phone.empty() ? who.name : who.name + " " + who.phone;
    std::int64_t id = turn.next_position();
    people.write_text(turn.db(), id, text_what, input.what);
    people.write_text(turn.db(), id, text_contact, contact);
    if (input.when) people.write_text(turn.db(), id, text_when, *input.when);
    turn.append(draft(reported, caller.actor("need.report"), *place, {{"need", self}}, turn.now()));
    return id;
}

}  // namespace hezhi::needs
