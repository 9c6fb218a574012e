using Experiments.Grains.Storage.Inspection;
using Experiments.Reports;

namespace Experiments.Client.Doctor.Cluster;

/// <summary>Whether silos of this version can work on the cluster's database.</summary>
internal static class DatabaseCheck
{
    /// <summary>The first with gen_random_uuid() of its own, which the schema calls.</summary>
    private const int LeastServer = 13, OneMajorVersion = 10_000;

    private const string Text = "UTF8";

    public static Finding Judge(PostgresReading database) => database switch
    {
        { ServerVersion: < LeastServer * OneMajorVersion } =>
            Finding.Fault($"{database.Place} is of PostgreSQL {database.ServerVersionText}, and Experiments wants {LeastServer} or later.", $"Use a server of version {LeastServer} or later."),
        { IsReadOnly: true } => Finding.Fault($"{database.Place} is read-only, as a standby's is.", "Name the primary server, or set default_transaction_read_only off."),
        { SchemaVersion: var found, KnownSchemaVersion: var known } when found > known =>
            Finding.Fault($"{database.Place} has schema version {found}, and this program knows no later one than {known}.", "Use the newer version of Experiments, or another database."),
        { MayMakeTables: false, SchemaVersion: var found, KnownSchemaVersion: var known } when found < known =>
            Finding.Fault($"{database.Place} has schema version {found} of {known}, and its user may make no tables.", "Make the user the owner of the database, or grant it CREATE on the schema."),
        { MayWrite: false } => Finding.Fault($"{database.Place} has tables that its user may not write.", "Make the user their owner, or grant it SELECT, INSERT, UPDATE and DELETE on all tables."),
        { Encoding: not Text } => Finding.Note($"{database.Place} keeps text as {database.Encoding}: notes and names with other characters cannot be stored.", "Make a database with 'createdb --encoding UTF8 --template template0', and move there with pg_dump."),
        { SchemaVersion: 0 } => Finding.Ok($"{Told(database)}, empty; the first silo makes the tables."),
        { SchemaVersion: var found, KnownSchemaVersion: var known } when found < known => Finding.Ok($"{Told(database)}, schema version {found}, which the next silo that starts makes {known}."),
        _ => Finding.Ok($"{Told(database)}, schema version {database.SchemaVersion}, {Figures.Bytes(database.Bytes)}."),
    };

    private static string Told(PostgresReading database) => $"{database.Place}: PostgreSQL {database.ServerVersionText}";
}
