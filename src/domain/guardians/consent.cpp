// 监护人同意, 不同意, 撤回, 照片, 这次不参加: by the holder of the link.
#include <charconv>

#include "crypto/typed_code.h"
#include "domain/guardians/guardians.h"
#include "domain/guardians/queries.h"

namespace hezhi::guardians {
namespace {

using people::ConsentFigure;
using people::ConsentState;
using people::ConsentStep;

// 80 bits: not to be guessed through the public listener's rate limit.
constexpr int guardian_token_characters = 16;
const Actor guardian{.via = Via::link};

struct Child {
    ConsentState consent;
    people::PersonState person;
};

Place place_of(const Child& child) {
    return child.person.area ? Place{child.person.area, child.person.area_path} : Place{};
}

Subjects about(const Child& child) {
    return {{"person", child.person.id.value}};
}

// The child of a link that holds: a later one ends it, and so does coming of age.
Result<Child> child_of(journal::Turn& turn, std::int64_t link) {
    auto row = link > 0 ? turn.db().row(queries::consent_of_link, {{"link", link}}) : std::nullopt;
    if (!row) return refuse(hezhi::refusals::not_found);
    auto id = row->id<PersonId>("id");
    Child child{*turn.load<ConsentFigure>(id), *turn.load<people::PersonFigure>(id)};
    if (child.person.erased) return refuse(hezhi::refusals::not_found);
    std::int32_t adult = turn.pack()->pack->dispatch.adult_from_years;
    if (child.person.age_years.value_or(0) >= adult) return refuse(refusals::of_age);
    return child;
}

template <class P>
void append(journal::Turn& turn, const Child& child, const P& payload) {
    turn.append(draft(payload, guardian, place_of(child), about(child), turn.now()));
}

// Neither a punishment nor a mark follows: what was served stays, and the way back is open.
void end_service(journal::Turn& turn, const Child& child) {
    PersonId id = child.person.id;
    activities::end_seats(turn, guardian, id);
    orders::end_offers(turn, guardian, id);
    if (child.person.volunteer) append(turn, child, VolunteerLeft{});
}

}  // namespace

std::string guardian_token(const crypto::Suite& suite, std::int64_t link) {
    return std::to_string(link) + "-" +
           suite.link_code("guardian link", link, guardian_token_characters);
}

std::int64_t link_of_token(const crypto::Suite& suite, std::string_view token) {
    auto dash = token.find('-');
    if (dash == std::string_view::npos) return 0;
    std::int64_t link = 0;
    auto [end, error] = std::from_chars(token.data(), token.data() + dash, link);
    if (error != std::errc{} || end != token.data() + dash || link <= 0) return 0;
    std::string expected = suite.link_code("guardian link", link, guardian_token_characters);
    return crypto::code_matches(token.substr(dash + 1), expected) ? link : 0;
}

Result<std::int64_t> ask_guardian(journal::Turn& turn, const api::Caller& caller, PersonId id) {
    auto person = people::load_person(turn, caller, id, "guardian.ask");
    if (!person) return std::unexpected(person.error());
    if ((*person)->erased) return refuse(people::refusals::person_erased);
    const rules::Pack& pack = *turn.pack()->pack;
    if (!people::is_minor(pack, **person)) return refuse(people::refusals::not_a_minor);
    if (*(*person)->age_years < pack.joining.consent_from_years) {
        return refuse(people::refusals::too_young_to_volunteer);
    }
    people::append_guardian_asked(turn, caller.actor("guardian.ask"), id);
    return id.value;
}

Result<std::int64_t> give_consent(journal::Turn& turn, const GuardianDesk& desk, std::int64_t link,
                                  const GiveConsent& input) {
    auto child = child_of(turn, link);
    if (!child) return std::unexpected(child.error());
    if (child->consent.state == ConsentStep::given) return refuse(refusals::consent_given_already);
    const rules::PublishedPack* pack = turn.pack();
    const rules::JoiningRules& rules = pack->pack->joining;
    PersonId id = child->person.id;
    std::int32_t age = people::age_today(turn, desk.people, id).value_or(0);
    if (age >= pack->pack->dispatch.adult_from_years) return refuse(refusals::of_age);
    if (age < rules.consent_from_years) return refuse(people::refusals::too_young_to_volunteer);
    if (age < rules.sensitive_below_years && !input.sensitive) {
        return refuse(refusals::sensitive_consent_missing,
                      {"/sensitive", "单独同意", "a separate yes"});
    }
    if (age < rules.accompanied_below_years && !input.accompanies) {
        return refuse(refusals::accompaniment_missing,
                      {"/accompanies", "成年人陪同", "an adult who comes along"});
    }
    append(turn, *child,
           ConsentGiven{input.relation, input.photos, input.sensitive, input.accompanies, age,
                        pack->hash});
    if (!child->person.volunteer) append(turn, *child, VolunteerRegistered{});
    organizations::join_agreed(turn, guardian, id);
    return id.value;
}

Result<std::int64_t> refuse_consent(journal::Turn& turn, std::int64_t link) {
    auto child = child_of(turn, link);
    if (!child) return std::unexpected(child.error());
    if (child->consent.state == ConsentStep::given) return refuse(refusals::consent_given_already);
    if (child->consent.state != ConsentStep::refused) {
        append(turn, *child, ConsentRefused{});
        // Also of whoever was registered before guardians were asked.
        end_service(turn, *child);
    }
    return child->person.id.value;
}

Result<std::int64_t> withdraw_consent(journal::Turn& turn, std::int64_t link) {
    auto child = child_of(turn, link);
    if (!child) return std::unexpected(child.error());
    if (child->consent.state != ConsentStep::given) return refuse(refusals::consent_not_given);
    append(turn, *child, ConsentWithdrawn{});
    end_service(turn, *child);
    return child->person.id.value;
}

Result<std::int64_t> decide_photos(journal::Turn& turn, std::int64_t link, bool allowed) {
    auto child = child_of(turn, link);
    if (!child) return std::unexpected(child.error());
    if (child->consent.state != ConsentStep::given) return refuse(refusals::consent_not_given);
    if (child->consent.photos != allowed) append(turn, *child, PhotosDecided{allowed});
    return child->person.id.value;
}

Result<std::int64_t> recall_child(journal::Turn& turn, std::int64_t link,
                                  const RecallChild& input) {
    auto child = child_of(turn, link);
    if (!child) return std::unexpected(child.error());
    PersonId id = child->person.id;
    std::int64_t ended = 0;
    if (input.shift_id) ended += activities::end_seats(turn, guardian, id, *input.shift_id);
    if (input.order_id) ended += orders::end_offers(turn, guardian, id, *input.order_id);
    if (ended == 0) return refuse(refusals::nothing_to_recall);
    return id.value;
}

}  // namespace hezhi::guardians
