-- name: journal_end
SELECT position FROM journal_head WHERE one = 1

-- name: newest_runs
SELECT * FROM figure_dispatch_runs
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: run_before
SELECT * FROM figure_dispatch_runs WHERE area_path = :path AND id < :before_id
ORDER BY id DESC LIMIT 1

-- name: minutes_of_people
SELECT o.person, sum(o.minutes) AS minutes FROM figure_offers o
JOIN figure_standings s ON s.id = o.person
WHERE s.area_path >= :path AND s.area_path < :path_end
  AND o.state = 'delivered' AND o.checked_out_at >= :since
GROUP BY o.person
