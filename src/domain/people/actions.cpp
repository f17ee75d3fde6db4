// Finding a person for an action, and showing their entry in clear.
#include "domain/people/people.h"

namespace hezhi::people {

api::Access access_of(const PersonState& person) {
    return {.area_path = person.area_path};
}

Result<const PersonState*> load_person(journal::Turn& turn, const api::Caller& caller, PersonId id,
                                       std::string_view permission) {
    const PersonState* person = id ? turn.load<PersonFigure>(id) : nullptr;
    if (!person || !caller.may("person.read", access_of(*person))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may(permission, access_of(*person))) return refuse(hezhi::refusals::not_permitted);
    return person;
}

Result<std::int64_t> read_person(journal::Turn& turn, const api::Caller& caller,
                                 const Register& people, PersonId id, std::string_view reason) {
    auto person = load_person(turn, caller, id, "person.disclose");
    if (!person) return std::unexpected(person.error());
    Place place{(*person)->area, (*person)->area_path};
    std::int64_t position = turn.next_position();
    people.write_text(turn.db(), position, text_reason, reason);
    return turn.append(draft(PersonRead{}, caller.actor("person.disclose"), std::move(place),
                             {{"person", id.value}}, turn.now()));
}

api::ActionRows actions() {
    return {
        {"register_person", "person.register", "person.registered", "POST /people", "登记人员",
         "register a person", "登记了人员", "a person was registered"},
        {"read_person", "person.disclose", "person.read", "POST /people/{id}/reading", "查看明文",
         "read in clear", "查看了人员明文", "a person's entry was read in clear"},
    };
}

}  // namespace hezhi::people
