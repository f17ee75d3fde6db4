-- Changes of the master key. Without finished_at nobody is served: some rows are found under the
-- old key only and some under the new one.
CREATE TABLE key_rotations (
    begun_at {integer} NOT NULL PRIMARY KEY,
    finished_at {integer}
) {strict};
