-- What the homes count and list: one statement a card, so that a number and its list cannot differ.
-- Each row is an item: its noun and id, when it is due (what the list is sorted by), and `counted`,
-- which the number adds up: 1 or 0 of a rate, minutes of a sum.

-- Needs past their limit and not answered to the end.
-- name: unmet
SELECT 'need' AS noun, id, handle_until AS due_at, 1 AS counted FROM figure_needs
WHERE area_path >= :path AND area_path < :path_end
  AND state NOT IN ('closed', 'referred', 'merged') AND handle_until <= :at
ORDER BY handle_until, id LIMIT :limit

-- Needs whose limit ends within the hours of the pack.
-- name: due_soon
SELECT 'need' AS noun, id, handle_until AS due_at, 1 AS counted FROM figure_needs
WHERE area_path >= :path AND area_path < :path_end
  AND state NOT IN ('closed', 'referred', 'merged')
  AND handle_until > :at AND handle_until <= :soon
ORDER BY handle_until, id LIMIT :limit

-- name: meetings
SELECT 'need' AS noun, id, handle_until AS due_at, 1 AS counted FROM figure_needs
WHERE area_path >= :path AND area_path < :path_end AND state = 'meeting'
ORDER BY handle_until, id LIMIT :limit

-- Orders for which nobody is found or asked yet.
-- name: unassigned
SELECT 'order' AS noun, id, handle_until AS due_at, 1 AS counted FROM figure_orders
WHERE area_path >= :path AND area_path < :path_end AND state IN ('open', 'escalated')
ORDER BY handle_until, id LIMIT :limit

-- Orders that are offered to nobody before somebody has called.
-- name: phone_checks
SELECT 'order' AS noun, o.id AS id, o.starts_at AS due_at, 1 AS counted
FROM figure_phone_checks c JOIN figure_orders o ON o.id = c.id
WHERE c.state = 'due' AND o.area_path >= :path AND o.area_path < :path_end
  AND o.state IN ('open', 'offered', 'escalated')
ORDER BY o.starts_at, o.id LIMIT :limit

-- Projects that repeated needs propose and nobody has decided about.
-- name: project_needs
SELECT 'project_need' AS noun, id, proposed_at AS due_at, 1 AS counted FROM figure_project_needs
WHERE area_path >= :path AND area_path < :path_end AND state = 'proposed'
ORDER BY proposed_at, id LIMIT :limit

-- Visits that are due today or before and not done yet.
-- name: visits_due
SELECT 'order' AS noun, id, starts_at AS due_at, 1 AS counted FROM figure_orders
WHERE area_path >= :path AND area_path < :path_end AND starts_at < :tomorrow
  AND state IN ('open', 'offered', 'accepted', 'in_service', 'escalated')
ORDER BY starts_at, id LIMIT :limit

-- Recipients of a plan whom nobody has served this month.
-- name: unvisited
SELECT 'plan' AS noun, p.id, p.next_at AS due_at, 1 AS counted FROM figure_plans p
WHERE p.area_path >= :path AND p.area_path < :path_end AND p.state <> 'ended'
  AND NOT EXISTS (SELECT 1 FROM figure_orders o
    WHERE o.recipient = p.recipient AND o.delivered_at >= :month)
ORDER BY p.next_at, p.id LIMIT :limit

-- Service records that wait for a second person.
-- name: records_waiting
SELECT 'record' AS noun, id, entered_at AS due_at, 1 AS counted FROM figure_service_records
WHERE area_path >= :path AND area_path < :path_end AND state IN ('waiting', 'disputed')
ORDER BY entered_at, id LIMIT :limit

-- One's own reports, and of these those that were answered to the end; of a merged one it is the
-- one that stays.
-- name: reports_answered
SELECT 'need' AS noun, n.id, n.reported_at AS due_at,
  CASE WHEN n.state = 'closed' OR k.state = 'closed' THEN 1 ELSE 0 END AS counted
FROM figure_needs n LEFT JOIN figure_needs k ON k.id = n.merged_into
WHERE n.reporter = :account ORDER BY n.reported_at DESC, n.id DESC LIMIT :limit

-- Urgent needs by their clocks.
-- name: urgent
SELECT 'need' AS noun, id, handle_until AS due_at, 1 AS counted FROM figure_needs
WHERE area_path >= :path AND area_path < :path_end
  AND state NOT IN ('closed', 'referred', 'merged') AND priority_class IN ('P1', 'P2')
