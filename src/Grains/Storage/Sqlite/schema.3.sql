-- Version 3: what people write about grids and experiments.

CREATE TABLE annotation (
    grid_id TEXT NOT NULL,
    experiment_id TEXT NOT NULL,  -- empty for what is of the grid itself, because NULLs never conflict in a key
    tags TEXT NOT NULL,           -- with commas between, which no tag holds
    note TEXT NOT NULL,
    PRIMARY KEY (grid_id, experiment_id)
);

UPDATE schema_version SET version = 3;
