// POST /accounts: the account is opened with a first password that is shown once.
#pragma once

#include "domain/accounts/accounts.h"

namespace hezhi::accounts {

api::Route open_account_route(SignIn& sign_in);

}  // namespace hezhi::accounts
