-- Recipient plans. `path` and `path_end` bound the paths of an area and all below it.

-- name: newest_plans
SELECT * FROM figure_plans
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state) AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: due_plans
SELECT id, make_at FROM figure_plans
WHERE state = 'active' AND make_at <= :now ORDER BY make_at, id LIMIT :limit

-- Plans that are not ended whose recipient nobody has served from `from` until before `to`.
-- name: unvisited
SELECT * FROM figure_plans p
WHERE p.area_path >= :path AND p.area_path < :path_end AND p.state <> 'ended'
  AND p.made_at < :to AND p.id < :before_id
  AND NOT EXISTS (SELECT 1 FROM figure_orders o
                  WHERE o.recipient = p.recipient AND o.delivered_at >= :from AND o.delivered_at < :to)
ORDER BY p.id DESC LIMIT :limit

-- name: newest_protections
SELECT * FROM figure_protections
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- Projects that repeated needs propose.

-- name: areas_with_needs
SELECT DISTINCT area FROM figure_needs
WHERE category IS NOT NULL AND reported_at >= :since AND area > :after
ORDER BY area LIMIT :limit

-- What people asked for, in the area and below: neither what a plan or an alarm made nor what was
-- merged, and nothing that counted for a proposal before.
-- name: needs_for_projects
SELECT n.id, n.category FROM figure_needs n
WHERE n.area_path >= :path AND n.area_path < :path_end AND n.reported_at >= :since
  AND n.category IS NOT NULL AND n.state <> 'merged'
  AND n.channel NOT IN ('plan', 'service', 'project')
  AND NOT EXISTS (SELECT 1 FROM figure_project_causes c WHERE c.id = n.id)
ORDER BY n.category, n.id

-- name: open_proposals
SELECT count(*) AS proposals FROM figure_project_needs
WHERE area = :area AND category = :category AND state = 'proposed'

-- name: causes_of
SELECT n.* FROM figure_project_causes c JOIN figure_needs n ON n.id = c.id
WHERE c.project = :project ORDER BY n.id LIMIT :limit

-- name: newest_project_needs
SELECT * FROM figure_project_needs
WHERE area_path >= :path AND area_path < :path_end
  AND (CAST(:state AS TEXT) IS NULL OR state = :state) AND id < :before_id
ORDER BY id DESC LIMIT :limit
