// 投诉: by an account, at a desk, by a slip.
#include "domain/complaints/complaints.h"
#include "domain/complaints/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::complaints {
namespace {

struct Filing {
    AboutKind about;
    std::int64_t about_id;
    std::string_view what;
    bool hidden;
    std::string_view contact;
    ComplaintChannel channel;
};

Result<std::int64_t> append_complaint(journal::Turn& turn, const ComplaintDesk& desk,
                                      const Filing& filing, Actor actor, const Place& place) {
    if (filing.hidden && !filing.contact.empty()) {
        return refuse(refusals::hidden_takes_no_contact,
                      {"/contact", "匿名时留空", "nothing, if hidden"});
    }
    const rules::PublishedPack* pack = turn.pack();
    const rules::ComplaintRules& rules = pack->pack->complaints;
    ComplaintFiled filed;
    filed.about = filing.about;
    filed.about_id = filing.about_id;
    filed.channel = filing.channel;
    filed.hidden = filing.hidden;
    const auto& calendar = pack->pack->calendar;
    filed.acknowledge_until = rules::deadline(turn.now(), rules.acknowledge_within, calendar).at;
    filed.decide_until = rules::deadline(turn.now(), rules.decide_within, calendar).at;
    filed.pack = pack->hash;
    std::int64_t id = turn.next_position();
    desk.people.write_text(turn.db(), id, text_what, filing.what);
    if (!filing.contact.empty()) {
        desk.people.write_text(turn.db(), id, text_contact, filing.contact);
    }
    // Invariant 2: of a hidden one no account is kept, neither the complainant's nor the desk's.
    if (filing.hidden) actor = Actor{Via::link, {}, ""};
    return turn.append(draft(filed, std::move(actor), place, {{"complaint", self}}, turn.now()));
}

std::string_view given(const std::optional<Text<0, 60>>& text) {
    return text ? std::string_view(text->value) : std::string_view();
}

// Whether it is the caller's to complain of: taken part in, received, asked for.
bool related(journal::Turn& turn, const api::Caller& caller, const incidents::Matter& matter) {
    if (incidents::has_part(turn.db(), caller, matter)) return true;
    if (matter.recipient && matter.recipient == caller.person) return true;
    const auto* order = matter.order_id ? turn.load<orders::OrderFigure>(matter.order_id) : nullptr;
    return order && order->reporter && order->reporter == caller.account;
}

}  // namespace

Result<std::int64_t> file_complaint(journal::Turn& turn, const api::Caller& caller,
                                    const ComplaintDesk& desk, const FileComplaint& input) {
    auto matter = incidents::matter_of(turn, input.about, input.about_id);
    if (!matter || !related(turn, caller, *matter)) return refuse(hezhi::refusals::not_found);
    return append_complaint(turn, desk,
                            {input.about, input.about_id, input.what, input.hidden,
                             given(input.contact), ComplaintChannel::phone},
                            caller.actor("complaint.file"), matter->place);
}

Result<std::int64_t> take_complaint(journal::Turn& turn, const api::Caller& caller,
                                    const ComplaintDesk& desk, const FileComplaint& input) {
    auto matter = incidents::matter_of(turn, input.about, input.about_id);
    if (!matter || !caller.may("complaint.take", {.area_path = matter->place.path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (incidents::has_part(turn.db(), caller, *matter)) {
        return refuse(refusals::concerns_caller);
    }
    return append_complaint(turn, desk,
                            {input.about, input.about_id, input.what, input.hidden,
                             given(input.contact), ComplaintChannel::desk},
                            caller.actor("complaint.take"), matter->place);
}

Result<std::int64_t> file_by_slip(journal::Turn& turn, const ComplaintDesk& desk, OrderId order,
                                  const FileBySlip& input) {
    auto matter = incidents::matter_of(turn, AboutKind::order, order.value);
    if (!matter) return refuse(hezhi::refusals::not_found);
    auto open = turn.db().row(queries::open_by_slip, {{"order_id", order}});
    if (open->integer("complaints") > 0) return refuse(refusals::complaint_open);
    return append_complaint(turn, desk,
                            {AboutKind::order, order.value, input.what, input.hidden,
                             given(input.contact), ComplaintChannel::slip},
                            api::link_caller()->actor(""), matter->place);
}

}  // namespace hezhi::complaints
