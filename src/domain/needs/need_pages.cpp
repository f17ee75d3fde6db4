// Needs as pages show them.
#include <algorithm>

#include "domain/needs/need_states.h"
#include "domain/needs/needs.h"
#include "rules/working_calendar.h"

namespace hezhi::needs {
namespace {

std::optional<Instant> known(Instant at) {
    return at ? std::optional(at) : std::nullopt;
}

std::vector<std::string> allowed_actions(const api::Reading& reading, const NeedState& need,
                                         bool has_contact) {
    const api::Caller& caller = reading.caller;
    std::vector<std::string> actions;
    for (const auto& row : need_transitions) {
        if (!allows(row.action, need.state) || !caller.may(row.permission, access_of(need)))
            continue;
        if (row.action == "contact_need" && need.first_contacted_at) continue;
        if (row.action == "read_contact" && !has_contact) continue;
        if (row.action == "reopen_need" && reading.now >= need.reopen_until) continue;
        if (row.action == "unmerge_need" && need.undo_until <= reading.now) continue;
        actions.emplace_back(row.action);
    }
    return actions;
}

std::optional<std::string> masked(const api::Reading& reading, const people::Register& people,
                                  PersonId person) {
    return person ? std::optional(people.masked_name(reading.db, person)) : std::nullopt;
}

// Whoever reported a merged need is told what becomes of the one that stays.
void show_result_of(const api::Reading& reading, const people::Register& people, NeedId into,
                    Need& shown) {
    auto kept = reading.load<NeedFigure>(into);
    if (!kept) return;
    shown.merged_into = into;
    shown.order_state = kept->order_step;
    shown.served = kept->served;
    shown.resolution = kept->resolution;
    if (kept->satisfaction > 0) shown.satisfaction = kept->satisfaction;
    shown.closed_at = known(kept->closed_at);
    auto text = [&](std::string_view field) {
        return people.read_text(reading.db, into.value, field);
    };
    if (kept->state == NeedStep::closed && !kept->served) {
        shown.close_reason = text(text_close_reason);
    }
    if (kept->referred_at) {
        shown.referred_to = text(text_referred_to);
        shown.receipt = text(text_receipt);
    }
}

void show_asking(const api::Reading& reading, const people::Register& people, const NeedState& need,
                 Need& shown) {
    auto text = [&](std::string_view field) {
        return people.read_text(reading.db, need.id.value, field);
    };
    shown.asked_by = masked(reading, people, need.asked_by);
    shown.recipient = masked(reading, people, need.recipient);
    if (need.recipient && reading.caller.may("person.read", access_of(need))) {
        shown.recipient_id = need.recipient;
    }
    shown.wished_at = known(need.wished_at);
    if (!need.category.empty()) shown.category = need.category;
    shown.triaged_at = known(need.triaged_at);
    const rules::Pack& pack = *reading.pack()->pack;
    const auto* limits = pack.limit_class(label_of(need.priority_class));
    if (need.state == NeedStep::reported && !need.triaged_at && !need.first_contacted_at &&
        limits) {
        shown.triage_until =
            rules::deadline(need.reported_at, limits->first_step, pack.calendar).at;
    }
    shown.assess_until = known(need.assess_until);
    shown.assessed_at = known(need.assessed_at);
    if (need.referred_at) {
        shown.referred_to = text(text_referred_to);
        shown.receipt = text(text_receipt);
        shown.receipt_until = known(need.receipt_until);
        shown.reminders = need.reminders;
    }
    if (need.assessed_at && reading.caller.may("case.read", access_of(need))) {
        shown.domain = need.domain;
        shown.risk = need.risk;
        shown.assessment = text(text_assessment);
    }
    if (need.state == NeedStep::merged) {
        shown.undo_until = known(need.undo_until);
        show_result_of(reading, people, need.merged_into, shown);
    }
}

// A minor's contact is read with somebody else's approval: what the reader may do about it now.
void show_minor(const api::Reading& reading, const NeedState& need, Need& shown) {
    auto read = std::ranges::find(shown.actions, "read_contact");
    if (read == shown.actions.end()) return;
    PersonId minor = minor_of(need, *reading.pack()->pack, [&](PersonId about) {
        return reading.load<people::PersonFigure>(about);
    });
    if (!minor) return;
    shown.minor_id = minor;
    shown.reading_request = people::reading_asked(reading, minor);
    if (shown.reading_request == people::ReadingRequestStep::approved) return;
    shown.actions.erase(read);
    bool waits = shown.reading_request == people::ReadingRequestStep::asked;
    auto person = reading.load<people::PersonFigure>(minor);
    if (!waits && reading.caller.may("reading.request", people::access_of(*person))) {
        shown.actions.emplace_back("request_reading");
    }
}

// Of a need whose address is secret, what is left to whoever does not keep it: that it is there,
// and its clocks.
void conceal(Need& shown) {
    shown.what.clear();
    for (auto* words : {&shown.when, &shown.contact_masked, &shown.close_reason,
                        &shown.reopen_reason, &shown.meeting_outcome, &shown.asked_by,
                        &shown.recipient, &shown.referred_to, &shown.receipt, &shown.assessment}) {
        words->reset();
    }
    shown.recipient_id.reset();
    shown.minor_id.reset();
    std::erase(shown.actions, "read_contact");
    std::erase(shown.actions, "request_reading");
}

}  // namespace

Need NeedPages::show(const api::Reading& reading, const NeedState& need) const {
    auto areas = tree.now();
    const areas::AreaState* area = areas->find(need.area);
    Need shown;
    shown.id = need.id;
    shown.area_id = need.area;
    shown.area_name = area ? area->name : "";
    shown.area_parents = area ? areas->parents(*area, *reading.pack()->pack) : "";
    shown.state = need.state;
    shown.priority_class = need.priority_class;
    shown.channel = need.channel;
    shown.what = people.read_text(reading.db, need.id.value, text_what).value_or("");
    shown.when = people.read_text(reading.db, need.id.value, text_when);
    auto contact = people.read_text(reading.db, need.id.value, text_contact);
    if (contact)
        shown.contact_masked = people::mask_contact(*contact, reading.pack()->pack->phones);
    shown.consent = need.consent;
    shown.reported_at = need.reported_at;
    shown.reported_by_me = need.reporter && need.reporter == reading.caller.account;
    shown.first_contact_until = need.first_contact_until;
    shown.first_contacted_at = known(need.first_contacted_at);
    shown.handle_until = need.handle_until;
    shown.planned_at = known(need.planned_at);
    shown.closed_at = known(need.closed_at);
    if (need.order_id) shown.order_id = need.order_id;
    shown.order_state = need.order_step;
    shown.served = need.served;
    shown.resolution = need.resolution;
    if (need.satisfaction > 0) shown.satisfaction = need.satisfaction;
    if (need.state == NeedStep::closed && !need.served) {
        shown.close_reason = people.read_text(reading.db, need.id.value, text_close_reason);
    }
    shown.reopen_until = known(need.reopen_until);
    shown.reopenings = need.reopenings;
    // What somebody wrote when asking again, or what the meeting decided, is for those who work on
    // it.
    if (reading.caller.may("need.reopen", access_of(need))) {
        if (need.reopened_by > 0) {
            shown.reopen_reason =
                people.read_text(reading.db, need.reopened_by, text_reopen_reason);
        }
        if (need.meeting_by > 0) {
            shown.meeting_outcome =
                people.read_text(reading.db, need.meeting_by, text_meeting_outcome);
        }
    }
    shown.actions = allowed_actions(reading, need, contact.has_value());
    show_asking(reading, people, need, shown);
    show_minor(reading, need, shown);
    const api::Caller& caller = reading.caller;
    bool keeps = people::sees_sealed(caller, need.keeper);
    bool own = caller.person && (caller.person == need.recipient || caller.person == need.asked_by);
    shown.sealed = need.sealed;
    if (need.sealed && !keeps && !own) conceal(shown);
    if (!(need.sealed && keeps) && caller.may("address.seal", access_of(need))) {
        shown.actions.emplace_back("seal_need");
    }
    return shown;
}

Result<Need> NeedPages::one(const api::Reading& reading, NeedId id) const {
    auto need = id ? reading.load<NeedFigure>(id) : std::nullopt;
    if (!need || !reading.caller.may("need.read", access_of(*need))) {
        return refuse(hezhi::refusals::not_found);
    }
    return show(reading, *need);
}

}  // namespace hezhi::needs