ORDER BY handle_until, id LIMIT :limit

-- Needs that nobody has taken up.
-- name: untouched
SELECT 'need' AS noun, id, first_contact_until AS due_at, 1 AS counted FROM figure_needs
WHERE area_path >= :path AND area_path < :path_end
  AND state = 'reported' AND first_contacted_at = 0
ORDER BY first_contact_until, id LIMIT :limit

-- The open cases of a social worker by their weight: needs/queries.sql open_cases has the same
-- condition.
-- name: case_load
SELECT 'need' AS noun, n.id AS id, n.handle_until AS due_at,
  CASE WHEN CAST(:heavy AS TEXT) LIKE '%,' || n.priority_class || ',%'
    THEN CAST(:heavy_weight AS {integer}) ELSE 1 END AS counted
FROM figure_need_leads l JOIN figure_needs n ON n.id = l.id
WHERE l.leader = :account
  AND (n.state IN ('reported', 'assessing', 'assessed', 'meeting')
    OR (n.state = 'planned' AND n.assessed_at > 0))
ORDER BY n.handle_until, n.id LIMIT :limit

-- What one leads and has not finished.
-- name: led
SELECT 'order' AS noun, id, handle_until AS due_at, 1 AS counted FROM figure_orders
WHERE leader = :account AND state NOT IN ('confirmed', 'reviewed', 'cancelled')
UNION ALL
SELECT 'need' AS noun, n.id AS id, n.handle_until AS due_at, 1 AS counted
FROM figure_need_leads l JOIN figure_needs n ON n.id = l.id
WHERE l.leader = :account AND n.state NOT IN ('planned', 'closed', 'merged')
ORDER BY due_at, id LIMIT :limit

-- The same of those in whose place one works now.
-- name: led_in_place
SELECT 'order' AS noun, o.id AS id, o.handle_until AS due_at, 1 AS counted
FROM figure_deputies d JOIN figure_orders o ON o.leader = d.account
WHERE d.deputy = :account AND d.state = 'confirmed' AND d.from_at <= :at AND d.until_at > :at
  AND o.state NOT IN ('confirmed', 'reviewed', 'cancelled')
UNION ALL
SELECT 'need' AS noun, n.id AS id, n.handle_until AS due_at, 1 AS counted
FROM figure_deputies d JOIN figure_need_leads l ON l.leader = d.account
JOIN figure_needs n ON n.id = l.id
WHERE d.deputy = :account AND d.state = 'confirmed' AND d.from_at <= :at AND d.until_at > :at
  AND n.state NOT IN ('planned', 'closed', 'merged')
ORDER BY due_at, id LIMIT :limit

-- name: protections
SELECT 'protection' AS noun, id, answer_until AS due_at, 1 AS counted FROM figure_protections
WHERE area_path >= :path AND area_path < :path_end AND state = 'reported'
ORDER BY answer_until, id LIMIT :limit

-- Minutes served this year.
-- name: minutes_this_year
SELECT 'record' AS noun, id, starts_at AS due_at, minutes AS counted FROM figure_service_records
WHERE person = :person AND starts_at >= :year ORDER BY starts_at DESC, id DESC LIMIT :limit

-- Offers that wait for one's answer.
-- name: offers
SELECT 'order' AS noun, order_id AS id, until AS due_at, 1 AS counted FROM figure_offers
WHERE person = :person AND state = 'offered' AND until > :at ORDER BY until, order_id LIMIT :limit

-- Help that is on its way to oneself.
-- name: coming
SELECT 'order' AS noun, id, starts_at AS due_at, 1 AS counted FROM figure_orders
WHERE recipient = :person AND state IN ('open', 'offered', 'accepted', 'in_service', 'escalated')
  AND ends_at > :at
ORDER BY starts_at, id LIMIT :limit

-- Activities of teams that one leads whose records are past the reminder: day 5 of 10.
-- name: team_records
SELECT 'activity' AS noun, a.id AS id, min(s.ends_at) AS due_at, 1 AS counted
FROM figure_activities a JOIN figure_shifts s ON s.activity = a.id
WHERE a.organization IN (SELECT id FROM figure_organizations
    WHERE volunteer_lead = :person OR social_work_lead = :person)
  AND a.state = 'published' AND s.closed_at = 0 AND s.joined > 0
  AND s.ends_at < :remind_before AND s.ends_at > :unrecorded_since
