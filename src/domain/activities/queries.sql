-- What somebody is bound to at a time that overlaps `from`–`to`.

-- name: overlapping_seats
SELECT count(*) AS seats FROM figure_seats s JOIN figure_activities a ON a.id = s.activity
WHERE s.person = :person AND s.shift_id <> :shift_id
  AND s.state IN ('joined', 'waiting', 'present') AND a.state = 'published'
  AND s.starts_at < :to AND s.ends_at > :from

-- name: overlapping_orders
SELECT count(*) AS orders FROM figure_offers
WHERE person = :person AND state IN ('accepted', 'in_service')
  AND starts_at < :to AND ends_at > :from

-- name: queue_of_shift
SELECT person FROM figure_seats WHERE shift_id = :shift_id AND state = 'waiting' ORDER BY since

-- name: present_at_shift
SELECT person FROM figure_seats WHERE shift_id = :shift_id AND state = 'present' ORDER BY since

-- name: seats_of_shift
SELECT * FROM figure_seats WHERE shift_id = :shift_id AND state <> 'left' ORDER BY since

-- name: shifts_of_activity
SELECT * FROM figure_shifts WHERE activity = :activity ORDER BY starts_at, id

-- name: queue_before
SELECT count(*) AS people FROM figure_seats
WHERE shift_id = :shift_id AND state = 'waiting' AND since < :since

-- Newest first, with a shift in the span of time that is asked for.
-- name: newest_first
SELECT * FROM figure_activities a
WHERE a.area_path >= :path AND a.area_path < :path_end AND a.id < :before_id
  AND (CAST(:state AS TEXT) IS NULL OR a.state = :state)
  AND EXISTS (SELECT 1 FROM figure_shifts s
    WHERE s.activity = a.id AND s.starts_at < :until AND s.ends_at > :from)
ORDER BY a.id DESC LIMIT :limit

-- What is open in one's own area and above it, and where one has a place. `home` is the path of
-- one's area: every area above it is a beginning of that path.
-- name: near
SELECT * FROM figure_activities a
WHERE ((a.state = 'published' AND a.ends_at > :now
      AND substr(CAST(:home AS TEXT), 1, length(a.area_path)) = a.area_path)
    OR EXISTS (SELECT 1 FROM figure_seats m
      WHERE m.activity = a.id AND m.person = :person AND m.state <> 'left' AND m.ends_at > :recent))
  AND EXISTS (SELECT 1 FROM figure_shifts s
    WHERE s.activity = a.id AND s.starts_at < :until AND s.ends_at > :from)
ORDER BY a.ends_at, a.id LIMIT :limit
