-- name: journal_position
SELECT coalesce(max(position), 0) AS position FROM journal

-- name: last_day
SELECT coalesce(max(day), 0) AS day, coalesce(max(looked_at), 0) AS looked_at
FROM figure_spot_days

-- name: seed_of
SELECT seed FROM figure_sample_seeds WHERE id = :month

-- name: records_to_look_at
SELECT r.id FROM figure_service_records r LEFT JOIN figure_spot_checks s ON s.record = r.id
WHERE r.id > :after AND r.id <= :bound AND r.entered_at >= :since AND s.id IS NULL
ORDER BY r.id LIMIT :limit

-- name: service_of_record
SELECT f.checked_in_at, f.checked_out_at, o.starts_at, o.ends_at, o.recipient,
  (SELECT count(*) FROM figure_planned_orders p WHERE p.id = f.order_id) AS planned
FROM figure_offers f JOIN figure_orders o ON o.id = f.order_id
WHERE f.order_id = :order_id AND f.person = :person AND f.checked_out_at > 0

-- name: parallel_orders
SELECT count(*) AS orders FROM figure_offers
WHERE person = :person AND order_id <> :order_id AND checked_in_at > 0 AND checked_out_at > 0
  AND checked_in_at < :to AND checked_out_at > :from

-- name: orders_of_day
SELECT count(*) AS orders FROM figure_offers
WHERE person = :person AND state = 'delivered' AND checked_out_at >= :day AND checked_out_at <= :at

-- name: minutes_of_pair
SELECT coalesce(sum(f.minutes), 0) AS all_minutes,
  coalesce(sum(CASE WHEN o.recipient = :recipient THEN f.minutes ELSE 0 END), 0) AS pair_minutes,
  coalesce(sum(CASE WHEN o.recipient = :recipient THEN 1 ELSE 0 END), 0) AS pair_services
FROM figure_offers f JOIN figure_orders o ON o.id = f.order_id
WHERE f.person = :person AND f.state = 'delivered' AND f.checked_out_at >= :since
  AND f.checked_out_at <= :until

-- name: entered_around
SELECT count(*) AS records FROM figure_service_records
WHERE id >= :first_id AND id <= :last_id AND entered_by = :by AND order_id = 0 AND shift_id = 0
  AND entered_at >= :from AND entered_at <= :to

-- name: checks_of_area
SELECT * FROM figure_spot_checks
WHERE area_path >= :path AND area_path < :path_end AND id > :after_id
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
ORDER BY id LIMIT :limit

-- name: counts_of_area
SELECT state, count(*) AS checks FROM figure_spot_checks
WHERE area_path >= :path AND area_path < :path_end GROUP BY state
