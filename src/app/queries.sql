-- name: installation
SELECT suite, key_check, made_at FROM installation WHERE one = 1

-- name: note_installation
INSERT INTO installation (one, suite, key_check, made_at) VALUES (1, :suite, :key_check, :made_at)

-- name: old_idempotency_keys
SELECT count(*) AS rows_due FROM idempotency_keys WHERE noted_at < :before

-- name: old_security_log
SELECT count(*) AS rows_due FROM security_log WHERE logged_at < :before
