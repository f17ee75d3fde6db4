// A password that is made for somebody and shown once: made again from the request's key, so that
// an answer that was lost on its way can be had again, and the password itself is kept nowhere.
#pragma once

#include "api/idempotency.h"
#include "domain/accounts/accounts.h"

namespace hezhi::accounts {

// The key of the request, which is required here; `action` keeps the keys of actions apart.
Result<api::IdempotencyKey> one_time_key(const api::Exchange&, std::string_view action);
std::string one_time_password(const crypto::Suite&, const api::Exchange&,
                              const api::IdempotencyKey&);

}  // namespace hezhi::accounts
