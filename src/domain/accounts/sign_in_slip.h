// How a slip's code is found again; for the sign-in.
#pragma once

#include "domain/accounts/accounts.h"

namespace hezhi::accounts {

// Of a clean code (crypto::clean_code).
std::string slip_index(const crypto::Suite&, std::string_view code);

// Issues a slip by another right than sign_in_slip.issue. Returns its position.
Result<std::int64_t> issue_slip(journal::Turn&, const Actor&, const AccountDesk&, PersonId,
                                std::string_view pin_hash);
// The account that this person signs in to by slip; none if there is none.
AccountId find_slip_account(journal::Turn&, PersonId);

}  // namespace hezhi::accounts
