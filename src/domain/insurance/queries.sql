-- Members are covered by the policies of their team and of the organisation above it.

-- name: spans_of_person
SELECT i.from_at, i.until_at FROM figure_insurances i
JOIN figure_covers c ON c.insurance = i.id
WHERE c.person = :person
UNION ALL
SELECT i.from_at, i.until_at FROM figure_memberships m
JOIN figure_organizations o ON o.id = m.organization
JOIN figure_insurances i ON i.organization = o.id OR i.organization = o.parent
WHERE m.person = :person AND m.state = 'member' AND i.covers = 'members'

-- name: spans_in_reach
SELECT s.id AS person, i.from_at, i.until_at FROM figure_standings s
JOIN figure_covers c ON c.person = s.id
JOIN figure_insurances i ON i.id = c.insurance
WHERE s.area_path >= :path AND s.area_path < :path_end
UNION ALL
SELECT s.id AS person, i.from_at, i.until_at FROM figure_standings s
JOIN figure_memberships m ON m.person = s.id
JOIN figure_organizations o ON o.id = m.organization
JOIN figure_insurances i ON i.organization = o.id OR i.organization = o.parent
WHERE s.area_path >= :path AND s.area_path < :path_end
  AND m.state = 'member' AND i.covers = 'members'

-- Kept in the area, below it or above it. Whatever runs out first stands first; what is over only
-- if it was asked for.
-- name: running_out_first
SELECT * FROM figure_insurances
WHERE ((area_path >= :path AND area_path < :path_end)
    OR substr(CAST(:path AS TEXT), 1, length(area_path)) = area_path)
  AND (CAST(:organization AS {integer}) = 0 OR organization = :organization)
  AND until_at > :over
  AND (until_at > :after_sort OR (until_at = :after_sort AND id > :after_id))
ORDER BY until_at, id LIMIT :limit

-- name: of_organization
SELECT * FROM figure_insurances
WHERE (organization = :organization OR organization = :parent) AND covers = 'members'
  AND until_at > :now
ORDER BY until_at, id LIMIT :limit

-- name: people_of
SELECT person FROM figure_covers WHERE insurance = :insurance ORDER BY person LIMIT :limit

-- name: teams_led
SELECT * FROM figure_organizations
WHERE volunteer_lead = :person OR social_work_lead = :person ORDER BY id

-- name: due_warnings
SELECT id, warn_at FROM figure_insurances
WHERE warned_at = 0 AND ended_at = 0 AND warn_at <= :now ORDER BY warn_at, id LIMIT :limit
