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

-- Minors who were there and whom nobody has seen go home.
-- name: minors_there
SELECT count(*) AS minors FROM figure_seats s JOIN figure_standings p ON p.id = s.person
WHERE s.shift_id = :shift_id AND s.state = 'present' AND s.returned_at = 0 AND p.age_years < :adult

-- name: ages_at_shift
SELECT coalesce(sum(CASE WHEN p.age_years >= :adult THEN 1 ELSE 0 END), 0) AS adults,
  coalesce(sum(CASE WHEN p.age_years >= :adult THEN 0 ELSE 1 END), 0) AS minors
FROM figure_seats s LEFT JOIN figure_standings p ON p.id = s.person
WHERE s.shift_id = :shift_id
  AND (s.state = 'present' OR (s.state = 'joined' AND CAST(:present_only AS {integer}) = 0))

-- name: open_seats_of
SELECT s.shift_id FROM figure_seats s JOIN figure_activities a ON a.id = s.activity
WHERE s.person = :person AND s.state IN ('joined', 'waiting') AND a.state = 'published'
ORDER BY s.since

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

-- name: teams_led
SELECT * FROM figure_organizations
WHERE volunteer_lead = :person OR social_work_lead = :person ORDER BY id

-- Shifts of the teams that a person leads: to come, or over and not recorded yet.
-- name: shifts_led
SELECT s.*, a.organization FROM figure_shifts s JOIN figure_activities a ON a.id = s.activity
WHERE a.organization IN (SELECT id FROM figure_organizations
    WHERE volunteer_lead = :person OR social_work_lead = :person)
  AND a.state = 'published'
  AND (s.ends_at > :now OR (s.closed_at = 0 AND s.joined > 0 AND s.ends_at > :oldest))
ORDER BY s.starts_at, s.id LIMIT :limit

-- Policies of a team that still hold.
-- name: insurances_of
SELECT id, until_at FROM figure_insurances
WHERE organization = :organization AND until_at > :now AND ended_at = 0 ORDER BY until_at, id
