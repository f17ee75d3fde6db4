-- name: visits_before
SELECT count(*) AS visits FROM figure_orders
WHERE recipient = :recipient AND category = :category AND delivered_at > 0

-- What a member has booked with time, at a time that overlaps `from`–`to`.
-- name: overlapping_booking
SELECT starts_at, ends_at FROM figure_orders
WHERE recipient = :recipient AND funding <> 'public_service' AND state <> 'cancelled'
  AND starts_at < :to AND ends_at > :from
ORDER BY starts_at, id LIMIT 1

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

-- For somebody, or asked for by her for another.
-- name: needs_for
SELECT * FROM figure_needs WHERE recipient = :person OR asked_by = :person
ORDER BY id DESC LIMIT :limit

-- Confirmed and not reviewed, while nobody has asked for it again; not for whoever had a part in it
-- or stood in for who led it.
-- name: unreviewed
SELECT o.id, o.confirmed_at, o.priority_class FROM figure_orders o JOIN figure_needs n ON n.id = o.need
WHERE o.area_path >= :path AND o.area_path < :path_end AND o.state = 'confirmed'
  AND (CAST(:state AS TEXT) IS NULL OR o.state = :state)
  AND n.order_id = o.id AND coalesce(o.leader, 0) <> :account
  AND NOT EXISTS (SELECT 1 FROM figure_offers f
    WHERE f.order_id = o.id AND f.person = :person AND f.accepted_at > 0)
  AND NOT EXISTS (SELECT 1 FROM figure_deputies d
    WHERE d.deputy = :account AND d.account = o.leader
      AND d.stood_from > 0 AND d.stood_from < :now AND d.stood_until > o.opened_at)
  AND (o.confirmed_at > :after_sort OR (o.confirmed_at = :after_sort AND o.id > :after_id))
ORDER BY o.confirmed_at, o.id LIMIT :limit

-- name: sample_seeds
SELECT id, begun, seed, commitment, revealed, lost FROM figure_sample_seeds

-- Of one recipient, since an instant and since somebody last reached them on the phone.
-- name: absences_since
SELECT count(*) AS absences FROM figure_absences
WHERE recipient = :recipient AND noted_at >= :since
  AND noted_at > (SELECT coalesce(max(c.answered_at), 0) FROM figure_phone_checks c
    WHERE c.recipient = :recipient)

-- Orders that nobody is asked for before somebody has called.
-- name: phone_checks_due
SELECT o.id, o.starts_at FROM figure_phone_checks c JOIN figure_orders o ON o.id = c.id
WHERE c.state = 'due' AND o.area_path >= :path AND o.area_path < :path_end
  AND o.state IN ('open', 'offered', 'escalated')
  AND (CAST(:state AS TEXT) IS NULL OR o.state = :state)
  AND (o.starts_at > :after_sort OR (o.starts_at = :after_sort AND o.id > :after_id))
ORDER BY o.starts_at, o.id LIMIT :limit

-- name: phone_checks_of
SELECT o.id FROM figure_phone_checks c JOIN figure_orders o ON o.id = c.id
WHERE c.recipient = :recipient AND c.state = 'due' AND c.id <> :id
  AND o.state IN ('open', 'offered', 'escalated')
ORDER BY o.id

-- name: offers_of_order
SELECT * FROM figure_offers WHERE order_id = :order_id ORDER BY offered_at, person

-- name: offers_of_person
SELECT * FROM figure_offers
WHERE person = :person AND state IN ('offered', 'accepted', 'in_service', 'delivered')
ORDER BY offered_at DESC LIMIT :limit

-- People who may be asked: those who serve in `path` or below.
-- In no order: whoever ranks them sorts them, and thousands of whole rows are not sorted here.
-- name: people_in_reach
SELECT * FROM figure_standings WHERE area_path >= :path AND area_path < :path_end

-- name: people_at
SELECT * FROM figure_standings WHERE area_path = :path

-- name: standing_of
SELECT * FROM figure_standings WHERE id = :id

-- What the people of a reach are bound to at a time that overlaps `from`–`to`.
-- name: bound_in_reach
SELECT o.person, o.starts_at, o.ends_at FROM figure_offers o
JOIN figure_standings s ON s.id = o.person
WHERE s.area_path >= :path AND s.area_path < :path_end
  AND o.state IN ('accepted', 'in_service') AND o.starts_at < :to AND o.ends_at > :from
UNION ALL
SELECT e.person, e.starts_at, e.ends_at FROM figure_seats e
JOIN figure_activities a ON a.id = e.activity
JOIN figure_standings s ON s.id = e.person
WHERE s.area_path >= :path AND s.area_path < :path_end AND a.state = 'published'
  AND e.state IN ('joined', 'present') AND e.starts_at < :to AND e.ends_at > :from
ORDER BY 1, 2, 3

-- name: bound
SELECT starts_at, ends_at FROM figure_offers
WHERE person = :person AND state IN ('accepted', 'in_service')
  AND starts_at < :to AND ends_at > :from
UNION ALL
SELECT e.starts_at, e.ends_at FROM figure_seats e JOIN figure_activities a ON a.id = e.activity
WHERE e.person = :person AND a.state = 'published'
  AND e.state IN ('joined', 'present') AND e.starts_at < :to AND e.ends_at > :from
ORDER BY 1, 2

-- Adults among those who have accepted: beside one of them a minor may come.
-- name: adults_on_order
SELECT count(*) AS adults FROM figure_offers o JOIN figure_standings s ON s.id = o.person
WHERE o.order_id = :order_id AND o.state IN ('accepted', 'in_service') AND s.age_years >= :age

