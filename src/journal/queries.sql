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

-- name: facts_about
SELECT j.body FROM fact_subjects s JOIN journal j ON j.position = s.position
WHERE s.noun = :noun AND s.id = :id ORDER BY s.position

-- name: subjects_in_order
SELECT noun, id, position FROM fact_subjects ORDER BY position

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
