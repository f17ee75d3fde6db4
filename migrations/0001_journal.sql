-- The journal: facts in order, and the head that one writer at a time holds.
CREATE TABLE journal (
    position {integer} NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    recorded_at {integer} NOT NULL,
    body TEXT NOT NULL,
    chain TEXT NOT NULL
) {strict};

-- At start areas and packs are read back by their kinds; without it that reads every fact.
CREATE INDEX journal_by_kind ON journal (kind, position);

CREATE TABLE journal_head (
    one {integer} NOT NULL PRIMARY KEY CHECK (one = 1),
    position {integer} NOT NULL,
    recorded_at {integer} NOT NULL,
    chain TEXT NOT NULL
) {strict};

INSERT INTO journal_head (one, position, recorded_at, chain)
VALUES (1, 0, 0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

CREATE TABLE fact_subjects (
    noun TEXT NOT NULL,
    id {integer} NOT NULL,
    position {integer} NOT NULL,
    PRIMARY KEY (noun, id, position)
) {strict};

CREATE TABLE figure_layouts (
    name TEXT NOT NULL PRIMARY KEY,
    layout_hash TEXT NOT NULL
) {strict};

-- The texts of published rule packs, by hash.
CREATE TABLE rule_pack_texts (
    hash TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) {strict};
