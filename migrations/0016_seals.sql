-- Blocks of facts under a signature whose key stands outside the database.
CREATE TABLE seal_blocks (
    number {integer} NOT NULL PRIMARY KEY,
    first_position {integer} NOT NULL,
    last_position {integer} NOT NULL,
    sealed_at {integer} NOT NULL,
    hash TEXT NOT NULL,
    root TEXT NOT NULL,
    previous TEXT NOT NULL,
    key_id TEXT NOT NULL,
    signature TEXT NOT NULL
) {strict};

CREATE INDEX seal_blocks_by_position ON seal_blocks (first_position);

-- Public keys, in the order in which they signed. Each is vouched for by the one before it, but
-- where that was lost.
CREATE TABLE seal_keys (
    number {integer} NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    public_key TEXT NOT NULL,
    introduced_at {integer} NOT NULL,
    vouching TEXT
) {strict};
