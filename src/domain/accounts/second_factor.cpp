#include "domain/accounts/second_factor.h"

#include "crypto/totp.h"
#include "crypto/typed_code.h"
#include "domain/accounts/credentials.h"
#include "domain/accounts/queries.h"

namespace hezhi::accounts {
namespace {

constexpr int recovery_characters = 10;  // 50 bits, behind the password and its lock

struct Factor {
    std::string secret;
    Instant confirmed_at;  // never, while it is only prepared
    std::int64_t last_step = 0;
};

crypto::FieldPlace place_of(AccountId account) {
    return {"second_factors", "secret", account.value};
}

std::optional<Factor> find_factor(store::Session& db, const crypto::Suite& suite,
                                  AccountId account) {
    auto row = db.row(queries::second_factor, {{"account", account}});
    if (!row) return std::nullopt;
    auto sealed = row->bytes_or_null("secret");
    auto secret = suite.open(place_of(account), *sealed);
    HEZHI_ASSERT(secret.has_value());
    return Factor{*secret, row->instant("confirmed_at"), row->integer("last_step")};
}

// The step whose code this is, later than any that was used; 0 if it is none.
std::int64_t step_of(const Factor& factor, std::string_view code, Instant now) {
    std::int64_t middle = crypto::totp_step(now);
    for (std::int64_t step = middle - drift_steps; step <= middle + drift_steps; ++step) {
        if (step <= factor.last_step) continue;
        if (crypto::totp_code(crypto::view_of(factor.secret), step) == code) return step;
    }
    return 0;
}

std::string recovery_code(const crypto::Suite& suite, std::int64_t position, int number) {
    return suite.link_code("recovery code " + std::to_string(number), position,
                           recovery_characters);
}

std::string recovery_index(const crypto::Suite& suite, AccountId account, std::string_view code) {
    return suite.code_index("recovery code",
                            std::to_string(account.value) + " " + std::string(code));
}

struct Prepared {
    std::string secret;  // to be typed, where no QR code can be read
    std::string qr_svg;
};
BOOST_DESCRIBE_STRUCT(Prepared, (), (secret, qr_svg))

struct FirstCode {
    Text<1, 20> code;
};
BOOST_DESCRIBE_STRUCT(FirstCode, (), (code))

struct RecoveryCodes {
    std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

Result<Prepared> show_prepared(const api::Reading& reading, const AccountDesk& desk,
                               AccountId account) {
    auto factor = find_factor(reading.db, desk.suite, account);
    // A secret in use is never shown again.
    if (!factor || factor->confirmed_at) return refuse(refusals::second_factor_set);
    auto credential = find_credential(reading.db, account);
    Prepared shown;
    shown.secret = crypto::base32(crypto::view_of(factor->secret));
    shown.qr_svg = people::qr_svg("otpauth://totp/Hezhi:" + credential->username.value_or("") +
                                  "?secret=" + shown.secret + "&issuer=Hezhi");
    return shown;
}

RecoveryCodes show_codes(const AccountDesk& desk, std::int64_t position) {
    RecoveryCodes shown;
    for (int i = 0; i < recovery_codes_made; ++i) {
        shown.codes.push_back(recovery_code(desk.suite, position, i));
    }
    return shown;
}

}  // namespace

bool has_second_factor(store::Session& db, AccountId account) {
    auto row = db.row(queries::second_factor, {{"account", account}});
    return row && row->instant("confirmed_at");
}

bool use_second_code(journal::Turn& turn, const AccountDesk& desk, AccountId account,
                     std::string_view typed) {
    auto factor = find_factor(turn.db(), desk.suite, account);
    if (!factor || !factor->confirmed_at) return false;
    std::string code = crypto::half_width(typed);
    if (std::int64_t step = step_of(*factor, code, turn.now())) {
        turn.db().write(queries::note_step, {{"account", account}, {"last_step", step}});
        return true;
    }
    auto recovery = crypto::clean_code(typed);
    if (!recovery) return false;
    std::string index = recovery_index(desk.suite, account, *recovery);
    return turn.db().write_counted(queries::use_recovery_code,
                                   {{"account", account}, {"code_index", index}}) == 1;
}

Result<std::int64_t> prepare_second_factor(journal::Turn& turn, const api::Caller& caller,
                                           const AccountDesk& desk) {
    auto credential = find_credential(turn.db(), caller.account);
    if (!credential || !credential->username) return refuse(refusals::signs_in_by_slip);
    if (has_second_factor(turn.db(), caller.account)) return refuse(refusals::second_factor_set);
    std::string secret(crypto::totp_secret_bytes, '\0');
    crypto::Bytes bytes(crypto::totp_secret_bytes);
    desk.random.fill(bytes);
    std::copy(bytes.begin(), bytes.end(), secret.begin());
    turn.db().write(queries::delete_second_factor, {{"account", caller.account}});
    turn.db().write(queries::insert_second_factor,
                    {{"account", caller.account},
                     {"secret", desk.suite.seal(place_of(caller.account), secret, desk.random)}});
    return caller.account.value;
}

Result<std::int64_t> set_second_factor(journal::Turn& turn, const api::Caller& caller,
                                       const AccountDesk& desk, std::string_view typed) {
    AccountId account = caller.account;
    auto factor = find_factor(turn.db(), desk.suite, account);
    if (!factor) return refuse(refusals::second_factor_missing);
    if (factor->confirmed_at) return refuse(refusals::second_factor_set);
    std::int64_t step = step_of(*factor, crypto::half_width(typed), turn.now());
    if (step == 0) {
        return refuse(refusals::first_code_wrong, {"/code", "应用上现在显示的 6 位数字",
                                                   "the six digits that the app shows now"});
    }
    std::int64_t position = turn.next_position();
    turn.db().write(queries::confirm_factor,
                    {{"account", account}, {"now", turn.now()}, {"last_step", step}});
    turn.db().write(queries::delete_recovery_codes, {{"account", account}});
    for (int i = 0; i < recovery_codes_made; ++i) {
        std::string code = recovery_code(desk.suite, position, i);
        turn.db().write(
            queries::insert_recovery_code,
            {{"account", account}, {"code_index", recovery_index(desk.suite, account, code)}});
    }
    return turn.append(
        draft(SecondFactorSet{}, caller.actor(""), {}, {{"account", account.value}}, turn.now()));
}

Result<std::int64_t> reset_second_factor(journal::Turn& turn, const api::Caller& caller,
                                         AccountId id) {
    const AccountState* account = id ? turn.load<AccountFigure>(id) : nullptr;
    if (!account) return refuse(hezhi::refusals::not_found);
    const auto* person = turn.load<people::PersonFigure>(account->person);
    if (!person || !caller.may("second_factor.reset", people::access_of(*person))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (account->person == caller.person) return refuse(refusals::own_account);
    if (!has_second_factor(turn.db(), id)) return refuse(refusals::second_factor_missing);
    Place place = person->area ? Place{person->area, person->area_path} : Place{};
    turn.db().write(queries::delete_second_factor, {{"account", id}});
    turn.db().write(queries::delete_recovery_codes, {{"account", id}});
    turn.db().write(queries::delete_sessions_of, {{"account", id}});
    turn.append(draft(SecondFactorReset{}, caller.actor("second_factor.reset"), std::move(place),
                      {{"account", id.value}}, turn.now()));
    return id.value;
}

api::Routes second_factor_routes(const AccountDesk& desk) {
    using http::Method;
    return {
        api::writes<api::Nothing, Prepared>(
            {Method::post, "/session/second-factor", "prepare_second_factor", api::anyone_signed_in,
             api::Audience::everyone},
            [&desk](const api::Writing& w, const api::Nothing&) {
                return prepare_second_factor(w.turn, w.caller, desk);
            },
            [&desk](const api::Reading& r, std::int64_t id) {
                return show_prepared(r, desk, AccountId(id));
            }),
        api::writes<FirstCode, RecoveryCodes>(
            {Method::put, "/session/second-factor", "set_second_factor", api::anyone_signed_in,
             api::Audience::everyone},
            [&desk](const api::Writing& w, const FirstCode& input) {
                return set_second_factor(w.turn, w.caller, desk, input.code);
            },
            [&desk](const api::Reading&, std::int64_t position) -> Result<RecoveryCodes> {
                return show_codes(desk, position);
            }),
        api::writes<api::Nothing, api::Nothing>(
            {Method::post, "/accounts/{id}/second-factor-removal", "reset_second_factor",
             "second_factor.reset"},
            [](const api::Writing& w, const api::Nothing&) {
                return reset_second_factor(w.turn, w.caller, AccountId(w.id()));
            },
            [](const api::Reading&, std::int64_t) -> Result<api::Nothing> {
                return api::Nothing{};
            }),
    };
}

}  // namespace hezhi::accounts
