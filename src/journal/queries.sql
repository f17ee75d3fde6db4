-- name: head
SELECT position, recorded_at, chain FROM journal_head WHERE one = 1 {for_update}

-- name: head_read
SELECT position, recorded_at, chain FROM journal_head WHERE one = 1

-- name: head_position
SELECT position FROM journal_head WHERE one = 1

-- name: move_head
UPDATE journal_head SET position = :position, recorded_at = :recorded_at, chain = :chain
WHERE one = 1

-- name: insert_fact
INSERT INTO journal (position, kind, recorded_at, body, chain)
VALUES (:position, :kind, :recorded_at, :body, :chain)

-- name: insert_subject
INSERT INTO fact_subjects (noun, id, position) VALUES (:noun, :id, :position)

-- name: facts_after
SELECT position, kind, recorded_at, body, chain FROM journal
WHERE position > :after AND position <= :until ORDER BY position

-- name: facts_of_kind
SELECT body FROM journal WHERE kind = :kind AND position <= :until ORDER BY position

-- name: chain_at
SELECT chain FROM journal WHERE position = :position

-- name: facts_about
SELECT j.body FROM fact_subjects s JOIN journal j ON j.position = s.position
WHERE s.noun = :noun AND s.id = :id ORDER BY s.position

-- name: all_subjects
SELECT noun, id, position FROM fact_subjects

-- name: layouts
SELECT name, layout_hash FROM figure_layouts

-- name: forget_layout
DELETE FROM figure_layouts WHERE name = :name

-- name: note_layout
INSERT INTO figure_layouts (name, layout_hash) VALUES (:name, :layout_hash)

-- name: pack_text
SELECT body FROM rule_pack_texts WHERE hash = :hash

-- name: insert_pack_text
INSERT INTO rule_pack_texts (hash, body) VALUES (:hash, :body)

-- Seals.

-- name: last_block
SELECT number, first_position, last_position, sealed_at, hash, root, previous, key_id, signature
FROM seal_blocks ORDER BY number DESC LIMIT 1

-- name: all_blocks
SELECT number, first_position, last_position, sealed_at, hash, root, previous, key_id, signature
FROM seal_blocks ORDER BY number

-- name: block_of
SELECT number, first_position, last_position, sealed_at, hash, root, previous, key_id, signature
FROM seal_blocks WHERE first_position <= :position AND last_position >= :position
ORDER BY first_position DESC LIMIT 1

-- name: insert_block
INSERT INTO seal_blocks (number, first_position, last_position, sealed_at, hash, root, previous,
    key_id, signature)
VALUES (:number, :first_position, :last_position, :sealed_at, :hash, :root, :previous, :key_id,
    :signature)

-- name: seal_keys
SELECT id, public_key, introduced_at, vouching FROM seal_keys ORDER BY number

-- name: newest_seal_key
SELECT id FROM seal_keys ORDER BY number DESC LIMIT 1

-- name: insert_seal_key
INSERT INTO seal_keys (number, id, public_key, introduced_at, vouching)
VALUES (:number, :id, :public_key, :introduced_at, :vouching)

-- name: fact_time
SELECT recorded_at FROM journal WHERE position = :position
