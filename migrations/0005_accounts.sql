-- How people sign in. Operational data: none of it stands in the journal.
CREATE TABLE credentials (
    account {integer} NOT NULL PRIMARY KEY,
    username TEXT UNIQUE,
    password_hash TEXT,
    slip_index TEXT UNIQUE,
    slip_expires_at {integer} NOT NULL,
    pin_hash TEXT,
    failed {integer} NOT NULL,
    locked_until {integer} NOT NULL
) {strict};

-- Sessions by the hash of their token.
CREATE TABLE sessions (
    token TEXT NOT NULL PRIMARY KEY,
    account {integer} NOT NULL,
    kind TEXT NOT NULL,
    created_at {integer} NOT NULL,
    last_seen_at {integer} NOT NULL,
    ends_at {integer} NOT NULL
) {strict};

CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_end ON sessions (ends_at);

CREATE TABLE security_log (
    id {integer} NOT NULL PRIMARY KEY,
    logged_at {integer} NOT NULL,
    event TEXT NOT NULL,
    account {integer},
    username {bytes},
    address TEXT,
    outcome TEXT NOT NULL
) {strict};

CREATE INDEX security_log_by_time ON security_log (logged_at);
