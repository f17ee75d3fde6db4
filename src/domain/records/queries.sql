-- A record that waits counts nothing yet, but its time is taken: nobody may enter it twice.
-- name: overlapping_records
SELECT count(*) AS records FROM figure_service_records
WHERE person = :person AND id <> :except
  AND ((minutes > 0 AND starts_at < :to AND ends_at > :from)
    OR (proposed = 1 AND proposed_starts_at < :to AND proposed_ends_at > :from))

-- The list of an area and what it counts: one condition, written twice side by side.
-- `part`: numerator for what the requester or the organiser confirmed, not_counted for what has no
-- minutes (it waits, was not agreed to, or was corrected to nothing). `late`: only what was entered
-- after the limit. `organization`: only of people who belonged to this team when they served.

-- name: newest_first
SELECT r.* FROM figure_service_records r LEFT JOIN figure_orders o ON o.id = r.order_id
WHERE r.area_path >= :path AND r.area_path < :path_end
  AND r.starts_at >= :from AND r.starts_at < :until
  AND (CAST(:state AS TEXT) IS NULL OR r.state = :state)
  AND (CAST(:category AS TEXT) IS NULL OR coalesce(r.category, o.category) = :category)
  AND (CAST(:part AS TEXT) IS NULL OR :part = 'denominator'
    OR (:part = 'not_counted' AND r.minutes = 0)
    OR (:part = 'numerator' AND (r.order_id = 0 OR (o.confirmed_at > 0 AND o.unconfirmed = 0))))
  AND (CAST(:late AS TEXT) IS NULL OR r.late = 1)
  AND (CAST(:organization AS {integer}) IS NULL OR EXISTS (SELECT 1 FROM figure_graded_members m
    WHERE m.organization = :organization AND m.person = r.person
      AND m.joined_at <= r.starts_at AND (m.left_at = 0 OR m.left_at > r.starts_at)))
  AND r.id < :before_id
ORDER BY r.id DESC LIMIT :limit

-- name: counted
SELECT count(*) AS records, coalesce(sum(r.minutes), 0) AS minutes
FROM figure_service_records r LEFT JOIN figure_orders o ON o.id = r.order_id
WHERE r.area_path >= :path AND r.area_path < :path_end
  AND r.starts_at >= :from AND r.starts_at < :until
  AND (CAST(:state AS TEXT) IS NULL OR r.state = :state)
  AND (CAST(:category AS TEXT) IS NULL OR coalesce(r.category, o.category) = :category)
  AND (CAST(:part AS TEXT) IS NULL OR :part = 'denominator'
    OR (:part = 'not_counted' AND r.minutes = 0)
    OR (:part = 'numerator' AND (r.order_id = 0 OR (o.confirmed_at > 0 AND o.unconfirmed = 0))))
  AND (CAST(:late AS TEXT) IS NULL OR r.late = 1)
  AND (CAST(:organization AS {integer}) IS NULL OR EXISTS (SELECT 1 FROM figure_graded_members m
    WHERE m.organization = :organization AND m.person = r.person
      AND m.joined_at <= r.starts_at AND (m.left_at = 0 OR m.left_at > r.starts_at)))

-- name: service_minutes
SELECT count(*) AS records, coalesce(sum(r.minutes), 0) AS minutes,
  coalesce(sum(CASE WHEN r.late = 1 THEN 1 ELSE 0 END), 0) AS late,
  coalesce(sum(CASE WHEN r.minutes = 0 THEN 1 ELSE 0 END), 0) AS without_minutes,
  coalesce(sum(CASE WHEN r.order_id = 0 OR (o.confirmed_at > 0 AND o.unconfirmed = 0)
    THEN r.minutes ELSE 0 END), 0) AS confirmed
FROM figure_service_records r LEFT JOIN figure_orders o ON o.id = r.order_id
WHERE r.area_path >= :path AND r.area_path < :path_end
  AND r.starts_at >= :from AND r.starts_at < :until

-- The same condition, by teams of the area; who belongs to two counts in both.
-- name: late_by_team
SELECT t.id, count(*) AS records, coalesce(sum(r.late), 0) AS late
FROM figure_organizations t JOIN figure_graded_members m ON m.organization = t.id
JOIN figure_service_records r ON r.person = m.person
  AND m.joined_at <= r.starts_at AND (m.left_at = 0 OR m.left_at > r.starts_at)
WHERE t.area_path >= :path AND t.area_path < :path_end
  AND r.area_path >= :path AND r.area_path < :path_end
  AND r.starts_at >= :from AND r.starts_at < :until
GROUP BY t.id ORDER BY t.id

-- name: of_person
SELECT * FROM figure_service_records WHERE person = :person AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: minutes_of_person
SELECT count(*) AS records, coalesce(sum(minutes), 0) AS minutes FROM figure_service_records
WHERE person = :person

-- name: versions_of_record
SELECT * FROM figure_record_versions WHERE record = :record ORDER BY id

-- By the turn that proved the record false.
-- name: proposal_of_correction
SELECT * FROM figure_grade_proposals
WHERE graded_id = :graded_id AND proposed_at = :at AND proposed_by = :by ORDER BY id LIMIT 1
