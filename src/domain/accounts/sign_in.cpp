#include "domain/accounts/sign_in.h"

#include <algorithm>

#include "crypto/token.h"
#include "crypto/typed_code.h"
#include "domain/accounts/account_pages.h"
#include "domain/accounts/credentials.h"
#include "domain/accounts/queries.h"
#include "domain/accounts/second_factor.h"
#include "domain/accounts/security_log.h"
#include "domain/accounts/sign_in_slip.h"

namespace hezhi::accounts {
namespace {

using crypto::PasswordVerdict;

constexpr std::size_t pin_digits = 6;

// One attempt on its way from the look-up to the answer.
struct Attempt {
    LogEvent event = LogEvent::sign_in;
    std::string username;  // as typed, if it is no known one
    AccountId account;     // none if unknown
    // Invariant 1: if it is another one in the turn, the attempt counts as wrong.
    std::optional<std::string> verified;
    std::optional<std::string> slip_index;
    std::string code;  // of the second factor
    bool right = false;
    std::string rehashed;  // the password or PIN at today's cost, or the first PIN; may be empty

    // Decided in the turn:
    LogOutcome outcome = LogOutcome::wrong;
    crypto::Token token;
    SessionKind kind = SessionKind::office;
    Millis lasts{};  // the session
};
using AttemptPtr = std::shared_ptr<Attempt>;

// What the account verifies against in this kind of attempt; absent before the first PIN.
const std::optional<std::string>& secret_of(const Attempt& attempt, const Credential& credential) {
    return attempt.event == LogEvent::sign_in ? credential.password_hash : credential.pin_hash;
}

// The password was right. A missing code is no failure; a wrong one counts like a wrong password.
LogOutcome judge_second_factor(journal::Turn& turn, const AccountDesk& desk,
                               const Attempt& attempt) {
    bool asked =
        attempt.event == LogEvent::sign_in && has_second_factor(turn.db(), attempt.account);
    if (!asked) return LogOutcome::done;
    if (attempt.code.empty()) return LogOutcome::code_needed;
    bool right = use_second_code(turn, desk, attempt.account, attempt.code);
    return right ? LogOutcome::done : LogOutcome::code_wrong;
}

LogOutcome judge(journal::Turn& turn, const AccountDesk& desk, const Attempt& attempt,
                 const std::optional<Credential>& credential) {
    if (!credential) return LogOutcome::unknown;
    const auto* account = turn.load<AccountFigure>(credential->account);
    HEZHI_ASSERT(account != nullptr);
    bool by_slip = attempt.event == LogEvent::slip_sign_in;
    if (turn.now() < credential->locked_until) return LogOutcome::locked;
    if (by_slip && credential->slip_index != attempt.slip_index) return LogOutcome::unknown;
    bool first_use = by_slip && !credential->pin_hash;
    if (first_use && turn.now() >= credential->slip_expires_at) return LogOutcome::expired;
    if (!attempt.right || secret_of(attempt, *credential) != attempt.verified) {
        return LogOutcome::wrong;
    }
    return account->closed ? LogOutcome::closed : judge_second_factor(turn, desk, attempt);
}

SessionKind kind_of(const api::Caller& caller) {
    bool phone_only = std::ranges::all_of(caller.roles, [](const api::RoleAt& role) {
        const RoleRow* row = find_role(role.role);
        return row && row->session == SessionKind::phone;
    });
    return phone_only && !caller.roles.empty() ? SessionKind::phone : SessionKind::office;
}

void open_session(journal::Turn& turn, const AccountDesk& desk, Attempt& attempt) {
    auto caller = load_caller(turn.db(), turn.tables(), attempt.account);
    HEZHI_ASSERT(caller != nullptr);
    attempt.kind = kind_of(*caller);
    attempt.lasts = session_limits(attempt.kind, *turn.pack()->pack).whole;
    attempt.token = crypto::make_token(desk.random);
    turn.db().write(queries::insert_session, {{"token", attempt.token.stored},
                                              {"account", attempt.account},
                                              {"kind", label_of(attempt.kind)},
                                              {"now", turn.now()},
                                              {"ends_at", turn.now() + attempt.lasts}});
}

// In the turn: judges, counts, opens the session, writes the log. Always writes.
bool settle(journal::Turn& turn, const AccountDesk& desk, Attempt& attempt) {
    std::optional<Credential> credential;
    if (attempt.account) credential = find_credential(turn.db(), attempt.account);
    attempt.outcome = judge(turn, desk, attempt, credential);
    if (attempt.outcome == LogOutcome::done) {
        note_success(turn.db(), *credential);
        if (!attempt.rehashed.empty()) {
            bool password = attempt.event == LogEvent::sign_in;
            turn.db().write(password ? queries::set_password : queries::set_pin,
                            {{"account", attempt.account},
                             {password ? "password_hash" : "pin_hash", attempt.rehashed}});
        }
        open_session(turn, desk, attempt);
    } else if (attempt.outcome == LogOutcome::wrong || attempt.outcome == LogOutcome::code_wrong) {
        note_failure(turn, *credential);
    }
    return true;
}

http::Response answer(const SignIn& sign_in, const api::Exchange& exchange,
                      const Attempt& attempt) {
    if (attempt.outcome != LogOutcome::done) {
        if (attempt.outcome == LogOutcome::code_needed) {
            return problem_for(exchange, refusals::second_factor_needed);
        }
        if (attempt.outcome == LogOutcome::code_wrong) {
            return problem_for(exchange, refusals::second_factor_wrong);
        }
        // Invariant 5: nobody learns which names and codes exist.
        return problem_for(exchange, attempt.event == LogEvent::sign_in
                                         ? refusals::sign_in_failed
                                         : refusals::slip_sign_in_failed);
    }
    auto db = sign_in.ledger.read();
    auto caller = load_caller(*db, sign_in.ledger.tables(), attempt.account,
                              sign_in.desk.second_factor_roles);
    if (!caller) return problem_for(exchange, refusals::sign_in_failed);
    auto packs = sign_in.ledger.packs();
    const auto* pack = packs->in_force(sign_in.ledger.clock().now());
    auto response = json_response(to_json(show_session(*db, sign_in.desk, *caller, pack)));
    response.headers.emplace_back("Set-Cookie", cookie_of(exchange.request, attempt.token.clear,
                                                          attempt.kind, attempt.lasts));
    return response;
}

void finish(const SignIn& sign_in, ExchangePtr exchange, AttemptPtr attempt) {
    auto run = [&sign_in, exchange, attempt](journal::Turn& turn) {
        bool wrote = settle(turn, sign_in.desk, *attempt);
        write_log(turn, sign_in.desk,
                  {attempt->event, attempt->outcome, attempt->account, attempt->username,
                   exchange->request.remote_address});
        return wrote;
    };
    write_then_answer(sign_in, exchange, std::move(run), [&sign_in, exchange, attempt] {
        return answer(sign_in, *exchange, *attempt);
    });
}

// Hashes `secret` at today's cost, then finishes.
void hash_and_finish(const SignIn& sign_in, ExchangePtr exchange, AttemptPtr attempt,
                     std::string secret) {
    auto taken = sign_in.passwords.hash(std::move(secret),
                                        [&sign_in, exchange, attempt](Result<std::string> hashed) {
                                            if (!hashed)
                                                return send_problem(*exchange, hashed.error());
                                            attempt->rehashed = std::move(*hashed);
                                            finish(sign_in, exchange, attempt);
                                        });
    if (!taken) send_problem(*exchange, taken.error());
}

void verify_and_finish(const SignIn& sign_in, ExchangePtr exchange, AttemptPtr attempt,
                       std::string secret) {
    std::string stored = attempt->verified.value_or(sign_in.nobody_hash);
    auto taken = sign_in.passwords.verify(
        std::move(stored), secret,
        [&sign_in, exchange, attempt, secret](Result<PasswordVerdict> verdict) mutable {
            if (!verdict) return send_problem(*exchange, verdict.error());
            attempt->right = attempt->account && *verdict != PasswordVerdict::wrong;
            bool rehash = attempt->right && *verdict == PasswordVerdict::right_but_rehash;
            if (rehash) {
                return hash_and_finish(sign_in, exchange, attempt, std::move(secret));
            }
            crypto::wipe(secret);
            finish(sign_in, exchange, attempt);
        });
    if (!taken) send_problem(*exchange, taken.error());
}

std::optional<std::string> clean_pin(std::string_view typed) {
    std::string pin = crypto::half_width(typed);
    bool digits = std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; });
    return digits && pin.size() == pin_digits ? std::optional(pin) : std::nullopt;
}

}  // namespace

