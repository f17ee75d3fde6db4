-- Keys of writes, kept 30 days: the same key again renders the same answer again.
CREATE TABLE idempotency_keys (
    holder TEXT NOT NULL,
    request_key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    subject {integer} NOT NULL,
    noted_at {integer} NOT NULL,
    PRIMARY KEY (holder, request_key)
) {strict};

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (noted_at);
