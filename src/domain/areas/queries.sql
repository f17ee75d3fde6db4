-- name: coded_areas
SELECT code, id FROM figure_areas WHERE code IS NOT NULL
