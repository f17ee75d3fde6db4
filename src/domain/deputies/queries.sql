-- Who stands in for `account` now, if it is `deputy`.
-- name: standing_in
SELECT id FROM figure_deputies
WHERE deputy = :deputy AND account = :account AND state = 'confirmed'
  AND from_at <= :now AND until_at > :now
ORDER BY id LIMIT 1

-- name: stood_in
SELECT count(*) AS deputies FROM figure_deputies
WHERE deputy = :deputy AND account = :account
  AND stood_from > 0 AND stood_from < :until AND stood_until > :from

-- Everybody in whose place `deputy` works now.
-- name: away_now
SELECT * FROM figure_deputies
WHERE deputy = :deputy AND state = 'confirmed' AND from_at <= :now AND until_at > :now ORDER BY id

-- Who works in the place of `account` now.
-- name: deputy_now
SELECT * FROM figure_deputies
WHERE account = :account AND state = 'confirmed' AND from_at <= :now AND until_at > :now
ORDER BY id LIMIT 1

-- One's own: for oneself, in another's place, or named for somebody.
-- name: of_account
SELECT * FROM figure_deputies WHERE account = :me OR deputy = :me OR named_by = :me
ORDER BY id DESC LIMIT :limit

-- name: in_area
SELECT * FROM figure_deputies WHERE area_path >= :path AND area_path < :path_end
ORDER BY id DESC LIMIT :limit

-- A deputy of the same time: nobody has two, and who is away stands in for nobody.
-- name: overlapping
SELECT count(*) AS deputies FROM figure_deputies
WHERE account = :account AND state IN ('named', 'confirmed')
  AND from_at < :until AND until_at > :from

-- Roles that `account` holds now.
-- name: roles_of
SELECT g.role, g.area, g.area_path FROM figure_grants g JOIN figure_accounts a ON a.id = g.account
WHERE g.account = :account AND g.state = 'granted' AND a.closed = 0 ORDER BY g.id

-- Who else holds `role` at the area or above it: may do the same there.
-- name: colleagues
SELECT g.account, g.role, g.area, a.person
FROM figure_grants g JOIN figure_accounts a ON a.id = g.account
WHERE g.role = :role AND g.state = 'granted' AND a.closed = 0 AND g.account <> :account
  AND substr(CAST(:path AS TEXT), 1, length(g.area_path)) = g.area_path
ORDER BY g.account LIMIT :limit
