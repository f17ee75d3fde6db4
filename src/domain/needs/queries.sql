-- Lists of needs. `path` and `path_end` bound the paths of an area and all below it; a NULL
-- parameter filters nothing. The last page's sort value and id stand in the cursor.

-- name: due_first
SELECT * FROM figure_needs
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state)
  AND (handle_until > :after_sort OR (handle_until = :after_sort AND id > :after_id))
ORDER BY handle_until, id LIMIT :limit

-- name: newest_first
SELECT * FROM figure_needs
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state) AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: reported_by
SELECT * FROM figure_needs WHERE reporter = :reporter AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: open_in
SELECT count(*) AS needs FROM figure_needs
WHERE area_path >= :path AND area_path < :path_end AND state NOT IN ('closed', 'merged')

-- What somebody asked before, for themselves or for others, the newest first.

-- name: needs_about
SELECT id FROM figure_needs WHERE recipient = :person OR asked_by = :person ORDER BY id

-- name: orders_of_need
SELECT id FROM figure_orders WHERE need = :need ORDER BY id

-- name: past_of_person
SELECT * FROM figure_needs WHERE (recipient = :person OR asked_by = :person) AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- Needs that may say the same: of the same recipient, or of the same area, reported not longer ago
-- than `since`, and not answered to the end.

-- name: near_in_time
SELECT * FROM figure_needs
WHERE (recipient = :recipient OR area_path = :area_path) AND id <> :id
  AND state IN ('reported', 'assessing', 'assessed', 'planned', 'referred')
  AND channel <> 'plan' AND reported_at >= :since AND reported_at <= :until
ORDER BY id DESC LIMIT :limit

-- name: due_receipts
SELECT id, receipt_until FROM figure_needs
WHERE state = 'referred' AND receipt_until <= :now ORDER BY receipt_until, id LIMIT :limit

-- What `keeper` keeps secret: people, and needs of nobody who is registered.
-- name: kept_secret
SELECT id AS person, 0 AS need, area_path FROM figure_people
WHERE address_sealed = 1 AND keeper = :keeper
UNION ALL
SELECT 0 AS person, id AS need, area_path FROM figure_needs
WHERE sealed = 1 AND keeper = :keeper AND coalesce(recipient, 0) = 0
ORDER BY person, need LIMIT :limit

-- Cases that `account` leads and that are open, by class (case_load.cpp).
-- name: open_cases
SELECT n.priority_class, count(*) AS cases
FROM figure_need_leads l JOIN figure_needs n ON n.id = l.id
WHERE l.leader = :account
  AND (n.state IN ('reported', 'assessing', 'assessed', 'meeting')
    OR (n.state = 'planned' AND n.assessed_at > 0))
GROUP BY n.priority_class

-- name: social_work_roles
SELECT count(*) AS roles FROM figure_grants
WHERE account = :account AND state = 'granted' AND role = 'social_worker'
