// Signing in (登录), by password and by slip: looked up and hashed before the turn, decided in it.
#pragma once

#include "domain/accounts/exchanges.h"

namespace hezhi::accounts {

struct PasswordSignIn {
    Text<1, 60> username;
    Text<1, 200> password;
    std::optional<Text<0, 20>> code;  // of the second factor, once it was asked for
};
BOOST_DESCRIBE_STRUCT(PasswordSignIn, (), (username, password, code))

struct SlipSignIn {
    Text<1, 40> code;
    Text<1, 20> pin;
};
BOOST_DESCRIBE_STRUCT(SlipSignIn, (), (code, pin))

void sign_in_by_password(const SignIn&, ExchangePtr);
void sign_in_by_slip(const SignIn&, ExchangePtr);

// The cookie that carries a session's token for as long as it lasts; an empty token takes it away.
std::string cookie_of(const http::Request&, std::string_view token, SessionKind kind,
                      Millis lasts = {});

}  // namespace hezhi::accounts
