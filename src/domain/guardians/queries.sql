-- name: consent_of_link
SELECT id FROM figure_consents WHERE asked_by = :link

-- Minors whose guardian was asked, within an area; who waits for an answer first.
-- name: consents
SELECT c.* FROM figure_consents c JOIN figure_people p ON p.id = c.id
WHERE p.area_path >= :path AND p.area_path < :path_end AND p.erased = 0 AND c.id < :before_id
  AND (CAST(:state AS TEXT) IS NULL OR c.state = :state)
ORDER BY c.id DESC LIMIT :limit

-- Places in shifts that lie ahead, are under way, or ended after `since`.
-- name: seats_of_child
SELECT * FROM figure_seats
WHERE person = :person AND state <> 'left' AND ends_at > :since ORDER BY starts_at, id LIMIT :limit

-- name: orders_of_child
SELECT * FROM figure_offers
WHERE person = :person AND state IN ('accepted', 'in_service', 'delivered') AND ends_at > :since
ORDER BY starts_at, id LIMIT :limit

-- name: adults_at_shift
SELECT count(*) AS adults FROM figure_seats s JOIN figure_standings p ON p.id = s.person
WHERE s.shift_id = :shift_id AND s.state IN ('joined', 'present', 'recorded', 'not_recorded')
  AND p.age_years >= :adult

-- name: adults_at_order
SELECT count(*) AS adults FROM figure_offers o JOIN figure_standings p ON p.id = o.person
WHERE o.order_id = :order_id AND o.state IN ('accepted', 'in_service', 'delivered')
  AND p.age_years >= :adult

-- Minors who are out: there, and nobody has seen them go home.
-- name: children_at_shifts
SELECT s.* FROM figure_seats s JOIN figure_activities a ON a.id = s.activity
JOIN figure_people p ON p.id = s.person
WHERE s.state = 'present' AND s.returned_at = 0 AND a.state = 'published'
  AND a.area_path >= :path AND a.area_path < :path_end AND p.age_years < :adult
ORDER BY s.ends_at, s.id LIMIT :limit

-- name: children_at_orders
SELECT f.* FROM figure_offers f JOIN figure_orders o ON o.id = f.order_id
JOIN figure_people p ON p.id = f.person
WHERE f.state = 'in_service' AND o.area_path >= :path AND o.area_path < :path_end
  AND p.age_years < :adult
ORDER BY f.ends_at, f.id LIMIT :limit
