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
    NeedEntry entry;
    entry.channel = channel;
    entry.priority_class = input.priority_class;
    entry.what = input.what.value;
    entry.consent = input.consent;
    if (input.contact) {
        entry.contact = input.contact->value;
        auto phone = people::split_contact(entry.contact, turn.pack()->pack->phones).phone;
        if (!phone.empty()) entry.recipient = people.find_by_phone(turn.db(), phone);
    }
    return enter_need(turn, caller.actor("need.report"), people, *place, entry).value;
}

NeedId enter_need(journal::Turn& turn, const Actor& actor, const people::Register& people,
                  const Place& where, const NeedEntry& entry) {
    // Of somebody whose address is secret the place is never told more exactly than hers.
    auto sealed = sealed_among(turn, {entry.recipient, entry.asked_by});
    const Place place = sealed ? Place{sealed->area, sealed->area_path} : where;
    const rules::PublishedPack* pack = turn.pack();
    HEZHI_ASSERT(pack != nullptr);

    NeedReported reported;
    reported.channel = entry.channel;
    reported.priority_class = entry.priority_class;
    reported.recipient = entry.recipient;
    reported.consent = entry.consent;
    set_limits(reported, *pack, entry.limits_from ? entry.limits_from : turn.now());

    NeedId id(turn.next_position());
    people.write_text(turn.db(), id.value, text_what, entry.what);
    people.write_text(turn.db(), id.value, text_contact, entry.contact);
    people.write_text(turn.db(), id.value, text_when, entry.when);
    turn.append(draft(reported, actor, place, {{"need", self}}, turn.now()));
    if (entry.asked_by) {
        turn.append(draft(NeedAsked{entry.wished_at, entry.category}, actor, place,
                          {{"need", id.value}, {"person", entry.asked_by.value}}, turn.now()));
    }
    if (sealed) seal_entry(turn, actor, id, sealed->keeper);
    return id;
}

}  // namespace hezhi::needs
