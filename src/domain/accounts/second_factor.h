// The second factor (第二因子) of staff: a code of an authenticator app, asked after the password.
//
// The secret is sealed under the account's row. A code counts in its own step of 30 seconds and one
// step before and after, since phones' clocks differ, and never twice: only later steps count
// afterwards. A recovery code counts once.
#pragma once

#include "domain/accounts/accounts.h"

namespace hezhi::accounts {

inline constexpr std::int64_t drift_steps = 1;
inline constexpr int recovery_codes_made = 10;

// Whether a confirmed second factor is asked of the account.
bool has_second_factor(store::Session&, AccountId);

// In the turn: whether the code is right, as one of the app or a recovery code; it is used up.
bool use_second_code(journal::Turn&, const AccountDesk&, AccountId, std::string_view typed);

// Prepares a secret that counts for nothing yet. Returns the account's id.
Result<std::int64_t> prepare_second_factor(journal::Turn&, const api::Caller&, const AccountDesk&);
// 设置第二因子: confirms the prepared secret by a first code. Returns the fact's position, from
// which the recovery codes are made.
Result<std::int64_t> set_second_factor(journal::Turn&, const api::Caller&, const AccountDesk&,
                                       std::string_view typed);
// 重置第二因子 by the security administrator; the sessions end. Returns the account's id.
Result<std::int64_t> reset_second_factor(journal::Turn&, const api::Caller&, AccountId);

api::Routes second_factor_routes(const AccountDesk& desk);

}  // namespace hezhi::accounts
