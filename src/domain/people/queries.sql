-- The register.

-- name: insert_person
INSERT INTO people_register (id, name, phone, id_scheme, id_number, phone_index, id_index)
VALUES (:id, :name, :phone, :id_scheme, :id_number, :phone_index, :id_index)

-- name: person
SELECT name, phone, id_scheme, id_number FROM people_register WHERE id = :id

-- name: person_name
SELECT name FROM people_register WHERE id = :id

-- name: erase_person
UPDATE people_register
SET name = :name, phone = NULL, id_scheme = NULL, id_number = NULL, address = NULL, note = NULL,
    phone_index = NULL, id_index = NULL, birth_index = NULL
WHERE id = :id

-- name: release_id_number
UPDATE people_register SET id_scheme = NULL, id_number = NULL, id_index = NULL WHERE id = :id

-- name: with_phone
SELECT id FROM people_register WHERE phone_index = :phone_index ORDER BY id

-- name: with_id_number
SELECT id FROM people_register WHERE id_index = :id_index ORDER BY id

-- name: set_birth_index
UPDATE people_register SET birth_index = :birth_index WHERE id = :id

-- A person of this action has no row among the figures before it ends.

-- name: with_birth_date
SELECT r.id FROM people_register r LEFT JOIN figure_people p ON p.id = r.id
WHERE r.birth_index = :birth_index AND r.id_index IS NULL
  AND (p.id IS NULL OR (p.area_path >= :path AND p.area_path < :path_end))
ORDER BY r.id

-- name: forget_text
DELETE FROM register_texts WHERE owner = :owner AND field = :field

-- name: forget_texts
DELETE FROM register_texts WHERE owner = :owner

-- Texts under the positions of a person's facts of one kind.

-- name: forget_texts_of_facts
DELETE FROM register_texts WHERE owner IN (
  SELECT s.position FROM fact_subjects s JOIN journal j ON j.position = s.position
  WHERE s.noun = 'person' AND s.id = :person AND j.kind = :kind)

-- name: insert_text
INSERT INTO register_texts (owner, field, sealed) VALUES (:owner, :field, :sealed)

-- name: text
SELECT sealed FROM register_texts WHERE owner = :owner AND field = :field

-- People and readings within an area, the newest first. `path` and `path_end` bound the paths of
-- the area and all below it.

-- name: newest_people
SELECT p.*, r.name AS sealed_name FROM figure_people p JOIN people_register r ON r.id = p.id
WHERE p.area_path >= :path AND p.area_path < :path_end AND p.id < :before_id
ORDER BY p.id DESC LIMIT :limit

-- name: count_people
SELECT count(*) AS people FROM figure_people WHERE area_path >= :path AND area_path < :path_end

-- name: people_of
SELECT id FROM figure_people WHERE area_path >= :path AND area_path < :path_end ORDER BY id

-- name: newest_readings
SELECT * FROM figure_readings
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- An account's id is the position of the fact that opened it, and that names its person.

-- name: fact_at
SELECT body FROM journal WHERE position = :position

-- name: newest_disputes
SELECT * FROM figure_disputes
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
ORDER BY id DESC LIMIT :limit

-- name: newest_reading_requests
SELECT * FROM figure_reading_requests
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: reading_request_of
SELECT * FROM figure_reading_requests WHERE person = :person AND account = :account
ORDER BY id DESC LIMIT 1

-- name: due_ages
SELECT id, age_until FROM figure_people
WHERE age_until > 0 AND age_until <= :now ORDER BY age_until, id LIMIT :limit

-- name: open_dispute_about
SELECT id FROM figure_disputes WHERE person = :person AND state = 'open' ORDER BY id LIMIT 1
