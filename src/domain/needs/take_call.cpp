// 来访登记 and 我要求助: somebody asks, for themselves or for a relative.
#include "domain/needs/needs.h"

namespace hezhi::needs {
namespace {

// Whom a field "name, phone, or both" speaks of.
struct Found {
    PersonId person;  // none: nobody yet, to be registered with what follows
    std::string name, phone;
};

Result<Found> find_somebody(journal::Turn& turn, const people::Register& people,
                            std::string_view typed, std::string_view field) {
    people::Contact contact = people::split_contact(typed, turn.pack()->pack->phones);
    Found found{{}, contact.name, contact.phone};
    std::vector<PersonId> named;
    auto sharing = contact.phone.empty() ? std::vector<PersonId>()
                                         : people.with_phone(turn.db(), contact.phone);
    for (PersonId person : sharing) {
        if (people.name(turn.db(), person) == contact.name) named.push_back(person);
    }
    if (!named.empty()) {
        found.person = named.front();
    } else if (contact.name.empty() && sharing.size() == 1) {
        found.person = sharing.front();
    } else if (contact.name.empty() && sharing.size() > 1) {
        return refuse(refusals::caller_ambiguous,
                      {std::string(field), "写上姓名，或在列表中选择", "the name, or a choice"});
    } else if (contact.name.empty() || contact.phone.empty()) {
        return refuse(refusals::caller_unknown,
                      {std::string(field), "姓名和电话", "name and phone"});
    }
    return found;
}

// Where the caller lives; for somebody new, the community that the desk serves.
Result<Place> place_of_call(journal::Turn& turn, const api::Caller& caller, const TakeCall& input,
                            PersonId known, std::string_view permission) {
    if (input.area_id) {
        auto place = areas::open_place(turn, *input.area_id);
        if (!place) return place;
        if (!caller.may(permission, {.area_path = place->path})) {
            return refuse(areas::refusals::area_unknown,
                          {"/area_id", "您所在区域内的社区", "an area that you serve"});
        }
        return place;
    }
    if (const auto* person = known ? turn.load<people::PersonFigure>(known) : nullptr) {
        if (caller.may(permission, {.area_path = person->area_path})) {
            return Place{person->area, person->area_path};
        }
    }
    // Somebody else's area, or nobody known: the desk's own, if it is one place.
    AreaId own;
    std::size_t places = 0;
    for (const auto& role : caller.roles) {
        if (!role.area || !caller.may(permission, {.area_path = role.path})) continue;
        own = role.area;
        ++places;
    }
    if (places != 1) {
        return refuse(areas::refusals::area_unknown,
                      {"/area_id", "请选择社区", "the community, to be chosen"});
    }
    return areas::open_place(turn, own);
}

PersonId known_or_registered(journal::Turn& turn, const Actor& actor, const Place& place,
                             const people::Register& people, PersonId known,
                             const std::string& name, const std::string& phone) {
    if (known || name.empty()) return known;
    people::RegisterPerson entry;
    entry.name.value = name;
    entry.phone = Text<0, 40>(phone);
    entry.area_id = place.area;
    auto made = people::register_person(turn, actor, place, people, entry);
    HEZHI_ASSERT(made.has_value());  // the phone is normalised and nobody of that name has it
    return PersonId(*made);
}

}  // namespace

Result<CallPlan> plan_call(journal::Turn& turn, const api::Caller& caller,
                           const people::Register& people, const TakeCall& input,
                           std::string_view permission) {
    Found asking;
    if (input.person_id) {
        auto person = people::load_person(turn, caller, *input.person_id, "person.read");
        if (!person) return std::unexpected(person.error());
        asking.person = *input.person_id;
    } else {
        auto found = find_somebody(turn, people, input.who, "/who");
        if (!found) return std::unexpected(found.error());
        asking = *found;
    }
    CallPlan plan;
    plan.entry.channel = Channel::desk;
    plan.entry.asked_by = asking.person;
    plan.entry.recipient = asking.person;
    if (input.for_whom && !input.for_whom->value.empty()) {
        auto found = find_somebody(turn, people, input.for_whom->value, "/for_whom");
        if (!found) return std::unexpected(found.error());
        plan.entry.channel = Channel::proxy;
        plan.entry.recipient = found->person;
        if (!found->person) plan.recipient_name = found->name, plan.recipient_phone = found->phone;
    }
    PersonId lives = plan.entry.channel == Channel::proxy ? plan.entry.recipient : asking.person;
    auto place = place_of_call(turn, caller, input, lives, permission);
    if (!place) return std::unexpected(place.error());
    plan.place = *place;
    if (!asking.person) plan.caller_name = asking.name, plan.caller_phone = asking.phone;
    plan.entry.what = input.what.value;
    plan.entry.contact = input.who.value;
    plan.entry.consent = input.consent;
    plan.entry.wished_at = input.wished_at;
    if (input.category && !input.category->value.empty()) {
        const auto* category = turn.pack()->pack->category(input.category->value);
        if (!category) {
            return refuse(hezhi::refusals::invalid_input,
                          {"/category", "目录中的服务事项", "a category of the catalogue"});
        }
        plan.entry.category = category->key;
        plan.entry.priority_class = *from_label<PriorityClass>(category->default_class);
    }
    if (input.urgent) plan.entry.priority_class = PriorityClass::P2;
    return plan;
}

NeedId write_call(journal::Turn& turn, const Actor& actor, const people::Register& people,
                  CallPlan plan) {
    NeedEntry& entry = plan.entry;
    entry.asked_by = known_or_registered(turn, actor, plan.place, people, entry.asked_by,
                                         plan.caller_name, plan.caller_phone);
    if (entry.channel != Channel::proxy) {
        entry.recipient = entry.asked_by;
    } else if (plan.recipient_name == plan.caller_name &&
               plan.recipient_phone == plan.caller_phone && !plan.caller_name.empty()) {
        entry.recipient = entry.asked_by;  // the same new person was typed twice
    } else {
        entry.recipient = known_or_registered(turn, actor, plan.place, people, entry.recipient,
                                              plan.recipient_name, plan.recipient_phone);
    }
    return enter_need(turn, actor, people, plan.place, entry);
}

Result<std::int64_t> take_call(journal::Turn& turn, const api::Caller& caller,
                               const people::Register& people, const TakeCall& input) {
    auto plan = plan_call(turn, caller, people, input, "call.take");
    if (!plan) return std::unexpected(plan.error());
    return write_call(turn, caller.actor("call.take"), people, std::move(*plan)).value;
}

Result<std::int64_t> ask_need(journal::Turn& turn, const api::Caller& caller,
                              const people::Register& people, const AskNeed& input) {
    const auto* person = caller.person ? turn.load<people::PersonFigure>(caller.person) : nullptr;
    if (!person || !caller.may_somewhere("need.ask")) {
        return refuse(hezhi::refusals::not_permitted);
    }
    CallPlan plan;
    auto place = areas::open_place(turn, person->area);
    if (!place) return std::unexpected(place.error());
    plan.place = *place;
    // How urgent it is, a social worker hears when she calls; nobody has to judge that of herself.
    plan.entry.channel = Channel::phone_page;
    plan.entry.asked_by = caller.person;
    plan.entry.recipient = caller.person;
    plan.entry.what = input.what.value;
    if (input.when) plan.entry.when = input.when->value;
    plan.entry.consent = true;
    people::Clear who = people.clear(turn.db(), caller.person);
    plan.entry.contact = who.phone.empty() ? who.name : who.name + " " + who.phone;
    if (input.for_whom && !input.for_whom->value.empty()) {
        // By a phone alone one would learn whose it is.
        if (people::split_contact(input.for_whom->value, turn.pack()->pack->phones).name.empty()) {
            return refuse(refusals::caller_unknown, {"/for_whom", "姓名和电话", "name and phone"});
        }
        auto found = find_somebody(turn, people, input.for_whom->value, "/for_whom");
        if (!found) return std::unexpected(found.error());
        plan.entry.channel = Channel::proxy;
        plan.entry.consent = input.consent;
        plan.entry.recipient = found->person;
        if (!found->person) plan.recipient_name = found->name, plan.recipient_phone = found->phone;
    }
    return write_call(turn, caller.actor("need.ask"), people, std::move(plan)).value;
}

}  // namespace hezhi::needs
