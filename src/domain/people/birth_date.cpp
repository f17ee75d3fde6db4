// 更正出生日期: what somebody told because no document tells it, shown to them and to the staff and
// put right by either (个人信息保护法 45, 46). Where rights follow from the age somebody else looks
// at it.
#include <algorithm>

#include "domain/people/people.h"

namespace hezhi::people {
namespace {

using api::Reading;

constexpr std::string_view correcting = "birth_date.correct";
constexpr std::int32_t living_years_max = 150;

struct BirthDateShown {
    PersonId person_id;
    std::optional<std::string> birth_date;  // told; the year alone, but for one's own
    bool from_document = false;             // the document tells it: nothing to correct here
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(BirthDateShown, (), (person_id, birth_date, from_document, actions))

bool ones_own(const api::Caller& caller, PersonId id) {
    return caller.person && caller.person == id;
}

bool own_birth_date(const api::Caller& caller, PersonId id) {
    return ones_own(caller, id) && caller.may(correcting, {.owner = caller.account});
}

// The ages at which the pack lets somebody do or get something.
std::vector<std::int32_t> ages_of(const rules::Pack& pack) {
    const rules::TimeBankRules& bank = pack.time_bank;
    std::vector<std::int32_t> ages{pack.dispatch.adult_from_years,
                                   pack.joining.consent_from_years,
                                   pack.joining.accompanied_below_years,
                                   pack.joining.sensitive_below_years,
                                   bank.age_years_min,
                                   bank.with_consent_from_years,
                                   bank.redeem_age_years_min};
    for (const auto& grant : bank.grants) ages.push_back(grant.age_years_min);
    for (const auto& category : pack.categories) ages.push_back(category.age_years_min);
    return ages;
}

bool crosses_an_age(const rules::Pack& pack, std::int32_t one, std::int32_t other) {
    auto [younger, older] = std::minmax(one, other);
    return std::ranges::any_of(ages_of(pack),
                               [&](std::int32_t age) { return younger < age && age <= older; });
}

bool document_tells(store::Session& db, const rules::Pack& pack, Day today, const Register& people,
                    PersonId id) {
    Clear entry = people.clear(db, id);
    if (entry.id_number.empty()) return false;
    auto document = read_document(pack, today, entry.id_scheme, entry.id_number);
    return document && document->age_years;
}

Result<BirthDateShown> birth_date_page(const Reading& reading, const PersonPages& pages,
                                       PersonId id) {
    auto person = id ? reading.load<PersonFigure>(id) : std::nullopt;
    bool own = own_birth_date(reading.caller, id);
    bool staff = person && reading.caller.may(correcting, access_of(*person));
    if (!person || (!own && !staff)) return refuse(hezhi::refusals::not_found);
    BirthDateShown shown;
    shown.person_id = id;
    if (person->erased) return shown;
    shown.from_document =
        document_tells(reading.db, *reading.pack()->pack, day_of(reading.now), pages.people, id);
    bool hidden = !own && person->address_sealed && !sees_sealed(reading.caller, person->keeper);
    auto told = pages.people.read_text(reading.db, id.value, text_birth_date);
    if (told && !hidden) shown.birth_date = own ? *told : told->substr(0, 4) + "-**-**";
    // Staff do not correct their own entry.
    bool corrects = own || !ones_own(reading.caller, id);
    if (corrects && !shown.from_document) shown.actions.emplace_back("correct_birth_date");
    return shown;
}

}  // namespace

Result<Day> read_birth_date(std::string_view text, Day today) {
    auto day = parse_day(text);
    if (!day || today < *day || age_on_day(*day, today) > living_years_max) {
        return refuse(hezhi::refusals::invalid_input, {"/birth_date", "出生日期，如 1980-02-29",
                                                       "a birth date such as 1980-02-29"});
    }
    return *day;
}

std::optional<std::int32_t> told_age(store::Session& db, Day today, const Register& people,
                                     PersonId id) {
    auto told = people.read_text(db, id.value, text_birth_date);
    auto born = told ? parse_day(*told) : std::nullopt;
    return born ? std::optional(age_on_day(*born, today)) : std::nullopt;
}

Result<std::int64_t> correct_birth_date(journal::Turn& turn, const api::Caller& caller,
                                        const Register& people, PersonId id,
                                        const CorrectBirthDate& input) {
    bool own = own_birth_date(caller, id);
    const PersonState* person = id ? turn.load<PersonFigure>(id) : nullptr;
    if (!own) {
        auto found = load_person(turn, caller, id, correcting);
        if (!found) return std::unexpected(found.error());
        person = *found;
        if (ones_own(caller, id)) return refuse(refusals::birth_date_by_staff);
    }
    if (!person) return refuse(hezhi::refusals::not_found);
    if (person->erased) return refuse(refusals::person_erased);
    const rules::Pack& pack = *turn.pack()->pack;
    Day today = day_of(turn.now());
    if (document_tells(turn.db(), pack, today, people, id)) {
        return refuse(refusals::birth_date_from_document);
    }
    auto born = read_birth_date(input.birth_date, today);
    if (!born) return std::unexpected(born.error());
    std::int32_t age = age_on_day(*born, today);
    // Nobody makes themselves an adult or old enough for time of the pool: others look at it. Of
    // whose age nothing is known is taken for just an adult.
    auto known = told_age(turn.db(), today, people, id);
    if (!known) known = person->age_years;
    std::int32_t before = known.value_or(pack.dispatch.adult_from_years);
    bool of_minor =
        is_minor(pack, *person) || std::min(before, age) < pack.dispatch.adult_from_years;
    if (own && (of_minor || crosses_an_age(pack, before, age))) {
        return refuse(refusals::birth_date_by_staff);
    }
    if (!own && text_of(input.reason).empty()) {
        return refuse(hezhi::refusals::invalid_input, {"/reason", "理由", "a reason"});
    }
    Place place = person->area ? Place{person->area, person->area_path} : Place{};
    std::int64_t position = turn.next_position();
    people.write_text(turn.db(), position, text_reason, text_of(input.reason));
    people.write_birth_date(turn.db(), id, *born);
    turn.append(draft(BirthDateCorrected{age}, caller.actor(correcting), std::move(place),
                      {{"person", id.value}}, turn.now()));
    return id.value;
}

api::Routes birth_date_routes(const PersonPages& pages) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&pages](const Reading& r, std::int64_t id) {
        return birth_date_page(r, pages, PersonId(id));
    };
    return {
        api::reads<api::Nothing, BirthDateShown>(
            {Method::get, "/people/{id}/birth-date", "show_birth_date", correcting, everyone},
            [render](const Reading& r, const api::Nothing&) { return render(r, r.id()); }),
        api::writes<CorrectBirthDate, BirthDateShown>(
            {Method::post, "/people/{id}/birth-date", "correct_birth_date", correcting, everyone},
            [&pages](const api::Writing& w, const CorrectBirthDate& input) {
                return correct_birth_date(w.turn, w.caller, pages.people, PersonId(w.id()), input);
            },
            render),
    };
}

}  // namespace hezhi::people
