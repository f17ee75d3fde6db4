#include "domain/accounts/reset_password_route.h"

#include <charconv>

#include "domain/accounts/exchanges.h"
#include "domain/accounts/one_time_password.h"

namespace hezhi::accounts {
namespace {

struct OneTimePassword {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(OneTimePassword, (), (password))

struct Reset {
    AccountId account;
    api::IdempotencyKey key;
    std::string password;
    std::string hash;
    std::optional<Refusal> refusal;
};
using ResetPtr = std::shared_ptr<Reset>;

AccountId account_of(const api::Exchange& exchange) {
    const std::string& capture = exchange.captures.at(0);
    AccountId id;
    auto [end, error] = std::from_chars(capture.data(), capture.data() + capture.size(), id.value);
    bool whole = error == std::errc{} && end == capture.data() + capture.size();
    return whole ? id : AccountId();
}

bool reset_in_turn(journal::Turn& turn, const api::Exchange& exchange, Reset& reset) {
    reset.refusal.reset();
    auto known = api::find_key(turn, reset.key);
    if (!known) return reset.refusal = known.error(), false;
    if (*known) return false;
    auto done = reset_password(turn, *exchange.caller, reset.account, reset.hash);
    if (!done) return reset.refusal = done.error(), false;
    api::note_key(turn, reset.key, *done);
    return true;
}

void start(const SignIn& sign_in, ExchangePtr exchange) {
    AccountId account = account_of(*exchange);
    {
        auto db = sign_in.ledger.read();
        const auto& accounts = sign_in.ledger.tables().of(journal::figure<AccountFigure>());
        if (account.value <= 0 || !accounts.load(*db, account)) {
            return send_problem(*exchange, hezhi::refusals::not_found);
        }
    }
    auto key = one_time_key(*exchange, "reset_password " + exchange->captures.at(0));
    if (!key) return send_problem(*exchange, key.error());
    auto reset = std::make_shared<Reset>();
    reset->account = account;
    reset->key = std::move(*key);
    reset->password = one_time_password(sign_in.desk.suite, *exchange, reset->key);
    auto hashed = [&sign_in, exchange, reset](Result<std::string> hash) {
        if (!hash) return send_problem(*exchange, hash.error());
        reset->hash = std::move(*hash);
        write_then_answer(
            sign_in, exchange,
            [exchange, reset](journal::Turn& turn) {
                return reset_in_turn(turn, *exchange, *reset);
            },
            [exchange, reset] {
                if (reset->refusal) return problem_for(*exchange, *reset->refusal);
                return json_response(to_json(OneTimePassword{reset->password}));
            });
    };
    auto taken = sign_in.passwords.hash(reset->password, std::move(hashed));
    if (!taken) send_problem(*exchange, taken.error());
}

}  // namespace

api::Route reset_password_route(SignIn& sign_in) {
    return api::raw(
        {http::Method::post, "/accounts/{id}/password", "reset_password", "password.reset"},
        [&sign_in](ExchangePtr exchange) { start(sign_in, std::move(exchange)); },
        &shape_of<api::Nothing>(), &shape_of<OneTimePassword>());
}

}  // namespace hezhi::accounts
