-- `path` and `path_end` bound the paths of an area and all below it.

-- name: newest_organizations
SELECT * FROM figure_organizations
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: organizations_of_person
SELECT o.* FROM figure_organizations o JOIN figure_memberships m ON m.organization = o.id
WHERE m.person = :person AND m.state = 'member' ORDER BY o.id DESC

-- name: organizations_led
SELECT * FROM figure_organizations
WHERE volunteer_lead = :person OR social_work_lead = :person ORDER BY id DESC

-- name: members_of
SELECT * FROM figure_memberships
WHERE organization = :organization AND person > :after_id
  AND (state = 'invited' OR state = 'member' OR state = 'agreed')
ORDER BY person LIMIT :limit

-- name: agreed_of_person
SELECT organization FROM figure_memberships WHERE person = :person AND state = 'agreed' ORDER BY id

-- name: membership_of_invitation
SELECT id FROM figure_memberships WHERE invitation = :invitation

-- name: membership_stands
SELECT id FROM figure_memberships WHERE id = :id AND (state = 'invited' OR state = 'member')
