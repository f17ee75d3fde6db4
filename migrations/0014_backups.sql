-- Which backups were made here, and which of them were restored as a test. Operational data.
CREATE TABLE backups (
    made_at {integer} NOT NULL PRIMARY KEY,
    position {integer} NOT NULL,
    chain TEXT NOT NULL,
    tested_at {integer}
) {strict};

-- What this database was restored from. Without finished_at nobody may be served yet: persons who
-- were erased after the backup stand in it again.
CREATE TABLE restores (
    begun_at {integer} NOT NULL PRIMARY KEY,
    position {integer} NOT NULL,
    chain TEXT NOT NULL,
    finished_at {integer},
    erasures_known_at {integer},
    erased {integer} NOT NULL
) {strict};
