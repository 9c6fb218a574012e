using System.Collections.Immutable;
using Experiments.Client.Doctor;
using Experiments.Client.Doctor.Cluster;
using Experiments.Clustering;
using Experiments.Grains.Storage.Inspection;
using static Experiments.Client.Tests.Doctor.MachineJudgementTests;

namespace Experiments.Client.Tests.Doctor;

/// <summary>What readings of a cluster mean.</summary>
public sealed class ClusterJudgementTests
{
    private static readonly PostgresReading Database = new()
    {
        Place = "db on h:5432",
        ServerVersion = 150_004,
        ServerVersionText = "15.4",
        Encoding = "UTF8",
        FlushesToDisk = true,
        WaitsForDisk = true,
        WritesWholePages = true,
        MostConnections = 97,
        Connections = 10,
        PoolSize = 20,
        Bytes = 8_000_000,
        IsReadOnly = false,
        MayMakeTables = true,
        SchemaVersion = 3,
        KnownSchemaVersion = 3,
    };

    private static readonly SiloOverview Silo = new("10.0.0.5:11111@1", "Active", Slots: 2, Busy: 1, DateTimeOffset.UnixEpoch, HeardSecondsAgo: 1, 0, 0, Version: "0.1.0+abc", Processor: "AMD with AVX2", []);

    [Fact]
    public void A_database_is_judged_by_what_silos_want_of_it()
    {
        AssertFound(FindingStatus.Ok, "db on h:5432: PostgreSQL 15.4, schema version 3, 8.0 MB.", DatabaseCheck.Judge(Database));
        AssertFound(FindingStatus.Ok, "the first silo makes the tables", DatabaseCheck.Judge(Database with { SchemaVersion = 0 }));
        AssertFound(FindingStatus.Ok, "schema version 2, which the next silo that starts makes 3", DatabaseCheck.Judge(Database with { SchemaVersion = 2 }));
        AssertFound(FindingStatus.Note, "keeps text as LATIN1", DatabaseCheck.Judge(Database with { Encoding = "LATIN1" }));
        AssertFound(FindingStatus.Fault, "no later one than 3", DatabaseCheck.Judge(Database with { SchemaVersion = 4 }));
        AssertFound(FindingStatus.Fault, "PostgreSQL 12.9, and Experiments wants 13", DatabaseCheck.Judge(Database with { ServerVersion = 120_009, ServerVersionText = "12.9" }));
        AssertFound(FindingStatus.Fault, "Name the primary server", DatabaseCheck.Judge(Database with { IsReadOnly = true }));
        AssertFound(FindingStatus.Fault, "may make no tables", DatabaseCheck.Judge(Database with { MayMakeTables = false, SchemaVersion = 0 }));
        AssertFound(FindingStatus.Ok, "schema version 3", DatabaseCheck.Judge(Database with { MayMakeTables = false }));
        AssertFound(FindingStatus.Fault, "may not write", DatabaseCheck.Judge(Database with { MayWrite = false }));
    }

    [Fact]
    public void Durability_is_judged_by_the_server_s_settings()
    {
        AssertFound(FindingStatus.Ok, "outlasts a power cut", DurabilityCheck.Judge(Database));
        AssertFound(FindingStatus.Note, "synchronous_commit is off: a crash of the server loses the last epochs", DurabilityCheck.Judge(Database with { WaitsForDisk = false }));
        AssertFound(FindingStatus.Note, "fsync is off: a power cut may damage the database", DurabilityCheck.Judge(Database with { FlushesToDisk = false }));
        AssertFound(FindingStatus.Note, "fsync and full_page_writes are off", DurabilityCheck.Judge(Database with { FlushesToDisk = false, WritesWholePages = false }));
    }

    [Fact]
    public void Connections_are_judged_by_those_that_all_silos_may_want()
    {
        AssertFound(FindingStatus.Ok, "10 of 97 are used; 4 silos may want 80, 20 each.", ConnectionsCheck.Judge(Database with { Silos = Members(4) }));
        AssertFound(FindingStatus.Note, "5 silos may want 100, 20 each: the last to ask would be refused", ConnectionsCheck.Judge(Database with { Silos = Members(5) }));
        AssertFound(FindingStatus.Ok, "10 silos may want 80, 8 each", ConnectionsCheck.Judge(Database with { Silos = Members(10), PoolSize = 8 }));
        AssertFound(FindingStatus.Note, "90 of 97 are used", ConnectionsCheck.Judge(Database with { Connections = 90 }));
    }

