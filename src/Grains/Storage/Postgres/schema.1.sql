-- Version 1: grids, experiments, epochs, checkpoints, and what Orleans keeps.

CREATE TABLE schema_version (version bigint NOT NULL);
INSERT INTO schema_version VALUES (1);

CREATE TABLE grid (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    id text NOT NULL UNIQUE
);

-- Ids are compared by their bytes, so that they sort as they do on SQLite whatever the language of the database.
CREATE TABLE experiment (
    id text COLLATE "C" PRIMARY KEY,
    grid_id text COLLATE "C" NOT NULL,
    lease bigint NOT NULL,    -- the highest that has written; a lower one is refused
    summary text NOT NULL     -- JSON, of which jsonb would not take every name
) WITH (fillfactor = 70);     -- rewritten at each epoch: room on its page keeps the indices as they are
CREATE INDEX experiment_of_grid ON experiment (grid_id, id);

CREATE TABLE epoch (
    experiment_id text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    train_loss double precision NOT NULL,
    train_accuracy double precision NOT NULL,
    validation_loss double precision NOT NULL,
    validation_accuracy double precision NOT NULL,
    seconds double precision NOT NULL,
    PRIMARY KEY (experiment_id, epoch)
);

CREATE TABLE checkpoint (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    experiment_id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    length bigint NOT NULL,
    sha256 text NOT NULL,
    content bytea NOT NULL,
    UNIQUE (experiment_id, name)
) WITH (toast.autovacuum_vacuum_scale_factor = 0.05);
-- Weights do not compress, and trying costs more than storing them.
ALTER TABLE checkpoint ALTER COLUMN content SET STORAGE EXTERNAL;

-- What Orleans asks of a database, by the statements that it reads from OrleansQuery. Each is ONE statement, so that none needs a
-- transaction of several round trips, and none can leave one open.

CREATE TABLE OrleansQuery (
    QueryKey text PRIMARY KEY,
    QueryText text NOT NULL
);

-- Grain state. A key without an extension is stored with an empty one, because NULLs never conflict in a unique index.

CREATE TABLE OrleansStorage (
    ServiceId text COLLATE "C" NOT NULL,
    GrainTypeHash integer NOT NULL,
    GrainTypeString text COLLATE "C" NOT NULL,
    GrainIdHash integer NOT NULL,
    GrainIdN0 bigint NOT NULL,
    GrainIdN1 bigint NOT NULL,
    GrainIdExtensionString text COLLATE "C" NOT NULL,
    Version integer NOT NULL,
    PayloadBinary bytea,
    UNIQUE (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString, GrainTypeString, ServiceId)
) WITH (fillfactor = 70);

