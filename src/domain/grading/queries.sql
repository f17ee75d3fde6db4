-- name: journal_position
SELECT coalesce(max(position), 0) AS position FROM journal

-- name: last_month
SELECT coalesce(max(until_at), 0) AS until_at FROM figure_grading_months

-- Nothing is due before the first month with a service has ended.
-- name: services_before
SELECT count(*) AS services FROM (
  SELECT id FROM figure_graded_services WHERE ends_at < :until LIMIT 1) AS found

-- name: teams_to_grade
SELECT o.id AS subject FROM figure_organizations o
LEFT JOIN figure_grades g ON g.graded = 'team' AND g.subject = o.id
WHERE o.organization_kind <> 'organization' AND o.id > :after AND o.founded_at < :until
  AND (g.id IS NULL OR g.computed_until < :until)
ORDER BY o.id LIMIT :limit

-- Whoever served in the time, and whoever is red, which ends without a service.
-- name: people_to_grade
SELECT s.person AS subject FROM (
  SELECT person FROM figure_graded_services WHERE ends_at >= :from AND ends_at < :until
    AND person > :after
  UNION SELECT subject AS person FROM figure_grades WHERE graded = 'person' AND color = 'red'
    AND subject > :after) AS s
LEFT JOIN figure_grades g ON g.graded = 'person' AND g.subject = s.person
WHERE g.id IS NULL OR g.computed_until < :until
ORDER BY s.person LIMIT :limit

-- name: services_of_person
SELECT s.*, coalesce(r.satisfaction, 0) AS satisfaction,
  coalesce(r.resolution, 'not_answered') AS resolution, coalesce(r.reviewed_at, 0) AS reviewed_at
FROM figure_graded_services s LEFT JOIN figure_graded_reviews r ON r.id = s.order_id
WHERE s.person = :subject AND s.ends_at >= :from AND s.ends_at < :until ORDER BY s.ends_at, s.id

-- Of whoever belonged to the team when the service began.
-- name: services_of_team
SELECT s.*, coalesce(r.satisfaction, 0) AS satisfaction,
  coalesce(r.resolution, 'not_answered') AS resolution, coalesce(r.reviewed_at, 0) AS reviewed_at
FROM figure_graded_members m JOIN figure_graded_services s ON s.person = m.person
LEFT JOIN figure_graded_reviews r ON r.id = s.order_id
WHERE m.organization = :subject AND s.ends_at >= :from AND s.ends_at < :until
  AND m.joined_at <= s.starts_at AND (m.left_at = 0 OR m.left_at > s.starts_at)
ORDER BY s.ends_at, s.id

-- What a month that was graded knew, where a row has changed since (month_services.cpp).
-- name: recorded_at
SELECT recorded_at FROM journal WHERE position = :position

-- name: members_joined_since
SELECT person FROM figure_graded_members
WHERE organization = :team AND joined_at >= :since ORDER BY person

-- name: facts_of_membership
SELECT j.body FROM fact_subjects p
JOIN fact_subjects o ON o.noun = 'organization' AND o.id = :team AND o.position = p.position
JOIN journal j ON j.position = p.position
WHERE p.noun = 'person' AND p.id = :person AND p.position <= :position
  AND j.kind IN ('member.joined', 'member.left') ORDER BY p.position

-- name: incidents_of_person
SELECT * FROM figure_graded_incidents
WHERE person = :subject AND settled_at >= :from AND settled_at < :until ORDER BY id

-- name: incidents_of_team
SELECT i.* FROM figure_graded_members m JOIN figure_graded_incidents i ON i.person = m.person
WHERE m.organization = :subject AND i.settled_at >= :from AND i.settled_at < :until
  AND m.joined_at <= i.settled_at AND (m.left_at = 0 OR m.left_at > i.settled_at)
ORDER BY i.id

-- Minors are not graded.
-- name: incidents_to_propose
SELECT i.id, i.settled_at FROM figure_graded_incidents i
JOIN figure_standings p ON p.id = i.person AND p.volunteer = 1 AND p.age_years >= :adult
LEFT JOIN figure_grades g ON g.graded = 'person' AND g.subject = i.person
WHERE i.suspends = 1 AND i.proposal = 0 AND i.settled_at <= :now
  AND (g.id IS NULL OR (g.suspended = 0 AND (g.appeal = 0 OR g.color <> 'red')))
ORDER BY i.settled_at, i.id LIMIT :limit

-- The last one before another that led to a colour.
-- name: proposal_to_color
SELECT * FROM figure_grade_proposals
WHERE graded_id = :graded_id AND id < :before_id AND to_color = :color
  AND state IN ('confirmed', 'appealed', 'withdrawn', 'upheld')
ORDER BY id DESC LIMIT 1

-- name: due_escalations
SELECT id, escalate_at FROM figure_grade_appeals
WHERE escalate_at > 0 AND escalate_at <= :now ORDER BY escalate_at, id LIMIT :limit

-- name: due_suspensions
SELECT id, escalate_at FROM figure_grade_proposals
WHERE escalate_at > 0 AND escalate_at <= :now ORDER BY escalate_at, id LIMIT :limit

-- name: part_of_team
SELECT (SELECT count(*) FROM figure_graded_members
    WHERE organization = :team AND person = :person AND left_at = 0)
  + (SELECT count(*) FROM figure_organizations
    WHERE id = :team AND (volunteer_lead = :person OR social_work_lead = :person)) AS parts

-- The colours that hold of the teams to which the person belonged at a time.
-- name: teams_of_person
SELECT g.effective FROM figure_graded_members m
JOIN figure_grades g ON g.graded = 'team' AND g.subject = m.organization
WHERE m.person = :person AND m.joined_at <= :at AND (m.left_at = 0 OR m.left_at > :at)

-- name: teams_of_area
SELECT o.id AS subject FROM figure_organizations o
LEFT JOIN figure_grades g ON g.graded = 'team' AND g.subject = o.id
WHERE o.area_path >= :path AND o.area_path < :path_end AND o.organization_kind <> 'organization'
  AND (CAST(:color AS TEXT) IS NULL OR coalesce(g.color, 'ungraded') = :color)
  AND o.id < :before_id
ORDER BY o.id DESC LIMIT :limit

-- name: colors_of_area
SELECT coalesce(g.color, 'ungraded') AS color, count(*) AS teams FROM figure_organizations o
LEFT JOIN figure_grades g ON g.graded = 'team' AND g.subject = o.id
WHERE o.area_path >= :path AND o.area_path < :path_end AND o.organization_kind <> 'organization'
GROUP BY coalesce(g.color, 'ungraded')

-- name: teams_led
SELECT id FROM figure_organizations
WHERE (volunteer_lead = :person OR social_work_lead = :person)
  AND organization_kind <> 'organization' ORDER BY id

-- name: runs_of
SELECT * FROM figure_grade_runs WHERE graded_id = :graded_id ORDER BY id DESC LIMIT :limit

-- name: proposals_of
SELECT * FROM figure_grade_proposals WHERE graded_id = :graded_id ORDER BY id DESC LIMIT :limit

-- name: proposals_of_area
SELECT * FROM figure_grade_proposals
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
ORDER BY id DESC LIMIT :limit

-- name: proposals_open
SELECT count(*) AS proposals FROM figure_grade_proposals
WHERE area_path >= :path AND area_path < :path_end AND state = 'proposed'

-- name: appeals_of_area
SELECT * FROM figure_grade_appeals
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND (CAST(:other_than AS TEXT) IS NULL OR state <> :other_than)
ORDER BY id DESC LIMIT :limit
