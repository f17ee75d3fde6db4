// The security log (安全日志): sign-ins and what belongs to them, apart from the journal, kept six
// months. User names are sealed; what an unknown user typed is masked first, since people type
// their password there by mistake.
#pragma once

#include "domain/accounts/accounts.h"

namespace hezhi::accounts {

enum class LogEvent { sign_in, slip_sign_in, sign_out, password_change };
BOOST_DESCRIBE_ENUM(LogEvent, sign_in, slip_sign_in, sign_out, password_change)

enum class LogOutcome {
    done,
    wrong,        // password, PIN or code
    unknown,      // no such user name or code
    locked,       // after too many wrong attempts
    expired,      // a slip that nobody had used in time
    closed,       // the account
    code_needed,  // the password was right; a second factor is asked for
    code_wrong,
};
BOOST_DESCRIBE_ENUM(LogOutcome, done, wrong, unknown, locked, expired, closed, code_needed,
                    code_wrong)

struct LogEntry {
    LogEvent event = LogEvent::sign_in;
    LogOutcome outcome = LogOutcome::done;
    AccountId account;     // none if unknown
    std::string username;  // empty with a slip
    std::string address;
};

// In the writer's turn.
void write_log(journal::Turn&, const AccountDesk&, const LogEntry&);

api::Routes security_log_routes(const AccountDesk& desk);

}  // namespace hezhi::accounts
