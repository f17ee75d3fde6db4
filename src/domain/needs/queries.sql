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
WHERE area_path >= :path AND area_path < :path_end AND state <> 'closed'
