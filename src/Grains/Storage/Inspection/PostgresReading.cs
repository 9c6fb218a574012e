using System.Collections.Immutable;

namespace Experiments.Grains.Storage.Inspection;

/// <summary>What is seen of a cluster's database and its server.</summary>
public sealed record PostgresReading
{
    /// <summary>Database and server, for people.</summary>
    public required string Place { get; init; }

    /// <summary>As 150004 of 15.4.</summary>
    public required int ServerVersion { get; init; }

    public required string ServerVersionText { get; init; }

    public required string Encoding { get; init; }

    /// <summary>fsync.</summary>
    public required bool FlushesToDisk { get; init; }

    /// <summary>synchronous_commit, as it is for this user.</summary>
    public required bool WaitsForDisk { get; init; }

    /// <summary>full_page_writes.</summary>
    public required bool WritesWholePages { get; init; }

    /// <summary>Those that the server admits of ordinary users.</summary>
    public required int MostConnections { get; init; }

    /// <summary>Of all users of the server, now.</summary>
    public required int Connections { get; init; }

    /// <summary>Connections that a silo uses at most.</summary>
    public required int PoolSize { get; init; }

    /// <summary>Of the database.</summary>
    public required long Bytes { get; init; }

    public required bool IsReadOnly { get; init; }

    public required bool MayMakeTables { get; init; }

    /// <summary>Whether the user may write the tables; true where there are none, or a later version's.</summary>
    public bool MayWrite { get; init; } = true;

    /// <summary>0 where there are no tables.</summary>
    public long SchemaVersion { get; init; }

    /// <summary>The latest that this program knows.</summary>
    public required long KnownSchemaVersion { get; init; }

    /// <summary>How far the server's clock is ahead of this machine's.</summary>
    public TimeSpan Ahead { get; init; }

    /// <summary>How far off <see cref="Ahead"/> may be.</summary>
    public TimeSpan AheadWithin { get; init; }

    /// <summary>The members that count as active, which those are too that ended without a word.</summary>
    public ImmutableArray<MemberEndpoints> Silos { get; init; } = [];
}

/// <param name="Gateway">Port for clients.</param>
/// <param name="Port">For other silos.</param>
public sealed record MemberEndpoints(string Address, int Gateway, int Port);
