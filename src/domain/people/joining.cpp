// Joining by oneself, "my number is registered already", leaving and coming back.
#include "domain/people/people.h"
#include "domain/people/phone_numbers.h"
#include "domain/people/queries.h"

namespace hezhi::people {
namespace {

// Whoever registers, claims or disputes on the open page has no account.
const Actor somebody{.via = Via::link};

std::string pack_name(const rules::PublishedPack& pack) {
    return pack.pack->name + " " + pack.pack->version;
}

Place place_of(const PersonState& person) {
    return person.area ? Place{person.area, person.area_path} : Place{};
}

// Words for the staff, who may search; which of them it is says what the entry of another holds.
bool tells_who_is_registered(const Refusal& refusal) {
    return refusal.row == &refusals::id_already_used ||
           refusal.row == &refusals::person_already_registered ||
           refusal.row == &refusals::birth_date_already_registered;
}

// Who is registered without a document under this name, phone and birth date.
PersonId holder_without_document(journal::Turn& turn, const Register& people,
                                 const ClaimRegistration& input) {
    auto phone = normalise_phone(input.phone, turn.pack()->pack->phones);
    auto born = text_of(input.birth_date);
    if (!phone || born.empty()) return PersonId();
    for (PersonId id : people.with_phone(turn.db(), *phone)) {
        Clear entry = people.clear(turn.db(), id);
        bool same = entry.id_number.empty() && same_name(entry.name, input.name.value) &&
                    people.read_text(turn.db(), id.value, text_birth_date) == born;
        if (same) return id;
    }
    return PersonId();
}

// Whose document this is; none if it is not registered, or if nobody joins with this kind of it.
Result<PersonId> holder_of(journal::Turn& turn, const Register& people,
                           const ClaimRegistration& input) {
    auto document = read_document(*turn.pack()->pack, day_of(turn.now()), text_of(input.id_scheme),
                                  input.id_number);
    if (!document) return std::unexpected(document.error());
    if (document->number.empty()) {
        bool joins = turn.pack()->pack->id_scheme(document->scheme)->joining;
        return joins ? holder_without_document(turn, people, input) : PersonId();
    }
    auto found = people.with_id_number(turn.db(), document->scheme, document->number);
    return found.empty() ? PersonId() : found.front();
}

}  // namespace

Result<std::int64_t> register_volunteer(journal::Turn& turn, const Register& people,
                                        const RegisterVolunteer& input) {
    const rules::Pack& pack = *turn.pack()->pack;
    if (!input.agreed) {
        return refuse(refusals::agreement_missing, {"/agreed", "已阅读并承诺", "read and agreed"});
    }
    auto document =
        read_document(pack, day_of(turn.now()), text_of(input.id_scheme), input.id_number);
    if (!document) return std::unexpected(document.error());
    if (!pack.id_scheme(document->scheme)->joining) {
        return refuse(refusals::document_needed,
                      {"/id_number", "证件号码", "the number of a document"});
    }
    auto place = areas::open_place(turn, input.area_id);
    if (!place) return std::unexpected(place.error());
    RegisterPerson entry;
    entry.name = input.name;
    entry.phone.emplace(input.phone.value);
    entry.id_scheme.emplace(document->scheme);
    entry.id_number.emplace(document->number);
    entry.area_id = input.area_id;
    entry.volunteer = true;
    entry.agreed = true;
    entry.birth_date = input.birth_date;
    if (!document->age_years && text_of(input.birth_date).empty()) {
        return refuse(hezhi::refusals::invalid_input, {"/birth_date", "出生日期，如 1980-02-29",
                                                       "a birth date such as 1980-02-29"});
    }
    auto id = register_person(turn, somebody, *place, people, entry);
    if (!id && tells_who_is_registered(id.error())) return refuse(refusals::registered_already);
    return id;
}

Result<PersonId> find_claimed(journal::Turn& turn, const Register& people,
                              const ClaimRegistration& input) {
    auto holder = holder_of(turn, people, input);
    if (!holder) return holder;
    auto phone = normalise_phone(input.phone, turn.pack()->pack->phones);
    // One answer for whatever differs, so that nobody learns what is registered.
    if (!*holder || !phone) return refuse(refusals::claim_not_proven);
    Clear entry = people.clear(turn.db(), *holder);
    if (!same_name(entry.name, input.name.value) || entry.phone != *phone) {
        return refuse(refusals::claim_not_proven);
    }
    return holder;
}

Result<std::int64_t> dispute_registration(journal::Turn& turn, const Register& people,
                                          const ClaimRegistration& input) {
    auto holder = holder_of(turn, people, input);
    if (!holder) return std::unexpected(holder.error());
    if (!*holder || input.id_number.value.empty()) return refuse(refusals::nothing_to_dispute);
    const rules::PhoneRules& phones = turn.pack()->pack->phones;
    auto phone = normalise_phone(input.phone, phones);
    if (!phone) return refuse(*phone.error().row, {"/phone", phones.hint.zh, phones.hint.en});
    // One open case a number: repeating it makes no work and tells nothing.
    if (auto known = turn.db().row(queries::open_dispute_about, {{"person", *holder}})) {
        return known->integer("id");
    }
    const PersonState* person = turn.load<PersonFigure>(*holder);
    HEZHI_ASSERT(person != nullptr);
    Place place = place_of(*person);
    std::int64_t id = turn.next_position();
    people.write_text(turn.db(), id, "contact", input.name.value + " " + *phone);
    return turn.append(draft(RegistrationDisputed{}, somebody, std::move(place),
                             {{"dispute", self}, {"person", holder->value}}, turn.now()));
}

Result<std::int64_t> settle_dispute(journal::Turn& turn, const api::Caller& caller,
                                    const Register& people, DisputeId id, DisputeOutcome outcome) {
    const DisputeState* dispute = id ? turn.load<DisputeFigure>(id) : nullptr;
    if (!dispute || !caller.may("dispute.read", {.area_path = dispute->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may("dispute.settle", {.area_path = dispute->area_path})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    if (dispute->state != DisputeStep::open) return refuse(refusals::dispute_settled);
    PersonId person = dispute->person;
    Place place = dispute->area ? Place{dispute->area, dispute->area_path} : Place{};
    DisputeSettled settled{outcome, {}};
    if (outcome == DisputeOutcome::number_released) {
        people.release_id_number(turn.db(), person);
        settled.age_years = told_age(turn.db(), day_of(turn.now()), people, person);
    }
    turn.append(draft(settled, caller.actor("dispute.settle"), std::move(place),
                      {{"dispute", id.value}, {"person", person.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> leave_service(journal::Turn& turn, const api::Caller& caller) {
    const PersonState* person = caller.person ? turn.load<PersonFigure>(caller.person) : nullptr;
    if (!person || !person->volunteer) return refuse(refusals::not_serving);
    turn.append(draft(VolunteerLeft{}, caller.actor("volunteer.leave"), place_of(*person),
                      {{"person", caller.person.value}}, turn.now()));
    return caller.person.value;
}

Result<std::int64_t> rejoin_service(journal::Turn& turn, const api::Caller& caller, bool agreed) {
    const PersonState* person = caller.person ? turn.load<PersonFigure>(caller.person) : nullptr;
    if (!person || person->erased) return refuse(hezhi::refusals::not_found);
    if (person->volunteer) return refuse(refusals::serving_already);
    if (!agreed) {
        return refuse(refusals::agreement_missing, {"/agreed", "已阅读并承诺", "read and agreed"});
    }
    if (!may_serve(turn, caller.person)) return refuse(refusals::minor_needs_guardian);
    Place place = place_of(*turn.load<PersonFigure>(caller.person));
    Actor actor = caller.actor("volunteer.rejoin");
    Subjects about{{"person", caller.person.value}};
    turn.append(draft(VolunteerRegistered{}, actor, place, about, turn.now()));
    turn.append(draft(AgreementSigned{pack_name(*turn.pack())}, actor, place, about, turn.now()));
    return caller.person.value;
}

namespace {

std::int64_t append_erasure(journal::Turn& turn, const Actor& actor, const Register& people,
                            const PersonState& person) {
    Place place = place_of(person);
    std::int64_t id = person.id.value;
    people.erase_person(turn.db(), person.id);
    return turn.append(
        draft(PersonErased{}, actor, std::move(place), {{"person", id}}, turn.now()));
}

}  // namespace

Result<std::int64_t> erase_person(journal::Turn& turn, const api::Caller& caller,
                                  const Register& people, PersonId id, std::string_view reason) {
    auto person = load_person(turn, caller, id, "person.erase");
    if (!person) return std::unexpected(person.error());
    if ((*person)->erased) return refuse(refusals::person_erased);
    std::int64_t position = turn.next_position();
    people.write_text(turn.db(), position, text_reason, reason);
    return append_erasure(turn, caller.actor("person.erase"), people, **person);
}

Result<std::int64_t> erase_person_again(journal::Turn& turn, const Register& people, PersonId id) {
    const PersonState* person = id ? turn.load<PersonFigure>(id) : nullptr;
    if (!person) return refuse(hezhi::refusals::not_found);
    if (person->erased) return refuse(refusals::person_erased);
    return append_erasure(turn, {.via = Via::command}, people, *person);
}

}  // namespace hezhi::people
