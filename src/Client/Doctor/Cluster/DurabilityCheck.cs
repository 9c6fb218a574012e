using Experiments.Grains.Storage.Inspection;

namespace Experiments.Client.Doctor.Cluster;

/// <summary>Whether what the database has acknowledged outlasts a power cut.</summary>
internal static class DurabilityCheck
{
    public static Finding Judge(PostgresReading database)
    {
        string[] off =
        [
            .. new[] { ("fsync", database.FlushesToDisk), ("synchronous_commit", database.WaitsForDisk), ("full_page_writes", database.WritesWholePages) }
                .Where(setting => !setting.Item2).Select(setting => setting.Item1),
        ];
        string settings = string.Join(" and ", off);
        return off switch
        {
            [] => Finding.Ok("What is committed outlasts a power cut."),
            ["synchronous_commit"] => Finding.Note("synchronous_commit is off: a crash of the server loses the last epochs that were acknowledged.", "Set it on for this database or its user, unless that may be."),
            _ => Finding.Note($"{settings} {(off.Length == 1 ? "is" : "are")} off: a power cut may damage the database.", $"Set {settings} on in postgresql.conf, unless all may be lost."),
        };
    }
}
