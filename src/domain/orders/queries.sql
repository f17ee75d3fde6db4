-- name: visits_before
SELECT count(*) AS visits FROM figure_orders
WHERE recipient = :recipient AND category = :category AND delivered_at > 0

-- name: due_first
SELECT * FROM figure_orders
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
  AND (handle_until > :after_sort OR (handle_until = :after_sort AND id > :after_id))
ORDER BY handle_until, id LIMIT :limit

-- name: newest_first
SELECT * FROM figure_orders
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
  AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: needs_for
SELECT * FROM figure_needs WHERE recipient = :person ORDER BY id DESC LIMIT :limit

-- Confirmed and not reviewed, while nobody has asked for it again; not for whoever had a part in it.
-- name: unreviewed
SELECT o.id, o.confirmed_at FROM figure_orders o JOIN figure_needs n ON n.id = o.need
WHERE o.area_path >= :path AND o.area_path < :path_end AND o.state = 'confirmed'
  AND (CAST(:state AS TEXT) IS NULL OR o.state = :state)
  AND n.order_id = o.id AND coalesce(o.leader, 0) <> :account
  AND NOT EXISTS (SELECT 1 FROM figure_offers f
    WHERE f.order_id = o.id AND f.person = :person AND f.accepted_at > 0)
  AND (o.confirmed_at > :after_sort OR (o.confirmed_at = :after_sort AND o.id > :after_id))
ORDER BY o.confirmed_at, o.id LIMIT :limit

-- name: offers_of_order
SELECT * FROM figure_offers WHERE order_id = :order_id ORDER BY offered_at, person

-- name: offers_of_person
SELECT * FROM figure_offers
WHERE person = :person AND state IN ('offered', 'accepted', 'in_service', 'delivered')
ORDER BY offered_at DESC LIMIT :limit

-- People who may be asked: those who serve in `path` or below.
-- name: people_in_reach
SELECT * FROM figure_standings WHERE area_path >= :path AND area_path < :path_end ORDER BY id

-- name: standing_of
SELECT * FROM figure_standings WHERE id = :id

-- What the people of a reach are bound to at a time that overlaps `from`–`to`.
-- name: bound_in_reach
SELECT o.person, o.starts_at, o.ends_at FROM figure_offers o
JOIN figure_standings s ON s.id = o.person
WHERE s.area_path >= :path AND s.area_path < :path_end
  AND o.state IN ('accepted', 'in_service') AND o.starts_at < :to AND o.ends_at > :from

-- Adults among those who have accepted: beside one of them a minor may come.
-- name: adults_on_order
SELECT count(*) AS adults FROM figure_offers o JOIN figure_standings s ON s.id = o.person
WHERE o.order_id = :order_id AND o.state IN ('accepted', 'in_service') AND s.age_years >= :age

-- name: served_since
SELECT o.person, sum(o.minutes) AS minutes FROM figure_offers o
JOIN figure_standings s ON s.id = o.person
WHERE s.area_path >= :path AND s.area_path < :path_end
  AND o.state = 'delivered' AND o.checked_out_at >= :since
GROUP BY o.person

-- name: served_recipient
SELECT DISTINCT o.person FROM figure_offers o JOIN figure_orders f ON f.id = o.order_id
WHERE f.recipient = :recipient AND o.state = 'delivered'

-- name: overlapping_acceptance
SELECT count(*) AS orders FROM figure_offers
WHERE person = :person AND state IN ('accepted', 'in_service')
  AND starts_at < :to AND ends_at > :from AND order_id <> :order_id

-- name: under_way_in
SELECT count(*) AS orders FROM figure_orders
WHERE area_path >= :path AND area_path < :path_end
  AND state NOT IN ('confirmed', 'reviewed', 'cancelled')

-- Timers.

-- name: due_offers
SELECT order_id, person, until FROM figure_offers
WHERE state = 'offered' AND until <= :now ORDER BY until, id LIMIT :limit

-- name: due_widenings
SELECT id, widen_at FROM figure_orders
WHERE state IN ('open', 'offered') AND escalated_at = 0 AND widen_at > 0 AND widen_at <= :now
ORDER BY widen_at, id LIMIT :limit

-- name: due_escalations
SELECT id, escalate_until FROM figure_orders
WHERE state IN ('open', 'offered') AND escalated_at = 0 AND escalate_until <= :now
ORDER BY escalate_until, id LIMIT :limit

-- name: due_confirmations
SELECT id, confirm_until FROM figure_orders
WHERE state = 'delivered' AND confirm_until <= :now ORDER BY confirm_until, id LIMIT :limit
