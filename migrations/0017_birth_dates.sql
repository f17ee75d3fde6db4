-- Whoever has no document is found by name and birth date. Empty where neither was told since, and
-- for dates from before until the master key is changed or the date corrected.
ALTER TABLE people_register ADD COLUMN birth_index TEXT;

CREATE INDEX people_register_by_birth_date ON people_register (birth_index);
