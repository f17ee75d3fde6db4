-- name: installation
SELECT suite, key_check, made_at FROM installation WHERE one = 1

-- name: note_installation
INSERT INTO installation (one, suite, key_check, made_at) VALUES (1, :suite, :key_check, :made_at)

-- name: old_idempotency_keys
SELECT count(*) AS rows_due FROM idempotency_keys WHERE noted_at < :before

-- name: old_security_log
SELECT count(*) AS rows_due FROM security_log WHERE logged_at < :before

-- Backups and restores.

-- name: note_backup
INSERT INTO backups (made_at, position, chain) VALUES (:made_at, :position, :chain)

-- name: note_tested
UPDATE backups SET tested_at = :tested_at WHERE made_at = :made_at

-- name: newest_tested
SELECT max(made_at) AS made_at FROM backups WHERE tested_at IS NOT NULL

-- name: note_restore
INSERT INTO restores (begun_at, position, chain, erased) VALUES (:begun_at, :position, :chain, 0)

-- name: unfinished_restore
SELECT begun_at, position, chain FROM restores WHERE finished_at IS NULL

-- name: finish_restore
UPDATE restores SET finished_at = :now, erasures_known_at = :erasures_known_at, erased = :erased
WHERE finished_at IS NULL

-- name: newest_restore
SELECT finished_at, erasures_known_at FROM restores ORDER BY begun_at DESC LIMIT 1

-- Changes of the master key.

-- name: note_rotation
INSERT INTO key_rotations (begun_at) VALUES (:begun_at)

-- name: unfinished_rotation
SELECT begun_at FROM key_rotations WHERE finished_at IS NULL

-- name: finish_rotation
UPDATE key_rotations SET finished_at = :now WHERE finished_at IS NULL

-- name: set_key_check
UPDATE installation SET key_check = :key_check WHERE one = 1

-- name: person_accounts
SELECT id, person FROM figure_accounts WHERE closed = 0 AND person > 0 ORDER BY id
