-- name: activity_begins
SELECT coalesce(min(starts_at), 0) AS starts_at FROM figure_shifts WHERE activity = :activity

-- name: served_in_order
SELECT person FROM figure_offers WHERE order_id = :id AND accepted_at > 0 ORDER BY person

-- name: served_in_activity
SELECT DISTINCT person FROM figure_seats WHERE activity = :id AND state <> 'left' ORDER BY person

-- Who has a part: served, or leads a team of somebody who did.

-- name: part_in_order
SELECT count(*) AS parts FROM figure_offers f
WHERE f.order_id = :id AND f.accepted_at > 0
  AND (f.person = :person OR EXISTS (
    SELECT 1 FROM figure_memberships m JOIN figure_organizations o ON o.id = m.organization
    WHERE m.person = f.person AND m.state = 'member'
      AND (o.volunteer_lead = :person OR o.social_work_lead = :person)))

-- name: part_in_activity
SELECT count(*) AS parts FROM figure_seats s
WHERE s.activity = :id AND s.state <> 'left'
  AND (s.person = :person OR EXISTS (
    SELECT 1 FROM figure_memberships m JOIN figure_organizations o ON o.id = m.organization
    WHERE m.person = s.person AND m.state = 'member'
      AND (o.volunteer_lead = :person OR o.social_work_lead = :person)))

-- name: leads_team_of
SELECT count(*) AS parts FROM figure_memberships m
JOIN figure_organizations o ON o.id = m.organization
WHERE m.person = :id AND m.state = 'member'
  AND (o.volunteer_lead = :person OR o.social_work_lead = :person)

-- name: part_in_team
SELECT count(*) AS parts FROM figure_organizations o
WHERE o.id = :id AND (o.volunteer_lead = :person OR o.social_work_lead = :person
  OR EXISTS (SELECT 1 FROM figure_memberships m
    WHERE m.organization = o.id AND m.person = :person AND m.state = 'member'))

-- name: due_first
SELECT * FROM figure_incidents
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
  AND (settle_until > :after_sort OR (settle_until = :after_sort AND id > :after_id))
ORDER BY settle_until, id LIMIT :limit

-- name: newest_first
SELECT * FROM figure_incidents
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
  AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: reported_by
SELECT * FROM figure_incidents WHERE reporter = :account ORDER BY id DESC LIMIT :limit

-- name: due_escalations
SELECT id, settle_until FROM figure_incidents
WHERE state = 'reported' AND escalated_at = 0 AND settle_until <= :now
ORDER BY settle_until, id LIMIT :limit
