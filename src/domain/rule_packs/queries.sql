-- name: published_versions
SELECT count(*) AS packs FROM figure_rule_packs
WHERE name = :name AND pack_version = :pack_version AND state = 'published'

-- name: listed
SELECT * FROM figure_rule_packs WHERE id < :before_id ORDER BY id DESC LIMIT :limit
