// People as pages show them: masked, and only within the reader's scope.
#include "domain/people/masking.h"
#include "domain/people/people.h"

namespace hezhi::people {
namespace {

std::optional<std::string> masked_or_absent(const std::string& clear,
                                            std::string (*mask)(std::string_view)) {
    return clear.empty() ? std::nullopt : std::optional(mask(clear));
}

// A minor's entry is read with somebody else's approval: what the reader may do about it now.
void add_reading_request(const api::Reading& reading, PersonId id, const std::string& area_path,
                         Person& shown) {
    shown.reading_request = reading_asked(reading, id);
    bool approved = shown.reading_request == ReadingRequestStep::approved;
    bool waits = shown.reading_request == ReadingRequestStep::asked;
    if (approved) shown.actions.emplace_back("read_person");
    if (!approved && !waits && reading.caller.may("reading.request", {.area_path = area_path})) {
        shown.actions.emplace_back("request_reading");
    }
}

}  // namespace

Person PersonPages::show(const api::Reading& reading, const PersonState& person) const {
    Clear clear = people.clear(reading.db, person.id);
    auto areas = tree.now();
    const areas::AreaState* area = areas->find(person.area);
    Person shown;
    shown.id = person.id;
    shown.name = mask_name(clear.name);
    bool hidden = person.address_sealed && !sees_sealed(reading.caller, person.keeper);
    if (!hidden) {
        shown.phone_masked = masked_or_absent(clear.phone, mask_phone);
        shown.id_masked = masked_or_absent(clear.id_number, mask_id_number);
    }
    shown.address_sealed = person.address_sealed;
    shown.area_id = person.area;
    shown.area_name = area ? area->name : "";
    if (person.volunteer) shown.roles.emplace_back("volunteer");
    if (person.social_worker) shown.roles.emplace_back("social_worker");
    if (person.certification) shown.certification = "V" + std::to_string(*person.certification);
    api::Access access = access_of(person);
    if (person.erased) return shown;
    bool minor = is_minor(*reading.pack()->pack, person);
    bool discloses = !hidden && reading.caller.may("person.disclose", access);
    if (minor) {
        shown.age_years = person.age_years;
        if (auto consent = reading.load<ConsentFigure>(person.id)) shown.consent = consent->state;
        if (reading.caller.may("guardian.ask", access)) shown.actions.emplace_back("ask_guardian");
        if (discloses) add_reading_request(reading, person.id, person.area_path, shown);
    } else if (discloses) {
        shown.actions.emplace_back("read_person");
    }
    if (reading.caller.may("address.seal", access)) {
        bool keeps = person.address_sealed && !hidden;
        shown.actions.emplace_back(keeps ? "unseal_address" : "seal_address");
    }
    if (reading.caller.may("sign_in_slip.issue", access)) {
        shown.actions.emplace_back("issue_sign_in_slip");
    }
    if (reading.caller.may("person.erase", access)) shown.actions.emplace_back("erase_person");
    return shown;
}

Result<Person> PersonPages::one(const api::Reading& reading, PersonId id) const {
    auto person = id ? reading.load<PersonFigure>(id) : std::nullopt;
    if (!person || !reading.caller.may("person.read", access_of(*person))) {
        return refuse(hezhi::refusals::not_found);
    }
    return show(reading, *person);
}

}  // namespace hezhi::people