INSERT INTO OrleansQuery VALUES ('ReadFromStorageKey', '
SELECT PayloadBinary, Version FROM OrleansStorage
WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''') AND GrainTypeString = @GrainTypeString AND ServiceId = @ServiceId
');

-- A first write carries no version, and a later one the version it replaces: neither may pass for the other.
INSERT INTO OrleansQuery VALUES ('WriteToStorageKey', '
INSERT INTO OrleansStorage (ServiceId, GrainTypeHash, GrainTypeString, GrainIdHash, GrainIdN0, GrainIdN1, GrainIdExtensionString, Version, PayloadBinary)
SELECT @ServiceId, @GrainTypeHash, @GrainTypeString, @GrainIdHash, @GrainIdN0, @GrainIdN1, COALESCE(@GrainIdExtensionString, ''''), 1, @PayloadBinary
WHERE CAST(@GrainStateVersion AS integer) IS NULL OR EXISTS (
  SELECT 1 FROM OrleansStorage
  WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
    AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''') AND GrainTypeString = @GrainTypeString AND ServiceId = @ServiceId)
ON CONFLICT (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString, GrainTypeString, ServiceId)
DO UPDATE SET Version = OrleansStorage.Version + 1, PayloadBinary = excluded.PayloadBinary
WHERE OrleansStorage.Version = CAST(@GrainStateVersion AS integer)
RETURNING Version AS NewGrainStateVersion
');

INSERT INTO OrleansQuery VALUES ('ClearStorageKey', '
UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1
WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''') AND GrainTypeString = @GrainTypeString AND ServiceId = @ServiceId
  AND Version = CAST(@GrainStateVersion AS integer)
RETURNING Version AS NewGrainStateVersion
');

INSERT INTO OrleansQuery VALUES ('DeleteStorageKey', '
DELETE FROM OrleansStorage
WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''') AND GrainTypeString = @GrainTypeString AND ServiceId = @ServiceId
  AND Version = CAST(@GrainStateVersion AS integer)
RETURNING Version + 1 AS NewGrainStateVersion
');

-- Membership. Whoever changes a row raises the table's version in the same statement, and only from the version it has read: of two
-- that change at once, the second waits for the version's row, finds it raised, and changes nothing.

CREATE TABLE OrleansMembershipVersion (
    DeploymentId text PRIMARY KEY,
    Version integer NOT NULL
);

CREATE TABLE OrleansMembership (
    DeploymentId text NOT NULL REFERENCES OrleansMembershipVersion,
    Address text NOT NULL,
    Port integer NOT NULL,
    Generation integer NOT NULL,
    SiloName text NOT NULL,
    HostName text NOT NULL,
    Status integer NOT NULL,
    ProxyPort integer NOT NULL,
    SuspectTimes text,
    StartTime timestamptz NOT NULL,
    IAmAliveTime timestamptz NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

INSERT INTO OrleansQuery VALUES ('InsertMembershipVersionKey', '
WITH inserted AS (
  INSERT INTO OrleansMembershipVersion (DeploymentId, Version) VALUES (@DeploymentId, 0)
  ON CONFLICT (DeploymentId) DO NOTHING
  RETURNING DeploymentId)
SELECT EXISTS (SELECT 1 FROM inserted)
');

INSERT INTO OrleansQuery VALUES ('InsertMembershipKey', '
WITH raised AS (
  UPDATE OrleansMembershipVersion SET Version = Version + 1
  WHERE DeploymentId = @DeploymentId AND Version = @Version AND NOT EXISTS (
    SELECT 1 FROM OrleansMembership
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation)
  RETURNING DeploymentId),
inserted AS (
  INSERT INTO OrleansMembership (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
  SELECT DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
  RETURNING DeploymentId)
SELECT EXISTS (SELECT 1 FROM inserted)
');

INSERT INTO OrleansQuery VALUES ('UpdateMembershipKey', '
WITH raised AS (
  UPDATE OrleansMembershipVersion SET Version = Version + 1
  WHERE DeploymentId = @DeploymentId AND Version = @Version AND EXISTS (
    SELECT 1 FROM OrleansMembership
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation)
  RETURNING DeploymentId),
updated AS (
  UPDATE OrleansMembership AS member
  SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = GREATEST(member.IAmAliveTime, @IAmAliveTime)
  FROM raised
  WHERE member.DeploymentId = raised.DeploymentId AND member.Address = @Address AND member.Port = @Port AND member.Generation = @Generation
  RETURNING member.DeploymentId)
SELECT EXISTS (SELECT 1 FROM updated)
');

INSERT INTO OrleansQuery VALUES ('UpdateIAmAlivetimeKey', '
UPDATE OrleansMembership SET IAmAliveTime = @IAmAliveTime
WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
');

-- One row without a member tells the version of an empty table.
INSERT INTO OrleansQuery VALUES ('MembershipReadAllKey', '
SELECT version.Version, member.Address, member.Port, member.Generation, member.SiloName, member.HostName, member.Status,
  member.ProxyPort, member.SuspectTimes, member.StartTime, member.IAmAliveTime
FROM OrleansMembershipVersion AS version LEFT JOIN OrleansMembership AS member ON member.DeploymentId = version.DeploymentId
WHERE version.DeploymentId = @DeploymentId
');

INSERT INTO OrleansQuery VALUES ('MembershipReadRowKey', '
SELECT version.Version, member.Address, member.Port, member.Generation, member.SiloName, member.HostName, member.Status,
  member.ProxyPort, member.SuspectTimes, member.StartTime, member.IAmAliveTime
FROM OrleansMembershipVersion AS version LEFT JOIN OrleansMembership AS member
  ON member.DeploymentId = version.DeploymentId AND member.Address = @Address AND member.Port = @Port AND member.Generation = @Generation
WHERE version.DeploymentId = @DeploymentId
');

INSERT INTO OrleansQuery VALUES ('GatewaysQueryKey', '
SELECT Address, ProxyPort, Generation FROM OrleansMembership
WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
');

INSERT INTO OrleansQuery VALUES ('DeleteMembershipTableEntriesKey', '
WITH members AS (DELETE FROM OrleansMembership WHERE DeploymentId = @DeploymentId)
DELETE FROM OrleansMembershipVersion WHERE DeploymentId = @DeploymentId
');

-- 6 is the status of a dead silo.
INSERT INTO OrleansQuery VALUES ('CleanupDefunctSiloEntriesKey', '
DELETE FROM OrleansMembership
WHERE DeploymentId = @DeploymentId AND Status = 6 AND StartTime < @IAmAliveTime AND IAmAliveTime < @IAmAliveTime
');

INSERT INTO OrleansQuery VALUES ('CleanupDefunctSiloEntryKey', '
DELETE FROM OrleansMembership
WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation AND Status = 6
  AND StartTime = @StartTime AND IAmAliveTime = @IAmAliveTime AND COALESCE(SuspectTimes, '''') = COALESCE(@SuspectTimes, '''')
');
