-- Work orders of the hotline, each with its need if it has one. "Answered" is when the hotline's
-- file says it was closed, or when our need was closed; a returned one is not answered.

-- name: known
SELECT * FROM figure_hotline_orders WHERE external_number = :external_number

-- name: figures
SELECT count(*) AS all_orders,
  coalesce(sum(CASE WHEN due_at > 0 AND answered_at > 0 THEN 1 ELSE 0 END), 0) AS dated,
  coalesce(sum(CASE WHEN due_at > 0 AND answered_at > due_at THEN 1 ELSE 0 END), 0) AS late,
  coalesce(sum(CASE WHEN due_at = 0 THEN 1 ELSE 0 END), 0) AS without_due,
  coalesce(sum(CASE WHEN running = 1 THEN 1 ELSE 0 END), 0) AS open_orders,
  coalesce(sum(CASE WHEN running = 1 AND due_at > 0 AND due_at <= :at THEN 1 ELSE 0 END), 0)
    AS overdue,
  coalesce(sum(CASE WHEN returned_at > 0 THEN 1 ELSE 0 END), 0) AS returned,
  coalesce(sum(CASE WHEN revisit_resolution IN ('resolved', 'not_resolved') THEN 1 ELSE 0 END), 0)
    AS official_asked,
  coalesce(sum(CASE WHEN revisit_resolution = 'resolved' THEN 1 ELSE 0 END), 0)
    AS official_resolved,
  coalesce(sum(CASE WHEN revisit_resolution = 'not_answered' THEN 1 ELSE 0 END), 0)
    AS official_not_answered,
  coalesce(sum(CASE WHEN own_resolution IN ('resolved', 'not_resolved') THEN 1 ELSE 0 END), 0)
    AS own_asked,
  coalesce(sum(CASE WHEN own_resolution = 'resolved' THEN 1 ELSE 0 END), 0) AS own_resolved
FROM (
  SELECT h.due_at, h.returned_at, h.revisit_resolution, n.resolution AS own_resolution,
    CASE WHEN h.returned_at > 0 THEN 0 WHEN h.closed_at > 0 THEN h.closed_at
      ELSE coalesce(n.closed_at, 0) END AS answered_at,
    CASE WHEN h.need > 0 AND h.outcome = 'open' AND h.returned_at = 0
      AND coalesce(n.closed_at, 0) = 0
      THEN 1 ELSE 0 END AS running
  FROM figure_hotline_orders h LEFT JOIN figure_needs n ON n.id = h.need
  WHERE h.area_path >= :path AND h.area_path < :path_end
) AS orders

-- What the page's filters show. The same conditions as above.
-- name: listed
SELECT * FROM (
  SELECT h.*,
    CASE WHEN h.returned_at > 0 THEN 0 WHEN h.closed_at > 0 THEN h.closed_at
      ELSE coalesce(n.closed_at, 0) END AS answered_at,
    CASE WHEN h.need > 0 AND h.outcome = 'open' AND h.returned_at = 0
      AND coalesce(n.closed_at, 0) = 0
      THEN 1 ELSE 0 END AS running
  FROM figure_hotline_orders h LEFT JOIN figure_needs n ON n.id = h.need
  WHERE h.area_path >= :path AND h.area_path < :path_end AND h.id < :before_id
    AND h.external_number >= :number AND h.external_number < :number_end
) AS orders
WHERE CASE CAST(:filter AS TEXT)
  WHEN 'open' THEN CASE WHEN running = 1 THEN 1 ELSE 0 END
  WHEN 'overdue' THEN CASE WHEN running = 1 AND due_at > 0 AND due_at <= :at THEN 1 ELSE 0 END
  WHEN 'in_time' THEN CASE WHEN answered_at > 0 AND answered_at <= due_at THEN 1 ELSE 0 END
  WHEN 'late' THEN CASE WHEN due_at > 0 AND answered_at > due_at THEN 1 ELSE 0 END
  WHEN 'dated' THEN CASE WHEN due_at > 0 AND answered_at > 0 THEN 1 ELSE 0 END
  WHEN 'without_due' THEN CASE WHEN due_at = 0 THEN 1 ELSE 0 END
  WHEN 'returned' THEN CASE WHEN returned_at > 0 THEN 1 ELSE 0 END
  ELSE 1 END = 1
ORDER BY id DESC LIMIT :limit

-- name: replies
SELECT h.external_number, h.returned_at, n.id AS need, n.first_contacted_at, n.closed_at,
  n.order_id, n.served, n.resolution
FROM figure_hotline_orders h JOIN figure_needs n ON n.id = h.need
WHERE h.area_path >= :path AND h.area_path < :path_end
  AND (n.first_contacted_at > 0 OR n.closed_at > 0)
ORDER BY h.id
