-- name: coded_areas
SELECT code, id, closed FROM figure_areas WHERE code IS NOT NULL

-- Changing the tree by hand.

-- name: siblings_called
SELECT count(*) AS areas FROM figure_areas WHERE parent = :parent AND name = :name AND closed = 0

-- name: open_children
SELECT count(*) AS areas FROM figure_areas WHERE parent = :parent AND closed = 0

-- name: areas_of_code
SELECT count(*) AS areas FROM figure_areas WHERE code = :code
