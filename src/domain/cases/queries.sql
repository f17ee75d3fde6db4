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
