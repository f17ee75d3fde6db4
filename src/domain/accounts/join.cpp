// Joining without an account, and the end of one: what people (人员) knows together with how they
// sign in.
#include "api/idempotency.h"
#include "domain/accounts/credentials.h"
#include "domain/accounts/exchanges.h"
#include "domain/accounts/queries.h"
#include "domain/accounts/sign_in_slip.h"

namespace hezhi::accounts {
namespace {

const Actor by_link{.via = Via::link};

// What whoever joined signs in with; the PIN is chosen at the first sign-in. A minor gets it once
// the guardian has consented.
struct Joined {
    std::optional<std::string> code;
    bool guardian_asked = false;
};
BOOST_DESCRIBE_STRUCT(Joined, (), (code, guardian_asked))

// That somebody at a desk will look into it; the number is what they ask by.
struct Noted {
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Noted, (), (number))

struct EraseReason {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(EraseReason, (), (reason))

template <class Input>
struct Visit {
    Input input;
    api::IdempotencyKey key;
    std::int64_t subject = 0;
    std::optional<Refusal> refusal;
};

// A write by somebody without an account: limited by address, done once for one key. The body holds
// a document number, so what is kept of it is keyed, not a mere hash.
template <class Input>
void write_as_visitor(const SignIn& sign_in, ExchangePtr exchange,
                      std::function<Result<std::int64_t>(journal::Turn&, const Input&)> run,
                      std::function<std::string(std::int64_t)> show) {
    auto input = read_body<Input>(*exchange);
    if (!input || !may_try(sign_in, *exchange)) return;
    auto asked = std::make_shared<Visit<Input>>();
    asked->input = std::move(*input);
    asked->key = {"visitor", std::string(exchange->request.header("idempotency-key")),
                  sign_in.desk.suite.blind_index(
                      "visit", exchange->request.path + "\n" + exchange->request.body)};
    if (asked->key.key.size() > api::idempotency_key_bytes_max) asked->key.key.clear();
    auto in_turn = [asked, run = std::move(run)](journal::Turn& turn) {
        asked->refusal.reset();
        bool keyed = !asked->key.key.empty();
        if (keyed) {
            auto known = api::find_key(turn, asked->key);
            if (!known) return asked->refusal = known.error(), false;
            if (*known) return asked->subject = **known, false;
        }
        auto subject = run(turn, asked->input);
        if (!subject) return asked->refusal = subject.error(), false;
        asked->subject = *subject;
        if (keyed) api::note_key(turn, asked->key, *subject);
        return turn.wrote();
    };
    write_then_answer(sign_in, exchange, in_turn, [exchange, asked, show = std::move(show)] {
        if (asked->refusal) return problem_for(*exchange, *asked->refusal);
        return json_response(show(asked->subject));
    });
}

}  // namespace

Result<std::int64_t> claim_registration(journal::Turn& turn, const AccountDesk& desk,
                                        const people::ClaimRegistration& input) {
    auto person = people::find_claimed(turn, desk.people, input);
    if (!person) return std::unexpected(person.error());
    // Name, phone and document can be known to others; they open what nobody has opened, never
    // somebody's account.
    if (AccountId account = find_slip_account(turn, *person)) {
        auto credential = find_credential(turn.db(), account);
        if (credential && credential->pin_hash) return refuse(people::refusals::claim_not_proven);
    }
    const auto* state = turn.load<people::PersonFigure>(*person);
    HEZHI_ASSERT(state != nullptr);
    if (!state->volunteer) return refuse(people::refusals::claim_not_proven);
    Place place = state->area ? Place{state->area, state->area_path} : Place{};
    turn.append(draft(RegistrationClaimed{}, by_link, std::move(place), {{"person", person->value}},
                      turn.now()));
    return issue_slip(turn, by_link, desk, *person, {});
}

namespace {

void close_accounts(journal::Turn& turn, const Actor& actor, PersonId id) {
    std::vector<AccountId> open;
    turn.db().each(queries::accounts_of_person, {{"person", id}},
                   [&](const store::Row& row) { open.push_back(row.id<AccountId>("id")); });
    for (AccountId account : open) {
        turn.append(draft(AccountClosed{}, actor, {},
                          {{"account", account.value}, {"person", id.value}}, turn.now()));
        turn.db().write(queries::delete_sessions_of, {{"account", account}});
        turn.db().write(queries::delete_credential, {{"account", account}});
    }
}

}  // namespace

Result<std::int64_t> erase_person(journal::Turn& turn, const api::Caller& caller,
                                  const AccountDesk& desk, PersonId id, std::string_view reason) {
    auto erased = people::erase_person(turn, caller, desk.people, id, reason);
    if (erased) close_accounts(turn, caller.actor("person.erase"), id);
    return erased;
}

Result<std::int64_t> erase_person_again(journal::Turn& turn, const AccountDesk& desk, PersonId id) {
    auto erased = people::erase_person_again(turn, desk.people, id);
    if (erased) close_accounts(turn, {.via = Via::command}, id);
    return erased;
}

api::Routes join_routes(SignIn& sign_in) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto code = [&sign_in](std::int64_t slip) {
        if (slip < 0) return to_json(Joined{{}, true});
        return to_json(Joined{sign_in_code(sign_in.desk.suite, slip)});
    };
    return {
        api::raw(
            {Method::post, "/volunteers", "register_volunteer", api::nobody_signed_in, everyone},
            [&sign_in, code](ExchangePtr exchange) {
                write_as_visitor<people::RegisterVolunteer>(
                    sign_in, std::move(exchange),
                    [&sign_in](journal::Turn& turn,
                               const people::RegisterVolunteer& input) -> Result<std::int64_t> {
                        auto id = people::register_volunteer(turn, sign_in.desk.people, input);
                        if (!id) return id;
                        // Known by the sign when it is asked again: a minor has no slip yet.
                        if (!people::may_serve(turn, PersonId(*id))) return -*id;
                        return issue_slip(turn, by_link, sign_in.desk, PersonId(*id), {});
                    },
                    code);
            },
            &shape_of<people::RegisterVolunteer>(), &shape_of<Joined>()),
        api::raw(
            {Method::post, "/claims", "claim_registration", api::nobody_signed_in, everyone},
            [&sign_in, code](ExchangePtr exchange) {
                write_as_visitor<people::ClaimRegistration>(
                    sign_in, std::move(exchange),
                    [&sign_in](journal::Turn& turn, const people::ClaimRegistration& input) {
                        return claim_registration(turn, sign_in.desk, input);
                    },
                    code);
            },
            &shape_of<people::ClaimRegistration>(), &shape_of<Joined>()),
        api::raw(
            {Method::post, "/disputes", "dispute_registration", api::nobody_signed_in, everyone},
            [&sign_in](ExchangePtr exchange) {
                write_as_visitor<people::ClaimRegistration>(
                    sign_in, std::move(exchange),
                    [&sign_in](journal::Turn& turn, const people::ClaimRegistration& input) {
                        return people::dispute_registration(turn, sign_in.desk.people, input);
                    },
                    [](std::int64_t id) { return to_json(Noted{id}); });
            },
            &shape_of<people::ClaimRegistration>(), &shape_of<Noted>()),
        api::writes<EraseReason, api::Nothing>(
            {Method::post, "/people/{id}/erasure", "erase_person", "person.erase"},
            [&sign_in](const api::Writing& w, const EraseReason& input) {
                return erase_person(w.turn, w.caller, sign_in.desk, PersonId(w.id()), input.reason);
            },
            [](const api::Reading&, std::int64_t) -> Result<api::Nothing> {
                return api::Nothing{};
            }),
    };
}

}  // namespace hezhi::accounts
