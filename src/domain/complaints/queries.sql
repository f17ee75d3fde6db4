-- The officer's counts and their lists name the same conditions.
--   all   everything that was not withdrawn
--   open  not decided, or a review is asked for
--   due   decided, or a limit has passed
--   late  a limit passed before it was met, or has passed now
--   withdrawn  counted in none of these

-- name: counts
SELECT count(*) AS everything,
  coalesce(sum(CASE WHEN state IN ('filed', 'acknowledged', 'review_asked') THEN 1 ELSE 0 END), 0)
    AS unfinished,
  coalesce(sum(CASE WHEN state IN ('decided', 'reviewed') OR late = 1
      OR (escalate_at > 0 AND escalate_at <= :at) THEN 1 ELSE 0 END), 0) AS due,
  coalesce(sum(CASE WHEN late = 1 OR (escalate_at > 0 AND escalate_at <= :at)
    THEN 1 ELSE 0 END), 0) AS late
FROM figure_complaints
WHERE area_path >= :path AND area_path < :path_end AND filed_at >= :from AND filed_at < :until
  AND state <> 'withdrawn'

-- name: count_withdrawn
SELECT count(*) AS complaints FROM figure_complaints
WHERE area_path >= :path AND area_path < :path_end AND filed_at >= :from AND filed_at < :until
  AND state = 'withdrawn'

-- name: list_withdrawn
SELECT * FROM figure_complaints
WHERE area_path >= :path AND area_path < :path_end AND filed_at >= :from AND filed_at < :until
  AND state = 'withdrawn'
  AND (decide_until > :after_sort OR (decide_until = :after_sort AND id > :after_id))
ORDER BY decide_until, id LIMIT :limit

-- name: list_all
SELECT * FROM figure_complaints
WHERE area_path >= :path AND area_path < :path_end AND filed_at >= :from AND filed_at < :until
  AND state <> 'withdrawn'
  AND (decide_until > :after_sort OR (decide_until = :after_sort AND id > :after_id))
ORDER BY decide_until, id LIMIT :limit

-- name: list_open
SELECT * FROM figure_complaints
WHERE area_path >= :path AND area_path < :path_end AND filed_at >= :from AND filed_at < :until
  AND state IN ('filed', 'acknowledged', 'review_asked')
  AND (decide_until > :after_sort OR (decide_until = :after_sort AND id > :after_id))
ORDER BY decide_until, id LIMIT :limit

-- name: list_due
SELECT * FROM figure_complaints
WHERE area_path >= :path AND area_path < :path_end AND filed_at >= :from AND filed_at < :until
  AND state <> 'withdrawn'
  AND (state IN ('decided', 'reviewed') OR late = 1 OR (escalate_at > 0 AND escalate_at <= :at))
  AND (decide_until > :after_sort OR (decide_until = :after_sort AND id > :after_id))
ORDER BY decide_until, id LIMIT :limit

-- name: list_late
SELECT * FROM figure_complaints
WHERE area_path >= :path AND area_path < :path_end AND filed_at >= :from AND filed_at < :until
  AND state <> 'withdrawn'
  AND (late = 1 OR (escalate_at > 0 AND escalate_at <= :at))
  AND (decide_until > :after_sort OR (decide_until = :after_sort AND id > :after_id))
ORDER BY decide_until, id LIMIT :limit

-- name: filed_by
SELECT * FROM figure_complaints WHERE complainant = :account ORDER BY id DESC LIMIT :limit

-- name: open_by_slip
SELECT count(*) AS complaints FROM figure_complaints
WHERE about = 'order' AND about_id = :order_id AND channel = 'slip'
  AND state IN ('filed', 'acknowledged', 'review_asked')

-- name: due_escalations
SELECT id, escalate_at FROM figure_complaints
WHERE escalate_at > 0 AND escalate_at <= :now ORDER BY escalate_at, id LIMIT :limit
