#include "domain/people/id_schemes.h"
#include "domain/people/people.h"
#include "domain/people/phone_numbers.h"

namespace hezhi::people {
namespace {

// Invariant 7.
Result<void> refuse_known(store::Session& db, const Register& people, const JudgedEntry& judged,
                          std::string_view area_path) {
    const Clear& entry = judged.entry;
    if (!entry.id_number.empty() &&
        !people.with_id_number(db, entry.id_scheme, entry.id_number).empty()) {
        return refuse(refusals::id_already_used,
                      {"/id_number", "尚未登记的号码", "a number that is not registered yet"});
    }
    bool by_birth_date = judged.birth_date && entry.id_number.empty() && !area_path.empty();
    if (by_birth_date &&
        !people.with_birth_date(db, entry.name, *judged.birth_date, area_path).empty()) {
        return refuse(refusals::birth_date_already_registered,
                      {"/birth_date", "尚未登记的人员", "a person who is not registered yet"});
    }
    if (entry.phone.empty()) return {};
    for (PersonId other : people.with_phone(db, entry.phone)) {
        if (same_name(people.name(db, other), entry.name)) {
            return refuse(refusals::person_already_registered,
                          {"/phone", "尚未登记的人员", "a person who is not registered yet"});
        }
    }
    return {};
}

}  // namespace

std::string folded_name(std::string_view name) {
    std::string folded;
    for (char c : name) {
        if (c == ' ' || c == '\t') continue;
        folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return folded;
}

bool same_name(std::string_view one, std::string_view other) {
    return folded_name(one) == folded_name(other);
}

std::int32_t age_on_day(Day born, Day today) {
    bool before_birthday = to_string(today).substr(5) < to_string(born).substr(5);
    return today.year() - born.year() - (before_birthday ? 1 : 0);
}

Result<Document> read_document(const rules::Pack& pack, Day today, std::string_view key,
                               std::string_view number) {
    // A form that does not ask for the kind of document means the usual one.
    const rules::IdScheme* scheme =
        !key.empty() ? pack.id_scheme(key)
                     : (pack.id_schemes.empty() ? nullptr : &pack.id_schemes.front());
    if (!scheme) {
        return refuse(refusals::id_scheme_unknown, {"/id_scheme", "规则包中的证件类型",
                                                    "a kind of document that the pack knows"});
    }
    auto normalised = normalise_id_number(*scheme, number, today);
    if (!normalised) {
        return refuse(*normalised.error().row,
                      {"/id_number", "与证件类型相符的号码", "a number of this kind of document"});
    }
    Document document{scheme->key, std::move(*normalised), {}};
    if (auto born = birth_date(*scheme, document.number)) {
        document.age_years = age_on_day(*born, today);
    }
    return document;
}

Result<std::int64_t> register_person(journal::Turn& turn, const api::Caller& caller,
                                     const Register& people, const RegisterPerson& input) {
    auto place = areas::open_place(turn, input.area_id);
    if (!place) return std::unexpected(place.error());
    if (!caller.may("person.register", {.area_path = place->path})) {
        return refuse(areas::refusals::area_unknown,
                      {"/area_id", "您所在区域内的社区", "an area that you serve"});
    }
    // Invariant 10.
    if (input.volunteer && !input.agreed) {
        return refuse(refusals::agreement_missing,
                      {"/agreed", "本人已阅读并承诺", "read and agreed by the person"});
    }
    return register_person(turn, caller.actor("person.register"), *place, people, input);
}

Result<JudgedEntry> judge_entry(store::Session& db, const rules::Pack& pack, Day today,
                                const Register& people, const RegisterPerson& input,
                                std::string_view area_path) {
    JudgedEntry judged;
    Clear& entry = judged.entry;
    entry.name = input.name.value;
    if (auto typed = text_of(input.phone); !typed.empty()) {
        auto phone = normalise_phone(typed, pack.phones);
        if (!phone) {
            return refuse(*phone.error().row, {"/phone", pack.phones.hint.zh, pack.phones.hint.en});
        }
        entry.phone = std::move(*phone);
    }
    std::string_view scheme = text_of(input.id_scheme), number = text_of(input.id_number);
    if (!scheme.empty() || !number.empty()) {
        auto document = read_document(pack, today, scheme, number);
        if (!document) return std::unexpected(document.error());
        entry.id_scheme = std::move(document->scheme);
        entry.id_number = std::move(document->number);
        judged.age_years = document->age_years;
    }
    if (auto told = text_of(input.birth_date); !told.empty() && !judged.age_years) {
        auto born = read_birth_date(told, today);
        if (!born) return std::unexpected(born.error());
        judged.birth_date = *born;
        judged.age_years = age_on_day(*born, today);
    }
    if (auto known = refuse_known(db, people, judged, area_path); !known) {
        return std::unexpected(known.error());
    }
    return judged;
}

Result<std::int64_t> register_person(journal::Turn& turn, const Actor& actor, const Place& place,
                                     const Register& people, const RegisterPerson& input) {
    const rules::PublishedPack* pack = turn.pack();
    HEZHI_ASSERT(pack != nullptr);
    auto judged =
        judge_entry(turn.db(), *pack->pack, day_of(turn.now()), people, input, place.path);
    if (!judged) return std::unexpected(judged.error());
    PersonRegistered registered;
    registered.age_years = judged->age_years;
    bool minor =
        registered.age_years && *registered.age_years < pack->pack->dispatch.adult_from_years;
    if (input.volunteer && minor &&
        *registered.age_years < pack->pack->joining.consent_from_years) {
        return refuse(refusals::too_young_to_volunteer);
    }
    PersonId id(turn.next_position());
    people.write_person(turn.db(), id, judged->entry);
    if (judged->birth_date) people.write_birth_date(turn.db(), id, *judged->birth_date);
    turn.append(draft(registered, actor, place, {{"person", self}}, turn.now()));
    Subjects about{{"person", id.value}};
    if (input.volunteer && minor) {
        append_guardian_asked(turn, actor, id);  // nothing holds before the guardian's yes
    } else if (input.volunteer) {
        turn.append(draft(VolunteerRegistered{}, actor, place, about, turn.now()));
    }
    if (input.volunteer && input.agreed) {
        turn.append(draft(AgreementSigned{pack->pack->name + " " + pack->pack->version}, actor,
                          place, about, turn.now()));
    }
    if (input.social_worker) {
        turn.append(draft(CredentialRegistered{"social_worker"}, actor, place, about, turn.now()));
    }
    return id.value;
}

}  // namespace hezhi::people
