-- The store's own statements: which migrations a database has seen. What exists for one engine
-- only stands in that engine's session.

-- name: migrations
SELECT number, name FROM schema_migrations ORDER BY number

-- name: add_migration
INSERT INTO schema_migrations (number, name) VALUES (:number, :name)
