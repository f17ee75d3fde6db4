#include "domain/needs/needs.h"
#include "rules/working_calendar.h"

namespace hezhi::needs {

void set_limits(NeedReported& need, const rules::PublishedPack& pack, Instant now) {
    const auto* limits = pack.pack->limit_class(label_of(need.priority_class));
    HEZHI_ASSERT(limits != nullptr);
    const rules::Calendar& calendar = pack.pack->calendar;
    need.first_contact_until = rules::deadline(now, limits->first_contact, calendar).at;
    need.handle_until = rules::deadline(now, limits->handling, calendar).at;
    need.pack = pack.hash;
}

Result<std::int64_t> report_need(journal::Turn& turn, const api::Caller& caller,
                                 const people::Register& people, const ReportNeed& input,
                                 Channel channel) {
    auto place = areas::open_place(turn, input.area_id);
    if (!place) return std::unexpected(place.error());
    if (!caller.may("need.report", {.area_path = place->path})) {
        return refuse(areas::refusals::area_unknown,
                      {"/area_id", "您所在区域内的社区", "an area that you serve"});
    }
    const rules::PublishedPack* pack = turn.pack();
    HEZHI_ASSERT(pack != nullptr);

    people::Contact contact;
    if (input.contact) contact = people::split_contact(input.contact->value);
    NeedReported reported;
    reported.channel = channel;
    reported.priority_class = input.priority_class;
    reported.consent = input.consent;
    if (!contact.phone.empty()) reported.recipient = people.find_by_phone(turn.db(), contact.phone);
    set_limits(reported, *pack, turn.now());

    std::int64_t id = turn.next_position();
    people.write_text(turn.db(), id, text_what, input.what);
    if (input.contact) people.write_text(turn.db(), id, text_contact, *input.contact);
    turn.append(draft(reported, caller.actor("need.report"), *place, {{"need", self}}, turn.now()));
    return id;
}

}  // namespace hezhi::needs