-- name: served_since
-- CROSS JOIN: SQLite keeps the order of the tables, people first, so that the years do not slow it.
SELECT o.person, sum(o.minutes) AS minutes
FROM figure_standings s CROSS JOIN figure_offers o
WHERE s.area_path >= :path AND s.area_path < :path_end AND o.person = s.id
  AND o.state = 'delivered' AND o.checked_out_at >= :since
GROUP BY o.person

-- name: served_by_since
SELECT coalesce(sum(minutes), 0) AS minutes FROM figure_offers
WHERE person = :person AND state = 'delivered' AND checked_out_at >= :since

-- name: served_recipient
SELECT DISTINCT o.person FROM figure_orders f CROSS JOIN figure_offers o
WHERE f.recipient = :recipient AND o.order_id = f.id AND o.state = 'delivered'

-- name: overlapping_acceptance
SELECT (SELECT count(*) FROM figure_offers
  WHERE person = :person AND state IN ('accepted', 'in_service')
    AND starts_at < :to AND ends_at > :from AND order_id <> :order_id)
  + (SELECT count(*) FROM figure_seats s JOIN figure_activities a ON a.id = s.activity
  WHERE s.person = :person AND s.state IN ('joined', 'present') AND a.state = 'published'
    AND s.starts_at < :to AND s.ends_at > :from) AS bound

-- name: accepted_on
SELECT o.* FROM figure_offers f JOIN figure_orders o ON o.id = f.order_id
WHERE f.person = :person AND f.state IN ('accepted', 'in_service')
  AND o.starts_at >= :from AND o.starts_at < :until
ORDER BY o.starts_at, o.id LIMIT :limit

-- What a batch reads (open_orders.cpp): the orders below `path` that look for people, and what
-- stands about them.

-- Without those about which somebody has to call first.
-- name: looking_for_people
SELECT * FROM figure_orders o
WHERE o.area_path >= :path AND o.area_path < :path_end
  AND o.state IN ('open', 'offered', 'escalated') AND o.ends_at > :now
  AND NOT EXISTS (SELECT 1 FROM figure_phone_checks c WHERE c.id = o.id AND c.state = 'due')
ORDER BY o.id

-- name: asked_for_looking
SELECT f.order_id, f.person, f.state, s.age_years, s.certification, s.orders_served, s.social_worker
FROM figure_orders o JOIN figure_offers f ON f.order_id = o.id
JOIN figure_standings s ON s.id = f.person
WHERE o.area_path >= :path AND o.area_path < :path_end
  AND o.state IN ('open', 'offered', 'escalated') AND o.ends_at > :now
ORDER BY f.order_id, f.person

-- name: served_recipients_of_looking
SELECT DISTINCT o.id AS order_id, f.person
FROM figure_orders o CROSS JOIN figure_orders b CROSS JOIN figure_offers f
WHERE o.area_path >= :path AND o.area_path < :path_end
  AND o.state IN ('open', 'offered', 'escalated') AND o.ends_at > :now AND o.recipient > 0
  AND b.recipient = o.recipient AND f.order_id = b.id AND f.state = 'delivered'
ORDER BY o.id, f.person

-- name: asked_in_reach
SELECT f.person, o.starts_at, o.ends_at FROM figure_offers f
JOIN figure_orders o ON o.id = f.order_id JOIN figure_standings s ON s.id = f.person
WHERE s.area_path >= :path AND s.area_path < :path_end
  AND f.state = 'offered' AND o.ends_at > :now
ORDER BY f.person, o.starts_at, o.id

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

-- Accepted and not begun, by somebody to whom dispatch is suspended.
-- name: due_reassignments
SELECT f.order_id, f.person, s.reassign_from FROM figure_standings s
JOIN figure_offers f ON f.person = s.id AND f.state = 'accepted'
WHERE s.reassign_from > 0 AND s.reassign_from <= :now AND f.ends_at > :now
ORDER BY s.reassign_from, f.id LIMIT :limit

-- name: due_rechecks
SELECT id, recheck_from FROM figure_standings
WHERE recheck_from > 0 AND recheck_from <= :now ORDER BY recheck_from, id LIMIT :limit

-- name: due_confirmations
SELECT id, confirm_until FROM figure_orders
WHERE state = 'delivered' AND confirm_until <= :now ORDER BY confirm_until, id LIMIT :limit

-- Teams' leads.

-- name: leads_member
SELECT count(*) AS teams FROM figure_memberships m
JOIN figure_organizations t ON t.id = m.organization
WHERE m.person = :person AND m.state = 'member'
  AND (t.volunteer_lead = :lead OR t.social_work_lead = :lead)

-- name: led_orders
SELECT DISTINCT f.order_id, f.starts_at FROM figure_organizations t
JOIN figure_memberships m ON m.organization = t.id
JOIN figure_offers f ON f.person = m.person
WHERE (t.volunteer_lead = :lead OR t.social_work_lead = :lead) AND m.state = 'member'
  AND f.state IN ('accepted', 'in_service') AND f.person <> :lead
ORDER BY f.starts_at, f.order_id LIMIT :limit

-- name: grades_on_order
SELECT s.grade FROM figure_offers f JOIN figure_standings s ON s.id = f.person
WHERE f.order_id = :order_id AND f.state IN ('accepted', 'in_service', 'delivered')

-- Whom a recipient would rather not have again; ordered, as the engine wants them.
-- name: apart_from
SELECT volunteer FROM figure_pairs WHERE recipient = :recipient AND apart = 1 ORDER BY volunteer

-- name: all_apart
SELECT recipient, volunteer FROM figure_pairs WHERE apart = 1 ORDER BY recipient, volunteer