GROUP BY a.id ORDER BY min(s.ends_at), a.id LIMIT :limit

-- Activities of these teams that still have places.
-- name: team_places
SELECT 'activity' AS noun, a.id AS id, min(s.starts_at) AS due_at, 1 AS counted
FROM figure_activities a JOIN figure_shifts s ON s.activity = a.id
WHERE a.organization IN (SELECT id FROM figure_organizations
    WHERE volunteer_lead = :person OR social_work_lead = :person)
  AND a.state = 'published' AND s.starts_at > :at AND s.joined < s.capacity
GROUP BY a.id ORDER BY min(s.starts_at), a.id LIMIT :limit

-- Of everybody invited to the teams that one leads, those who said yes.
-- name: team_members
SELECT 'person' AS noun, m.person AS id, m.changed_at AS due_at,
  CASE WHEN m.state = 'member' THEN 1 ELSE 0 END AS counted
FROM figure_organizations o JOIN figure_memberships m ON m.organization = o.id
WHERE (o.volunteer_lead = :person OR o.social_work_lead = :person)
  AND m.state IN ('invited', 'member')
ORDER BY m.changed_at, m.person LIMIT :limit

-- Incidents that nobody has settled yet.
-- Certifications whose gates are all met, by the day from which they are.
-- name: certifications_ready
SELECT 'certification' AS noun, id, ready_at AS due_at, 1 AS counted FROM figure_certifications
WHERE ready_at > 0 AND ready_at <= :at AND volunteer = 1
  AND area_path >= :path AND area_path < :path_end
ORDER BY ready_at, id LIMIT :limit

-- name: incidents
SELECT 'incident' AS noun, id, settle_until AS due_at, 1 AS counted FROM figure_incidents
WHERE area_path >= :path AND area_path < :path_end AND state = 'reported'
ORDER BY settle_until, id LIMIT :limit

-- Grades that suspend somebody until they are decided, but for those that one has brought about.
-- name: suspensions
SELECT 'grade_proposal' AS noun, p.id AS id,
  CASE WHEN p.decide_until > 0 THEN p.decide_until ELSE p.proposed_at END AS due_at, 1 AS counted
FROM figure_grade_proposals p LEFT JOIN figure_graded_incidents i ON i.id = p.incident
WHERE p.area_path >= :path AND p.area_path < :path_end AND p.state = 'proposed' AND p.suspends = 1
  AND coalesce(p.proposed_by, 0) <> :account AND coalesce(i.settled_by, 0) <> :account
ORDER BY due_at, p.id LIMIT :limit

-- Complaints that wait for a word, but for a review of what one has decided oneself. By the limit
-- that runs out next.
-- name: complaints
SELECT 'complaint' AS noun, id, decide_until AS due_at, 1 AS counted FROM figure_complaints
WHERE area_path >= :path AND area_path < :path_end
  AND (state IN ('filed', 'acknowledged')
    OR (state = 'review_asked' AND coalesce(decided_by, 0) <> :account))
ORDER BY decide_until, id LIMIT :limit

-- Backups that were restored as a test, the latest first; of the whole installation.
-- name: tested_backups
SELECT 'backup' AS noun, made_at AS id, made_at AS due_at, 1 AS counted FROM backups
WHERE tested_at IS NOT NULL ORDER BY made_at DESC LIMIT :limit

-- Roles that wait for the security administrator.
-- name: grants_waiting
SELECT 'grant' AS noun, id, proposed_at AS due_at, 1 AS counted FROM figure_grants
WHERE area_path >= :path AND area_path < :path_end AND state = 'proposed'
ORDER BY proposed_at, id LIMIT :limit

-- Readings of clear text within the days of the pack.
-- name: recent_readings
SELECT 'reading' AS noun, id, read_at AS due_at, 1 AS counted FROM figure_readings
WHERE read_at >= :readings_since ORDER BY read_at DESC, id DESC LIMIT :limit

-- name: teams_led
SELECT id FROM figure_organizations
WHERE volunteer_lead = :person OR social_work_lead = :person LIMIT :limit
