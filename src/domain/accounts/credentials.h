// How an account signs in: a row of the table `credentials`. Writes belong into the writer's turn.
#pragma once

#include <optional>
#include <string>

#include "base/instant.h"
#include "facts/ids.h"
#include "journal/turn.h"
#include "store/session.h"

namespace hezhi::accounts {

struct Credential {
    AccountId account;
    std::optional<std::string> username;  // absent: it signs in by slip
    std::optional<std::string> password_hash;
    std::optional<std::string> slip_index;
    Instant slip_expires_at;              // for the first use, which sets the PIN
    std::optional<std::string> pin_hash;  // absent until the first use
    bool must_change = false;             // somebody else has seen the password
    std::int64_t failed = 0;              // wrong attempts in a row
    Instant locked_until;
};

std::optional<Credential> find_credential(store::Session&, AccountId);
std::optional<Credential> find_by_username(store::Session&, std::string_view normalised);
std::optional<Credential> find_by_slip(store::Session&, std::string_view slip_index);

// A user name as it is stored: half-width, small letters. nullopt unless it holds only letters,
// digits, and . _ - (2–40 characters).
std::optional<std::string> normalise_username(std::string_view typed);

// Notes a wrong attempt; so many in a row as the pack says lock the account for a while.
void note_failure(journal::Turn&, const Credential&);
void note_success(store::Session&, const Credential&);

}  // namespace hezhi::accounts
