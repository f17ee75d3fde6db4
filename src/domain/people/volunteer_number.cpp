// 登记志愿者编号: the number in a register of volunteers outside this platform, which certificates
// show.
#include <regex>

#include "crypto/typed_code.h"
#include "domain/people/masking.h"
#include "domain/people/people.h"

namespace hezhi::people {
namespace {

using api::Reading;

constexpr std::string_view noting = "volunteer_number.note";

struct VolunteerNumber {
    PersonId person_id;
    std::string register_zh;
    std::string register_en;
    std::string says_zh;  // the clause
    std::string says_en;
    std::optional<std::string> number;  // masked, but for one's own
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(VolunteerNumber, (),
                      (person_id, register_zh, register_en, says_zh, says_en, number, actions))

bool is_own(const api::Caller& caller, PersonId id) {
    return caller.person && caller.person == id && caller.may(noting, {.owner = caller.account});
}

// As typed on any keyboard; whether it fits is the pack's to say.
Result<std::string> normalised_number(const rules::Pack& pack, std::string_view typed) {
    std::string number;
    for (char c : crypto::half_width(typed)) {
        if (c == ' ' || c == '-') continue;
        number.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    const std::string& pattern = pack.joining.volunteer_number_pattern;
    if (!std::regex_match(number, std::regex(pattern))) {
        return refuse(refusals::volunteer_number_malformed,
                      {"/number", "该系统的志愿者编号", "a number of that register"});
    }
    return number;
}

Result<VolunteerNumber> volunteer_number_page(const Reading& reading, const PersonPages& pages,
                                              PersonId id) {
    auto person = id ? reading.load<PersonFigure>(id) : std::nullopt;
    bool own = is_own(reading.caller, id);
    bool staff = person && reading.caller.may(noting, access_of(*person));
    if (!person || (!own && !staff)) return refuse(hezhi::refusals::not_found);
    const rules::JoiningRules& rules = reading.pack()->pack->joining;
    VolunteerNumber shown;
    shown.person_id = id;
    shown.register_zh = rules.volunteer_register.zh;
    shown.register_en = rules.volunteer_register.en;
    shown.says_zh = rules.volunteer_number_clause.says.zh;
    shown.says_en = rules.volunteer_number_clause.says.en;
    auto number = pages.people.read_text(reading.db, id.value, text_volunteer_number);
    if (number) shown.number = own ? *number : mask_id_number(*number);
    bool noted = !rules.volunteer_number_pattern.empty();
    if (noted && person->volunteer) shown.actions.emplace_back("note_volunteer_number");
    return shown;
}

}  // namespace

Result<std::int64_t> note_volunteer_number(journal::Turn& turn, const api::Caller& caller,
                                           const Register& people, PersonId id,
                                           const NoteVolunteerNumber& input) {
    const PersonState* person = id ? turn.load<PersonFigure>(id) : nullptr;
    if (!is_own(caller, id)) {
        auto found = load_person(turn, caller, id, noting);
        if (!found) return std::unexpected(found.error());
        person = *found;
    }
    if (!person) return refuse(hezhi::refusals::not_found);
    if (person->erased) return refuse(refusals::person_erased);
    const rules::Pack& pack = *turn.pack()->pack;
    bool noted = !pack.joining.volunteer_number_pattern.empty();
    if (!noted || !person->volunteer) return refuse(refusals::number_for_volunteers);
    auto number = normalised_number(pack, input.number.value);
    if (!number) return std::unexpected(number.error());
    Place place{person->area, person->area_path};
    people.write_text(turn.db(), id.value, text_volunteer_number, *number);
    turn.append(draft(VolunteerNumberNoted{}, caller.actor(noting), std::move(place),
                      {{"person", id.value}}, turn.now()));
    return id.value;
}

api::Routes volunteer_number_routes(const PersonPages& pages) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&pages](const Reading& r, std::int64_t id) {
        return volunteer_number_page(r, pages, PersonId(id));
    };
    return {
        api::reads<api::Nothing, VolunteerNumber>(
            {Method::get, "/people/{id}/volunteer-number", "show_volunteer_number", noting,
             everyone},
            [render](const Reading& r, const api::Nothing&) { return render(r, r.id()); }),
        api::writes<NoteVolunteerNumber, VolunteerNumber>(
            {Method::post, "/people/{id}/volunteer-number", "note_volunteer_number", noting,
             everyone},
            [&pages](const api::Writing& w, const NoteVolunteerNumber& input) {
                return note_volunteer_number(w.turn, w.caller, pages.people, PersonId(w.id()),
                                             input);
            },
            render),
    };
}

}  // namespace hezhi::people
