-- name: due_certification_warnings
SELECT id, warn_at FROM figure_certifications
WHERE warned_at = 0 AND warn_at > 0 AND warn_at <= :now AND valid_until > :now AND volunteer = 1
ORDER BY warn_at, id LIMIT :limit

-- name: due_licence_ends
SELECT id, licensed_until FROM figure_certifications
WHERE licensed_until > 0 AND licensed_until <= :now ORDER BY licensed_until, id LIMIT :limit

-- name: due_lapses
SELECT id, valid_until FROM figure_certifications
WHERE valid_until > 0 AND valid_until <= :now ORDER BY valid_until, id LIMIT :limit

-- name: due_suspension_ends
SELECT id, suspended_until FROM figure_certifications
WHERE suspended_until > 0 AND suspended_until <= :now ORDER BY suspended_until, id LIMIT :limit

-- name: due_lowering_escalations
SELECT id, escalate_at FROM figure_lowerings
WHERE escalate_at > 0 AND escalate_at <= :now ORDER BY escalate_at, id LIMIT :limit

-- Where a lowering was proposed or appealed against, and somebody is to decide.
-- name: lowerings_waiting
SELECT * FROM figure_certifications
WHERE lowering_at > 0 AND area_path >= :path AND area_path < :path_end
  AND (lowering_at > :after_sort OR (lowering_at = :after_sort AND id > :after_id))
ORDER BY lowering_at, id LIMIT :limit

-- name: lowerings_of
SELECT * FROM figure_lowerings WHERE person = :person ORDER BY id DESC LIMIT :limit

-- What a person may decide now: a level whose gates are met.
-- name: ready_to_grant
SELECT * FROM figure_certifications
WHERE ready_at > 0 AND ready_at <= :now AND volunteer = 1
  AND area_path >= :path AND area_path < :path_end
  AND (ready_at > :after_sort OR (ready_at = :after_sort AND id > :after_id))
ORDER BY ready_at, id LIMIT :limit

-- What ends soon, the first end first.
-- name: ending_soon
SELECT * FROM figure_certifications
WHERE valid_until > :now AND warn_at <= :now AND volunteer = 1
  AND area_path >= :path AND area_path < :path_end
  AND (valid_until > :after_sort OR (valid_until = :after_sort AND id > :after_id))
ORDER BY valid_until, id LIMIT :limit

-- What ended and may still be renewed.
-- name: lapsed_lately
SELECT * FROM figure_certifications
WHERE lapsed_at > :since AND volunteer = 1
  AND area_path >= :path AND area_path < :path_end
  AND (lapsed_at > :after_sort OR (lapsed_at = :after_sort AND id > :after_id))
ORDER BY lapsed_at, id LIMIT :limit
