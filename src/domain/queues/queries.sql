-- A queue is what somebody leads and has not finished. Four statements a queue, named after its
-- noun, with the same condition: one item; what `leader` leads in an area; who leads there; and
-- what is led by somebody who holds no role for it any more. `roles` is a list between commas.

-- name: order_item
SELECT id, leader, area, area_path, handle_until AS due_at, need AS need FROM figure_orders
WHERE id = :id AND state NOT IN ('confirmed', 'reviewed', 'cancelled')

-- name: orders_led
SELECT id, leader, area, area_path, handle_until AS due_at, need AS need FROM figure_orders
WHERE leader = :leader AND area_path >= :path AND area_path < :path_end
  AND state NOT IN ('confirmed', 'reviewed', 'cancelled')
ORDER BY handle_until, id LIMIT :limit

-- name: order_leaders
SELECT DISTINCT leader FROM figure_orders
WHERE area_path >= :path AND area_path < :path_end
  AND state NOT IN ('confirmed', 'reviewed', 'cancelled')
ORDER BY leader

-- name: orders_left
SELECT o.id FROM figure_orders o
WHERE o.leader > 0 AND o.state IN ('open', 'offered', 'accepted', 'in_service', 'delivered', 'escalated')
  AND NOT EXISTS (SELECT 1 FROM figure_grants g JOIN figure_accounts a ON a.id = g.account
    WHERE g.account = o.leader AND g.state = 'granted' AND a.closed = 0
      AND CAST(:roles AS TEXT) LIKE '%,' || g.role || ',%'
      AND substr(o.area_path, 1, length(g.area_path)) = g.area_path)
ORDER BY o.id LIMIT :limit

-- name: need_item
SELECT n.id, l.leader, n.area, n.area_path, n.handle_until AS due_at, n.id AS need
FROM figure_needs n JOIN figure_need_leads l ON l.id = n.id
WHERE n.id = :id AND n.state NOT IN ('planned', 'closed', 'merged')

-- name: needs_led
SELECT n.id, l.leader, n.area, n.area_path, n.handle_until AS due_at, n.id AS need
FROM figure_need_leads l JOIN figure_needs n ON n.id = l.id
WHERE l.leader = :leader AND n.area_path >= :path AND n.area_path < :path_end
  AND n.state NOT IN ('planned', 'closed', 'merged')
ORDER BY n.handle_until, n.id LIMIT :limit

-- name: need_leaders
SELECT DISTINCT l.leader FROM figure_needs n JOIN figure_need_leads l ON l.id = n.id
WHERE n.area_path >= :path AND n.area_path < :path_end
  AND n.state NOT IN ('planned', 'closed', 'merged')
ORDER BY l.leader

-- name: needs_left
SELECT n.id FROM figure_needs n JOIN figure_need_leads l ON l.id = n.id
WHERE l.leader > 0 AND n.state IN ('reported', 'assessing', 'assessed', 'referred', 'meeting')
  AND NOT EXISTS (SELECT 1 FROM figure_grants g JOIN figure_accounts a ON a.id = g.account
    WHERE g.account = l.leader AND g.state = 'granted' AND a.closed = 0
      AND CAST(:roles AS TEXT) LIKE '%,' || g.role || ',%'
      AND substr(n.area_path, 1, length(g.area_path)) = g.area_path)
ORDER BY n.id LIMIT :limit

-- name: plan_item
SELECT id, leader, area, area_path, next_at AS due_at, 0 AS need FROM figure_plans
WHERE id = :id AND state <> 'ended'

-- name: plans_led
SELECT id, leader, area, area_path, next_at AS due_at, 0 AS need FROM figure_plans
WHERE leader = :leader AND area_path >= :path AND area_path < :path_end AND state <> 'ended'
ORDER BY next_at, id LIMIT :limit

-- name: plan_leaders
SELECT DISTINCT leader FROM figure_plans
WHERE area_path >= :path AND area_path < :path_end AND state <> 'ended' ORDER BY leader

-- name: plans_left
SELECT p.id FROM figure_plans p
WHERE p.leader > 0 AND p.state IN ('active', 'paused')
  AND NOT EXISTS (SELECT 1 FROM figure_grants g JOIN figure_accounts a ON a.id = g.account
    WHERE g.account = p.leader AND g.state = 'granted' AND a.closed = 0
      AND CAST(:roles AS TEXT) LIKE '%,' || g.role || ',%'
      AND substr(p.area_path, 1, length(g.area_path)) = g.area_path)
ORDER BY p.id LIMIT :limit

-- A team's own activities are its lead's, who is named on the team.
-- name: activity_item
SELECT id, leader, area, area_path, ends_at AS due_at, 0 AS need FROM figure_activities
WHERE id = :id AND state = 'published' AND organization = 0
  AND EXISTS (SELECT 1 FROM figure_shifts s WHERE s.activity = figure_activities.id AND s.closed_at = 0)

-- name: activities_led
SELECT id, leader, area, area_path, ends_at AS due_at, 0 AS need FROM figure_activities
WHERE leader = :leader AND area_path >= :path AND area_path < :path_end AND state = 'published'
  AND organization = 0
  AND EXISTS (SELECT 1 FROM figure_shifts s WHERE s.activity = figure_activities.id AND s.closed_at = 0)
ORDER BY ends_at, id LIMIT :limit

-- name: activity_leaders
SELECT DISTINCT leader FROM figure_activities
WHERE area_path >= :path AND area_path < :path_end AND state = 'published'
  AND organization = 0
  AND EXISTS (SELECT 1 FROM figure_shifts s WHERE s.activity = figure_activities.id AND s.closed_at = 0)
ORDER BY leader

-- name: activities_left
SELECT v.id FROM figure_activities v
WHERE v.leader > 0 AND v.state = 'published' AND v.organization = 0
  AND EXISTS (SELECT 1 FROM figure_shifts s WHERE s.activity = v.id AND s.closed_at = 0)
  AND NOT EXISTS (SELECT 1 FROM figure_grants g JOIN figure_accounts a ON a.id = g.account
    WHERE g.account = v.leader AND g.state = 'granted' AND a.closed = 0
      AND CAST(:roles AS TEXT) LIKE '%,' || g.role || ',%'
      AND substr(v.area_path, 1, length(g.area_path)) = g.area_path)
ORDER BY v.id LIMIT :limit

-- Whoever holds one of `roles` at `path` or above it, the nearest first.
-- name: holders_above
SELECT g.account, g.role, g.area, g.area_path, a.person
FROM figure_grants g JOIN figure_accounts a ON a.id = g.account
WHERE g.state = 'granted' AND a.closed = 0 AND g.account <> :except
  AND CAST(:roles AS TEXT) LIKE '%,' || g.role || ',%'
  AND substr(CAST(:path AS TEXT), 1, length(g.area_path)) = g.area_path
ORDER BY length(g.area_path) DESC, g.account LIMIT :limit
