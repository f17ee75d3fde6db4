-- name: installation
SELECT suite, key_check, made_at FROM installation WHERE one = 1

-- name: note_installation
INSERT INTO installation (one, suite, key_check, made_at) VALUES (1, :suite, :key_check, :made_at)
