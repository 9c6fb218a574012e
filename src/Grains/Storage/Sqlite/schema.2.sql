-- Version 2: the content of datasets that users sent, by its SHA-256.

ALTER TABLE grid ADD COLUMN dataset TEXT;   -- the stored one that it trains on; NULL where each silo finds its data by itself
CREATE INDEX grid_of_dataset ON grid (dataset);

-- Whoever changes what is stored of a dataset, or who uses it, writes this row first: so they take turns.
CREATE TABLE dataset (
    sha256 TEXT PRIMARY KEY,
    length INTEGER,               -- bytes; NULL until every chunk is there and their SHA-256 was found right
    changed_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE dataset_chunk (
    position INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    number INTEGER NOT NULL,      -- from 0
    content BLOB NOT NULL,
    UNIQUE (sha256, number)
);

UPDATE schema_version SET version = 2;
