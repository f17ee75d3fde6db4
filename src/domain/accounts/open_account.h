// The facts of an account and its grants, appended; for the actions of this folder.
#pragma once

#include "domain/accounts/accounts.h"

namespace hezhi::accounts {

AccountId append_account(journal::Turn&, const Actor&, const Place&, PersonId);
// A place without an area is the whole installation.
GrantId append_grant(journal::Turn&, const Actor&, const Place&, AccountId, std::string_view role);
void append_confirmation(journal::Turn&, const Actor&, GrantId);

}  // namespace hezhi::accounts