std::string cookie_of(const http::Request& request, std::string_view token, SessionKind kind,
                      Millis lasts) {
    std::string cookie =
        std::string(session_cookie) + "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Lax";
    if (request.secure) cookie += "; Secure";
    // At a desk the cookie ends with the browser; on one's own phone it stays.
    auto seconds = std::chrono::duration_cast<std::chrono::seconds>(lasts);
    if (token.empty()) seconds = std::chrono::seconds(0);
    if (token.empty() || kind == SessionKind::phone) {
        cookie += "; Max-Age=" + std::to_string(seconds.count());
    }
    return cookie;
}

void sign_in_by_password(const SignIn& sign_in, ExchangePtr exchange) {
    auto input = read_body<PasswordSignIn>(*exchange);
    if (!input || !may_try(sign_in, *exchange)) return;
    auto attempt = std::make_shared<Attempt>();
    attempt->event = LogEvent::sign_in;
    attempt->username = input->username.value;
    if (input->code) attempt->code = input->code->value;
    if (auto username = normalise_username(input->username)) {
        auto db = sign_in.ledger.read();
        auto credential = find_by_username(*db, *username);
        if (credential && credential->password_hash) {
            attempt->account = credential->account;
            attempt->username = *username;
            attempt->verified = credential->password_hash;
        }
    }
    verify_and_finish(sign_in, std::move(exchange), attempt, std::move(input->password.value));
}

void sign_in_by_slip(const SignIn& sign_in, ExchangePtr exchange) {
    auto input = read_body<SlipSignIn>(*exchange);
    if (!input || !may_try(sign_in, *exchange)) return;
    auto pin = clean_pin(input->pin);
    if (!pin) {
        return send_problem(*exchange, Refusal(hezhi::refusals::invalid_input,
                                               {{"/pin", "6 位数字", "six digits"}}));
    }
    auto attempt = std::make_shared<Attempt>();
    attempt->event = LogEvent::slip_sign_in;
    bool first_use = false;
    if (auto code = crypto::clean_code(input->code)) {
        attempt->slip_index = slip_index(sign_in.desk.suite, *code);
        auto db = sign_in.ledger.read();
        if (auto credential = find_by_slip(*db, *attempt->slip_index)) {
            attempt->account = credential->account;
            attempt->verified = credential->pin_hash;
            first_use = !credential->pin_hash;
        }
    }
    if (!first_use) {
        return verify_and_finish(sign_in, std::move(exchange), attempt, std::move(*pin));
    }
    // Whoever holds the unused slip chooses the PIN.
    attempt->right = true;
    hash_and_finish(sign_in, std::move(exchange), attempt, std::move(*pin));
}

}  // namespace hezhi::accounts
