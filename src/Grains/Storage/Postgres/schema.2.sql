-- Version 2: the content of datasets that users sent, by its SHA-256.

ALTER TABLE grid ADD COLUMN dataset text COLLATE "C";   -- the stored one that it trains on; NULL where each silo finds its data by itself
CREATE INDEX grid_of_dataset ON grid (dataset);

-- Whoever changes what is stored of a dataset, or who uses it, writes this row first: so they take turns.
CREATE TABLE dataset (
    sha256 text COLLATE "C" PRIMARY KEY,
    length bigint,                -- bytes; NULL until every chunk is there and their SHA-256 was found right
    changed_at timestamptz NOT NULL
);

CREATE TABLE dataset_chunk (
    sha256 text COLLATE "C" NOT NULL,
    number integer NOT NULL,      -- from 0
    content bytea NOT NULL,
    PRIMARY KEY (sha256, number)
);
-- Chunks are read whole, and a silo's cache spares the second reading: compressing them would cost more than it saves.
ALTER TABLE dataset_chunk ALTER COLUMN content SET STORAGE EXTERNAL;

UPDATE schema_version SET version = 2;
