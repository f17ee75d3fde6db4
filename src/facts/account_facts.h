// Facts about accounts, the roles they hold at an area, and their sign-in slips.
#pragma once

#include "facts/fact.h"

namespace hezhi {

struct AccountOpened {
    static constexpr std::string_view kind = "account.opened";
    static constexpr int version = 1;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(AccountOpened, (), (person))

struct AccountClosed {
    static constexpr std::string_view kind = "account.closed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(AccountClosed, (), ())

// Subject "grant" is the new grant; the fact's place is where the role would be held.
struct GrantProposed {
    static constexpr std::string_view kind = "grant.proposed";
    static constexpr int version = 1;
    AccountId account;
    std::string role;  // a row of the roles table
};
BOOST_DESCRIBE_STRUCT(GrantProposed, (), (account, role))

struct GrantConfirmed {
    static constexpr std::string_view kind = "grant.confirmed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(GrantConfirmed, (), ())

struct GrantRejected {
    static constexpr std::string_view kind = "grant.rejected";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(GrantRejected, (), ())

struct GrantEnded {
    static constexpr std::string_view kind = "grant.ended";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(GrantEnded, (), ())

// A one-time password was made; the account's own was forgotten or is no longer trusted.
struct PasswordReset {
    static constexpr std::string_view kind = "password.reset";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(PasswordReset, (), ())

// The person confirmed a second factor; from now on it is asked at the sign-in.
struct SecondFactorSet {
    static constexpr std::string_view kind = "second_factor.set";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(SecondFactorSet, (), ())

// It was taken away, because it was lost.
struct SecondFactorReset {
    static constexpr std::string_view kind = "second_factor.reset";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(SecondFactorReset, (), ())

struct SignInSlipIssued {
    static constexpr std::string_view kind = "sign_in_slip.issued";
    static constexpr int version = 1;
    AccountId account;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(SignInSlipIssued, (), (account, expires_at))

}  // namespace hezhi
