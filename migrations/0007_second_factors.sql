-- Second factors: the secret sealed, recovery codes by blind index. Operational data.
CREATE TABLE second_factors (
    account {integer} NOT NULL PRIMARY KEY,
    secret {bytes} NOT NULL,
    confirmed_at {integer} NOT NULL,
    last_step {integer} NOT NULL
) {strict};

CREATE TABLE recovery_codes (
    account {integer} NOT NULL,
    code_index TEXT NOT NULL,
    PRIMARY KEY (account, code_index)
) {strict};
