-- name: journal_position
SELECT coalesce(max(position), 0) AS position FROM journal

-- name: last_day
SELECT coalesce(max(day), 0) AS day, coalesce(max(looked_at), 0) AS looked_at
FROM figure_spot_days

-- name: months_to_reveal
SELECT id FROM figure_sample_seeds
WHERE id < :month AND commitment IS NOT NULL AND revealed IS NULL ORDER BY id

-- By the position of the fact that ended the service, or by which a record came to count more since;
-- a check that is done says nothing of what was added later.
-- name: records_to_look_at
SELECT r.id AS position, 'record' AS what FROM figure_service_records r
LEFT JOIN figure_spot_checks s ON s.record = r.id
WHERE r.id > :after AND r.id <= :bound AND r.entered_at >= :since AND s.id IS NULL
UNION ALL
SELECT r.raised AS position, 'raised' AS what FROM figure_service_records r
WHERE r.raised > :after AND r.raised <= :bound AND r.raised_at >= :since AND r.id <= :after
  AND NOT EXISTS (SELECT 1 FROM figure_spot_checks s WHERE s.record = r.id
    AND (s.id > r.raised OR s.state IN ('open', 'differs', 'not_reached')))
UNION ALL
SELECT d.position AS position, 'duty' AS what FROM figure_duty_services d
LEFT JOIN figure_spot_checks s ON s.order_id = d.order_id AND s.person = d.person
WHERE d.position > :after AND d.position <= :bound AND d.noted_at >= :since AND s.id IS NULL
ORDER BY position LIMIT :limit

-- name: record_raised_at
SELECT id FROM figure_service_records WHERE raised = :position

-- name: duty_at
SELECT order_id, person FROM figure_duty_services WHERE position = :position

-- name: service_of_record
SELECT f.checked_in_at, f.checked_out_at, o.starts_at, o.ends_at, o.recipient, o.area,
  (SELECT count(*) FROM figure_planned_orders p WHERE p.id = f.order_id) AS planned
FROM figure_offers f JOIN figure_orders o ON o.id = f.order_id
WHERE f.order_id = :order_id AND f.person = :person AND f.checked_out_at > 0

-- name: parallel_orders
SELECT count(*) AS orders FROM figure_offers
WHERE person = :person AND order_id <> :order_id AND checked_in_at > 0 AND checked_out_at > 0
  AND checked_in_at < :to AND checked_out_at > :from

-- A list that was ticked only after the shift says no more than that they came.
-- name: parallel_shifts
SELECT count(*) AS shifts FROM figure_seats
WHERE person = :person AND state IN ('present', 'recorded', 'not_recorded') AND present_at > 0
  AND starts_at < :to AND ends_at > :from
  AND CASE WHEN present_at < ends_at THEN present_at ELSE starts_at END < :to

-- name: presence_at_shift
SELECT CASE WHEN present_at < ends_at THEN present_at ELSE starts_at END AS present_from, ends_at
FROM figure_seats WHERE person = :person AND shift_id = :shift_id AND present_at > 0

-- The person's orders next to one, nearest first.

-- name: order_before
SELECT o.id, o.area, o.recipient, f.checked_out_at AS noted_at
FROM figure_offers f JOIN figure_orders o ON o.id = f.order_id
WHERE f.person = :person AND f.state = 'delivered' AND f.order_id <> :order_id
  AND f.checked_out_at >= :since AND f.checked_out_at <= :until
ORDER BY f.checked_out_at DESC, f.order_id DESC LIMIT 1

-- name: order_after
SELECT o.id, o.area, o.recipient, f.checked_in_at AS noted_at
FROM figure_offers f JOIN figure_orders o ON o.id = f.order_id
WHERE f.person = :person AND f.state = 'delivered' AND f.order_id <> :order_id
  AND f.checked_out_at >= :since AND f.checked_in_at >= :since AND f.checked_in_at <= :until
ORDER BY f.checked_in_at, f.order_id LIMIT 1

-- name: came_and_left_together
SELECT count(*) AS people FROM figure_offers
WHERE order_id = :order_id AND state = 'delivered'
  AND checked_in_at >= :in_from AND checked_in_at <= :in_to
  AND checked_out_at >= :out_from AND checked_out_at <= :out_to

-- A role that reaches others, held at the time; it may have ended since.
-- name: posts_held
SELECT count(*) AS posts FROM figure_accounts a CROSS JOIN figure_grants g
WHERE a.person = :person AND g.account = a.id
  AND g.role <> 'volunteer' AND g.role <> 'resident' AND g.proposed_at <= :at
  AND CASE g.state WHEN 'granted' THEN g.decided_at <= :at WHEN 'ended' THEN g.decided_at > :at
    ELSE 1 = 0 END

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

-- What one hand entered around a record before it was looked at, whoever corrected it since.
-- name: entered_together
SELECT count(*) AS records, coalesce(min(v.at), 0) AS first_at, coalesce(max(v.at), 0) AS last_at
FROM figure_record_versions v JOIN figure_service_records r ON r.id = v.id
WHERE v.id >= :first_id AND v.id <= :last_id AND v.by = :by AND r.order_id = 0 AND r.shift_id = 0
  AND v.at >= :from AND v.at <= :to

-- What a record said when it was looked at.
-- name: version_looked_at
SELECT * FROM figure_record_versions WHERE record = :record AND id < :check
ORDER BY id DESC LIMIT 1

-- name: checks_of_area
SELECT * FROM figure_spot_checks
WHERE area_path >= :path AND area_path < :path_end AND id > :after_id
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
ORDER BY id LIMIT :limit

-- name: counts_of_area
SELECT state, count(*) AS checks FROM figure_spot_checks
WHERE area_path >= :path AND area_path < :path_end GROUP BY state

-- For verify: everything, once.

-- name: all_months
SELECT * FROM figure_sample_seeds ORDER BY id

-- name: all_spot_days
SELECT id, day, looked_at FROM figure_spot_days ORDER BY looked_at, id

-- name: all_draws
SELECT id, record, order_id, sampled, percent, opened_at FROM figure_spot_checks ORDER BY id

-- name: all_publications
SELECT hash, effective_at, decided_at FROM figure_rule_packs
WHERE state = 'published' ORDER BY decided_at, id

-- name: all_graded
SELECT id FROM figure_grades

-- What was looked at and neither held nor drawn, but for what counts more or less since.
-- name: all_passed_over
SELECT r.id AS position, r.id AS record, r.order_id, r.person, r.entered_at AS noted_at
FROM figure_service_records r LEFT JOIN figure_spot_checks s ON s.record = r.id
WHERE s.id IS NULL AND r.minutes > 0 AND r.raised = 0
UNION ALL
SELECT d.position, 0 AS record, d.order_id, d.person, d.noted_at
FROM figure_duty_services d
LEFT JOIN figure_spot_checks s ON s.order_id = d.order_id AND s.person = d.person
WHERE s.id IS NULL
ORDER BY position
