#include "domain/accounts/open_account_route.h"

#include "api/idempotency.h"
#include "domain/accounts/account_pages.h"
#include "domain/accounts/exchanges.h"
#include "domain/accounts/one_time_password.h"

namespace hezhi::accounts {
namespace {

struct OpenedAccount {
    Account account;
    std::string first_password;
};
BOOST_DESCRIBE_STRUCT(OpenedAccount, (), (account, first_password))

struct Opening {
    OpenAccount input;
    api::IdempotencyKey key;
    std::string first_password;
    std::string hash;
    std::int64_t account = 0;
    std::optional<Refusal> refusal;
};
using OpeningPtr = std::shared_ptr<Opening>;

bool open_in_turn(journal::Turn& turn, const SignIn& sign_in, const api::Exchange& exchange,
                  Opening& opening) {
    opening.refusal.reset();
    auto known = api::find_key(turn, opening.key);
    if (!known) return opening.refusal = known.error(), false;
    if (*known) return opening.account = **known, false;
    auto account = open_account(turn, *exchange.caller, sign_in.desk, opening.input, opening.hash);
    if (!account) return opening.refusal = account.error(), false;
    opening.account = *account;
    api::note_key(turn, opening.key, *account);
    return true;
}

http::Response answer_opening(const SignIn& sign_in, const api::Exchange& exchange,
                              const Opening& opening) {
    if (opening.refusal) return problem_for(exchange, *opening.refusal);
    auto db = sign_in.ledger.read();
    const auto& tables = sign_in.ledger.tables();
    auto state = tables.of(journal::figure<AccountFigure>()).load(*db, opening.account);
    HEZHI_ASSERT(state != nullptr);
    const auto& account = *static_cast<const AccountState*>(state.get());
    return json_response(
        to_json(OpenedAccount{show_account(*db, tables, sign_in.desk, *exchange.caller, account),
                              opening.first_password}));
}

void open(const SignIn& sign_in, ExchangePtr exchange) {
    auto input = read_body<OpenAccount>(*exchange);
    if (!input) return;
    auto key = one_time_key(*exchange, "open_account");
    if (!key) return send_problem(*exchange, key.error());
    auto opening = std::make_shared<Opening>();
    opening->input = std::move(*input);
    opening->key = std::move(*key);
    opening->first_password = one_time_password(sign_in.desk.suite, *exchange, opening->key);
    auto done = [&sign_in, exchange, opening](Result<std::string> hashed) {
        if (!hashed) return send_problem(*exchange, hashed.error());
        opening->hash = std::move(*hashed);
        write_then_answer(
            sign_in, exchange,
            [&sign_in, exchange, opening](journal::Turn& turn) {
                return open_in_turn(turn, sign_in, *exchange, *opening);
            },
            [&sign_in, exchange, opening] { return answer_opening(sign_in, *exchange, *opening); });
    };
    auto taken = sign_in.passwords.hash(opening->first_password, std::move(done));
    if (!taken) send_problem(*exchange, taken.error());
}

}  // namespace

api::Route open_account_route(SignIn& sign_in) {
    return api::raw(
        {http::Method::post, "/accounts", "open_account", "account.open"},
        [&sign_in](ExchangePtr exchange) { open(sign_in, std::move(exchange)); },
        &shape_of<OpenAccount>(), &shape_of<OpenedAccount>());
}

}  // namespace hezhi::accounts
