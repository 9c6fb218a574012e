using Experiments.Client.Doctor.Machine;
using Experiments.Clustering;
using Experiments.Reports;

namespace Experiments.Client.Doctor.Cluster;

/// <summary>Whether all silos, and this program, are of one version.</summary>
internal static class SiloVersionsCheck
{
    /// <param name="ours">This program's version.</param>
    public static Finding Judge(IReadOnlyCollection<SiloOverview> silos, string ours)
    {
        var versions = silos.Where(silo => silo.HeardSecondsAgo is not null).GroupBy(silo => silo.Version).OrderByDescending(version => version.Count()).ToList();
        string[] told = [.. versions.Select(version => $"{Figures.Count(version.Count(), "silo")} of {(version.Key is null ? "an earlier version" : ShortVersion.Of(version.Key))}")];
        return versions switch
        {
            [] => Finding.Ok("No silo has told its version."),
            [{ Key: var one }] when one == ours => Finding.Ok($"All are of {ShortVersion.Of(ours)}, as this program is."),
            [_] => Finding.Note($"{told[0]}, and this program of {ShortVersion.Of(ours)}.", "Use the same version for both; nothing but an upgrade should need two."),
            _ => Finding.Note($"{Figures.Names(told)}.", "Finish the upgrade: restart the silos of the earlier version with the later one."),
        };
    }
}
