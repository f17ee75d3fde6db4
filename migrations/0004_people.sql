-- Who people are, and free text about records: sealed, found by blind index only.
CREATE TABLE people_register (
    id {integer} NOT NULL PRIMARY KEY,
    name {bytes} NOT NULL,
    phone {bytes},
    id_scheme {bytes},
    id_number {bytes},
    address {bytes},
    note {bytes},
    phone_index TEXT,
    id_index TEXT
) {strict};

CREATE INDEX people_register_by_phone ON people_register (phone_index);
CREATE INDEX people_register_by_id_number ON people_register (id_index);

CREATE TABLE register_texts (
    owner {integer} NOT NULL,
    field TEXT NOT NULL,
    sealed {bytes} NOT NULL,
    PRIMARY KEY (owner, field)
) {strict};
