-- name: idempotency_key
SELECT body_hash, subject FROM idempotency_keys WHERE holder = :holder AND request_key = :request_key

-- name: note_idempotency_key
INSERT INTO idempotency_keys (holder, request_key, body_hash, subject, noted_at)
VALUES (:holder, :request_key, :body_hash, :subject, :noted_at)

-- name: forget_idempotency_keys
DELETE FROM idempotency_keys WHERE noted_at < :before
