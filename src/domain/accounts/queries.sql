-- Credentials.

-- name: insert_credential
INSERT INTO credentials (account, username, password_hash, slip_expires_at, failed, locked_until,
    must_change)
VALUES (:account, :username, :password_hash, 0, 0, 0, :must_change)

-- name: credential
SELECT account, username, password_hash, slip_index, slip_expires_at, pin_hash, failed, locked_until,
    must_change
FROM credentials WHERE account = :account

-- name: credential_by_username
SELECT account, username, password_hash, slip_index, slip_expires_at, pin_hash, failed, locked_until,
    must_change
FROM credentials WHERE username = :username

-- name: credential_by_slip
SELECT account, username, password_hash, slip_index, slip_expires_at, pin_hash, failed, locked_until,
    must_change
FROM credentials WHERE slip_index = :slip_index

-- name: set_attempts
UPDATE credentials SET failed = :failed, locked_until = :locked_until WHERE account = :account

-- name: set_password
UPDATE credentials SET password_hash = :password_hash WHERE account = :account

-- The same at today's cost (set_password), chosen by the person, or made for them.
-- name: choose_password
UPDATE credentials SET password_hash = :password_hash, must_change = 0 WHERE account = :account

-- name: reset_password
UPDATE credentials SET password_hash = :password_hash, must_change = 1, failed = 0,
    locked_until = 0
WHERE account = :account

-- name: set_pin
UPDATE credentials SET pin_hash = :pin_hash WHERE account = :account

-- name: set_slip
UPDATE credentials SET slip_index = :slip_index, slip_expires_at = :slip_expires_at,
    pin_hash = NULL, failed = 0, locked_until = 0
WHERE account = :account

-- Sessions.

-- name: insert_session
INSERT INTO sessions (token, account, kind, created_at, last_seen_at, ends_at)
VALUES (:token, :account, :kind, :now, :now, :ends_at)

-- name: session
SELECT account, kind, last_seen_at, ends_at FROM sessions WHERE token = :token

-- name: seen
UPDATE sessions SET last_seen_at = :now WHERE token = :token AND last_seen_at < :now

-- name: delete_session
DELETE FROM sessions WHERE token = :token

-- name: delete_sessions_of
DELETE FROM sessions WHERE account = :account

-- name: delete_other_sessions
DELETE FROM sessions WHERE account = :account AND token <> :token

-- name: delete_ended_sessions
DELETE FROM sessions WHERE ends_at < :now

-- The security log.

-- name: last_log_id
SELECT coalesce(max(id), 0) AS id FROM security_log

-- name: insert_log
INSERT INTO security_log (id, logged_at, event, account, username, address, outcome)
VALUES (:id, :logged_at, :event, :account, :username, :address, :outcome)

-- name: newest_log
SELECT id, logged_at, event, account, username, address, outcome FROM security_log
WHERE id < :before_id ORDER BY id DESC LIMIT :limit

-- name: delete_old_log
DELETE FROM security_log WHERE logged_at < :before

-- Accounts and grants. `path` and `path_end` bound the paths of an area and all below it.

-- name: slip_account
SELECT a.id FROM figure_accounts a JOIN credentials c ON c.account = a.id
WHERE a.person = :person AND a.closed = 0 AND c.username IS NULL ORDER BY a.id LIMIT 1

-- name: roles_of_person
SELECT g.role FROM figure_grants g JOIN figure_accounts a ON a.id = g.account
WHERE a.person = :person AND (g.state = 'proposed' OR g.state = 'granted')

-- name: newest_accounts
SELECT a.* FROM figure_accounts a JOIN figure_people p ON p.id = a.person
WHERE p.area_path >= :path AND p.area_path < :path_end AND a.id < :before_id
ORDER BY a.id DESC LIMIT :limit

-- The same, without those that sign in by slip.
-- name: newest_named_accounts
SELECT a.* FROM figure_accounts a JOIN figure_people p ON p.id = a.person
JOIN credentials c ON c.account = a.id
WHERE p.area_path >= :path AND p.area_path < :path_end AND a.id < :before_id
  AND c.username IS NOT NULL
ORDER BY a.id DESC LIMIT :limit

-- name: holders_of
SELECT count(*) AS holders FROM figure_grants g JOIN figure_accounts a ON a.id = g.account
WHERE g.role = :role AND g.state = 'granted' AND a.closed = 0

-- name: grants_of
SELECT * FROM figure_grants WHERE account = :account ORDER BY id

-- Roles that reach an area; those of a slip reach only what is one's own.
-- name: roles_held_in
SELECT count(*) AS roles FROM figure_grants g JOIN figure_accounts a ON a.id = g.account
WHERE g.area_path >= :path AND g.area_path < :path_end AND a.closed = 0
  AND (g.state = 'proposed' OR g.state = 'granted')
  AND g.role <> 'volunteer' AND g.role <> 'resident'

-- name: newest_grants
SELECT * FROM figure_grants
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
  AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: fact_at
SELECT body FROM journal WHERE position = :position

-- name: accounts_of_person
SELECT id FROM figure_accounts WHERE person = :person AND closed = 0 ORDER BY id

-- name: delete_credential
DELETE FROM credentials WHERE account = :account

-- Second factors.

-- name: second_factor
SELECT secret, confirmed_at, last_step FROM second_factors WHERE account = :account

-- name: insert_second_factor
INSERT INTO second_factors (account, secret, confirmed_at, last_step)
VALUES (:account, :secret, 0, 0)

-- name: note_step
UPDATE second_factors SET last_step = :last_step WHERE account = :account

-- name: confirm_factor
UPDATE second_factors SET confirmed_at = :now, last_step = :last_step WHERE account = :account

-- name: delete_second_factor
DELETE FROM second_factors WHERE account = :account

-- name: insert_recovery_code
INSERT INTO recovery_codes (account, code_index) VALUES (:account, :code_index)

-- name: use_recovery_code
DELETE FROM recovery_codes WHERE account = :account AND code_index = :code_index

-- name: delete_recovery_codes
DELETE FROM recovery_codes WHERE account = :account
