-- A password that somebody else has seen opens nothing until it was changed.
ALTER TABLE credentials ADD COLUMN must_change {integer} NOT NULL DEFAULT 0;
