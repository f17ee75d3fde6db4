-- What this database was made with: the crypto suite, and which master keys open it.
CREATE TABLE installation (
    one {integer} NOT NULL PRIMARY KEY CHECK (one = 1),
    suite TEXT NOT NULL,
    key_check TEXT NOT NULL,
    made_at {integer} NOT NULL
) {strict};
