-- name: coded_areas
SELECT code, id, closed FROM figure_areas WHERE code IS NOT NULL
