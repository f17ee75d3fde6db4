-- name: waiting
SELECT id FROM figure_back_tests WHERE state = 'running' ORDER BY id

-- name: listed
SELECT * FROM figure_back_tests
WHERE id < :before_id AND (CAST(:new_hash AS TEXT) IS NULL OR new_hash = :new_hash)
ORDER BY id DESC LIMIT :limit
