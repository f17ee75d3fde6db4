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
