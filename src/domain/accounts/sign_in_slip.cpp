// The sign-in slip (登录单): a paper with a code for people who have no user name.
#include "domain/accounts/sign_in_slip.h"
#include "domain/accounts/credentials.h"
#include "domain/accounts/open_account.h"
#include "domain/accounts/queries.h"

namespace hezhi::accounts {
namespace {

// 50 bits; guessed against the rate limit by address and a PIN.
constexpr int code_characters = 10;

// Invariant 4: whoever prints a slip could use it, so it opens nothing but the volunteer's or the
// resident's own account, whatever else this person may do.
std::string_view slip_role(const people::PersonState& person) {
    return person.volunteer ? "volunteer" : "resident";
}

bool holds_role(journal::Turn& turn, AccountId account, std::string_view role) {
    bool holds = false;
    turn.db().each(queries::grants_of, {{"account", account}}, [&](const store::Row& row) {
        auto grant = journal::read_state<GrantFigure>(turn.tables(), row);
        holds = holds || (grant.state == GrantStep::granted && grant.role == role);
    });
    return holds;
}

AccountId open_slip_account(journal::Turn& turn, const Actor& actor, const Place& place,
                            PersonId person) {
    AccountId account = append_account(turn, actor, place, person);
    turn.db().write(queries::insert_credential, {{"account", account},
                                                 {"username", std::optional<std::string>()},
                                                 {"password_hash", std::optional<std::string>()},
                                                 {"must_change", 0}});
    return account;
}

Result<std::int64_t> issue(journal::Turn& turn, const Actor& actor, const AccountDesk& desk,
                           const people::PersonState& person, std::string_view pin_hash) {
    PersonId person_id = person.id;  // appending moves the state
    std::string_view role = slip_role(person);
    Place place = person.area ? Place{person.area, person.area_path} : Place{};
    AccountId account = find_slip_account(turn, person_id);
    bool held = account && holds_role(turn, account, role);
    if (!account) account = open_slip_account(turn, actor, place, person_id);
    // A resident who became a volunteer since her last slip keeps what she had.
    if (!held) append_confirmation(turn, actor, append_grant(turn, actor, place, account, role));
    Instant expires_at = turn.now() + slip_first_use_within(*turn.pack()->pack);
    std::int64_t slip =
        turn.append(draft(SignInSlipIssued{account, expires_at}, actor, place,
                          {{"account", account.value}, {"person", person_id.value}}, turn.now()));
    std::string code = sign_in_code(desk.suite, slip);
    turn.db().write(queries::set_slip, {{"account", account},
                                        {"slip_index", slip_index(desk.suite, code)},
                                        {"slip_expires_at", expires_at}});
    if (!pin_hash.empty()) {
        turn.db().write(queries::set_pin, {{"account", account}, {"pin_hash", pin_hash}});
    }
    turn.db().write(queries::delete_sessions_of, {{"account", account}});
    return slip;
}

}  // namespace

AccountId find_slip_account(journal::Turn& turn, PersonId person) {
    auto row = turn.db().row(queries::slip_account, {{"person", person}});
    return row ? row->id<AccountId>("id") : AccountId();
}

std::string sign_in_code(const crypto::Suite& suite, std::int64_t slip) {
    return suite.link_code("sign-in slip", slip, code_characters);
}

std::string slip_index(const crypto::Suite& suite, std::string_view code) {
    return suite.code_index("sign-in slip", code);
}

Result<std::int64_t> issue_sign_in_slip(journal::Turn& turn, const api::Caller& caller,
                                        const AccountDesk& desk, PersonId id) {
    auto person = people::load_person(turn, caller, id, "sign_in_slip.issue");
    if (!person) return std::unexpected(person.error());
    return issue(turn, caller.actor("sign_in_slip.issue"), desk, **person, {});
}

Result<std::int64_t> issue_slip_by_command(journal::Turn& turn, const AccountDesk& desk,
                                           PersonId id, std::string_view pin_hash) {
    return issue_slip(turn, {.via = Via::command}, desk, id, pin_hash);
}

Result<std::int64_t> issue_slip(journal::Turn& turn, const Actor& actor, const AccountDesk& desk,
                                PersonId id, std::string_view pin_hash) {
    const auto* person = id ? turn.load<people::PersonFigure>(id) : nullptr;
    if (!person) return refuse(hezhi::refusals::not_found);
    return issue(turn, actor, desk, *person, pin_hash);
}

}  // namespace hezhi::accounts