    [Fact]
    public void Silos_are_judged_by_whether_they_are_heard_of()
    {
        AssertFound(FindingStatus.Note, "No silo runs. Start one", MembersCheck.Judge(new([], [], [])));
        AssertFound(FindingStatus.Ok, "2 silos; all are heard of.", MembersCheck.Judge(new(Members(2), [Silo, Silo], [])));
        AssertFound(FindingStatus.Ok, "1 silo; all are heard of.", MembersCheck.Judge(new(Members(1), [Silo with { HeardSecondsAgo = null }], [])));
        AssertFound(FindingStatus.Ok, "2 silos, of which 10.0.0.5:11111 is ShuttingDown", MembersCheck.Judge(new(Members(2), [Silo, Silo with { Status = "ShuttingDown" }], [])));
        AssertFound(FindingStatus.Fault, "silent: 10.0.0.5:11111 for 30 s", MembersCheck.Judge(new(Members(2), [Silo, Silo with { HeardSecondsAgo = 30 }], [])));
        AssertFound(FindingStatus.Fault, "2 silos as active, and no gateway answers here (10.0.0.1:30000 and 10.0.0.2:30000)", MembersCheck.NoneAnswers(Members(2)));
    }

    [Fact]
    public void Versions_are_to_be_alike()
    {
        var later = Silo with { Version = "0.2.0+0123456789" };

        AssertFound(FindingStatus.Ok, "All are of 0.1.0+abc, as this program is.", SiloVersionsCheck.Judge([Silo, Silo], "0.1.0+abc"));
        AssertFound(FindingStatus.Ok, "No silo has told its version.", SiloVersionsCheck.Judge([Silo with { HeardSecondsAgo = null, Version = null }], "0.1.0"));
        AssertFound(FindingStatus.Note, "1 silo of 0.2.0+01234567, and this program of 0.1.0", SiloVersionsCheck.Judge([later], "0.1.0"));
        AssertFound(FindingStatus.Note, "2 silos of 0.2.0+01234567 and 1 silo of an earlier version. Finish the upgrade", SiloVersionsCheck.Judge([Silo with { Version = null }, later, later], "0.2.0+0123456789"));
    }

    [Fact]
    public void Processors_that_differ_are_noted()
    {
        AssertFound(FindingStatus.Ok, "All that train have AMD with AVX2", SiloProcessorsCheck.Judge([Silo, Silo, Silo with { Processor = null }]));
        AssertFound(FindingStatus.Note, "2 silos with AMD with AVX2 and 1 silo with Intel with AVX512", SiloProcessorsCheck.Judge([Silo, Silo with { Processor = "Intel with AVX512" }, Silo]));
    }

    [Fact]
    public void What_waits_is_judged_by_the_slots_that_there_are()
    {
        var (full, none, silent) = (Silo with { Busy = 2 }, Silo with { Slots = 0, Busy = 0 }, Silo with { HeardSecondsAgo = 60 });

        AssertFound(FindingStatus.Ok, "0 of 0 slots train, 0 experiments wait.", QueueCheck.Judge([], []));
        AssertFound(FindingStatus.Ok, "1 of 2 slots train, 0 experiments wait.", QueueCheck.Judge([Silo], []));
        AssertFound(FindingStatus.Ok, "2 of 2 slots train, 5 experiments wait.", QueueCheck.Judge([full], [Grid(waiting: 5)]));
        AssertFound(FindingStatus.Ok, "1 of 2 slots train, 5 experiments wait, 5 of them by maxParallel.", QueueCheck.Judge([Silo], [Grid(waiting: 5, training: 1, maxParallel: 1)]));
        AssertFound(FindingStatus.Note, "1 of 2 slots train, 1 experiment waits, though slots are free.", QueueCheck.Judge([Silo], [Grid(waiting: 1)]));
        AssertFound(FindingStatus.Fault, "nothing will train them. Start a silo with slots.", QueueCheck.Judge([none], [Grid(waiting: 5)]));
        AssertFound(FindingStatus.Fault, "nothing will train them", QueueCheck.Judge([silent], [Grid(waiting: 5)]));
    }

    private static ImmutableArray<MemberEndpoints> Members(int count) => [.. Enumerable.Range(1, count).Select(number => new MemberEndpoints($"10.0.0.{number}", 30000, 11111))];

    private static QueueEntry Grid(int waiting, int training = 0, int? maxParallel = null) => new("grid", Priority: 0, waiting, training, maxParallel);
}
