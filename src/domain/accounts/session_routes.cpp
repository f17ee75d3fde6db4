// One's own session: who am I, sign out, another password.
#include "crypto/token.h"
#include "domain/accounts/account_pages.h"
#include "domain/accounts/credentials.h"
#include "domain/accounts/open_account_route.h"
#include "domain/accounts/queries.h"
#include "domain/accounts/reset_password_route.h"
#include "domain/accounts/security_log.h"
#include "domain/accounts/sign_in.h"

namespace hezhi::accounts {
namespace {

using crypto::PasswordVerdict;

struct ChangePassword {
    Text<1, 200> old_password;
    Text<10, 128> new_password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (old_password, new_password))

http::Response nothing() {
    http::Response response;
    response.status = 204;
    return response;
}

void sign_out(const SignIn& sign_in, ExchangePtr exchange) {
    std::string token = crypto::stored_form(exchange->request.cookie(session_cookie));
    auto run = [&sign_in, exchange, token](journal::Turn& turn) {
        auto session = turn.db().row(queries::session, {{"token", token}});
        if (!session) return false;
        auto account = session->id<AccountId>("account");
        auto credential = find_credential(turn.db(), account);
        turn.db().write(queries::delete_session, {{"token", token}});
        write_log(turn, sign_in.desk,
                  {LogEvent::sign_out, LogOutcome::done, account,
                   credential ? credential->username.value_or("") : "",
                   exchange->request.remote_address});
        return true;
    };
    write_then_answer(sign_in, exchange, std::move(run), [&sign_in, exchange] {
        sign_in.sessions.forget();
        auto response = nothing();
        response.headers.emplace_back("Set-Cookie",
                                      cookie_of(exchange->request, "", SessionKind::office));
        return response;
    });
}

// One change of a password on its way through the pool and the turn.
struct Change {
    AccountId account;
    std::string verified;  // the hash that the old password was held against
    std::string hash;      // of the new one; empty if the old one was wrong
    std::string token;     // of the session that stays
    std::optional<Refusal> refusal;
};
using ChangePtr = std::shared_ptr<Change>;

bool settle(journal::Turn& turn, const AccountDesk& desk, Change& change,
            const std::string& address) {
    change.refusal.reset();
    auto credential = find_credential(turn.db(), change.account);
    HEZHI_ASSERT(credential.has_value());
    LogOutcome outcome = LogOutcome::done;
    if (turn.now() < credential->locked_until) {
        outcome = LogOutcome::locked;
    } else if (change.hash.empty() || credential->password_hash != change.verified) {
        outcome = LogOutcome::wrong;
        note_failure(turn, *credential);
    } else {
        note_success(turn.db(), *credential);
        turn.db().write(queries::choose_password,
                        {{"account", change.account}, {"password_hash", change.hash}});
        turn.db().write(queries::delete_other_sessions,
                        {{"account", change.account}, {"token", change.token}});
    }
    if (outcome != LogOutcome::done) change.refusal.emplace(refusals::old_password_wrong);
    write_log(turn, desk,
              {LogEvent::password_change, outcome, change.account,
               credential->username.value_or(""), address});
    return true;
}

void finish(const SignIn& sign_in, ExchangePtr exchange, ChangePtr change) {
    auto run = [&sign_in, exchange, change](journal::Turn& turn) {
        return settle(turn, sign_in.desk, *change, exchange->request.remote_address);
    };
    write_then_answer(sign_in, exchange, std::move(run), [&sign_in, exchange, change] {
        if (change->refusal) return problem_for(*exchange, *change->refusal);
        sign_in.sessions.forget();
        return nothing();
    });
}

void hash_and_finish(const SignIn& sign_in, ExchangePtr exchange, ChangePtr change,
                     std::string password) {
    auto taken = sign_in.passwords.hash(std::move(password),
                                        [&sign_in, exchange, change](Result<std::string> hashed) {
                                            if (!hashed)
                                                return send_problem(*exchange, hashed.error());
                                            change->hash = std::move(*hashed);
                                            finish(sign_in, exchange, change);
                                        });
    if (!taken) send_problem(*exchange, taken.error());
}

void change_password(const SignIn& sign_in, ExchangePtr exchange) {
    auto input = read_body<ChangePassword>(*exchange);
    if (!input || !may_try(sign_in, *exchange)) return;
    if (input->old_password.value == input->new_password.value) {
        return send_problem(*exchange,
                            Refusal(hezhi::refusals::invalid_input,
                                    {{"/new_password", "与原密码不同的密码", "another password"}}));
    }
    auto change = std::make_shared<Change>();
    change->account = exchange->caller->account;
    change->token = crypto::stored_form(exchange->request.cookie(session_cookie));
    {
        auto db = sign_in.ledger.read();
        auto credential = find_credential(*db, change->account);
        if (!credential || !credential->password_hash) {
            return send_problem(*exchange, refusals::no_password);
        }
        change->verified = *credential->password_hash;
    }
    auto done = [&sign_in, exchange, change, password = std::move(input->new_password.value)](
                    Result<PasswordVerdict> verdict) mutable {
        if (!verdict) return send_problem(*exchange, verdict.error());
        if (*verdict == PasswordVerdict::wrong) return finish(sign_in, exchange, change);
        hash_and_finish(sign_in, exchange, change, std::move(password));
    };
    auto taken = sign_in.passwords.verify(change->verified, std::move(input->old_password.value),
                                          std::move(done));
    if (!taken) send_problem(*exchange, taken.error());
}

}  // namespace

api::Routes session_routes(SignIn& sign_in) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    return {
        api::raw(
            {Method::post, "/sessions", "sign_in", api::nobody_signed_in, everyone},
            [&sign_in](ExchangePtr exchange) { sign_in_by_password(sign_in, exchange); },
            &shape_of<PasswordSignIn>(), &shape_of<Session>()),
        api::raw(
            {Method::post, "/slip-sessions", "sign_in_by_slip", api::nobody_signed_in, everyone},
            [&sign_in](ExchangePtr exchange) { sign_in_by_slip(sign_in, exchange); },
            &shape_of<SlipSignIn>(), &shape_of<Session>()),
        api::reads<api::Nothing, Session>(
            {Method::get, "/session", "show_session", api::anyone_signed_in, everyone},
            [&sign_in](const api::Reading& r, const api::Nothing&) -> Result<Session> {
                return show_session(r.db, sign_in.desk, r.caller, r.pack());
            }),
        api::raw({Method::delete_, "/session", "sign_out", api::nobody_signed_in, everyone},
                 [&sign_in](ExchangePtr exchange) { sign_out(sign_in, exchange); }),
        api::raw(
            {Method::put, "/session/password", "change_password", api::anyone_signed_in, everyone},
            [&sign_in](ExchangePtr exchange) { change_password(sign_in, exchange); },
            &shape_of<ChangePassword>()),
        open_account_route(sign_in),
        reset_password_route(sign_in),
    };
}

}  // namespace hezhi::accounts
