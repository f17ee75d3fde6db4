// 重置密码 as a route: a one-time password is hashed before the turn and shown once.
#pragma once

#include "domain/accounts/accounts.h"

namespace hezhi::accounts {

api::Route reset_password_route(SignIn& sign_in);

}  // namespace hezhi::accounts
