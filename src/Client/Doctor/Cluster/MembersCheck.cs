using System.Collections.Immutable;
using System.Globalization;
using Experiments.Clustering;
using Experiments.Grains.Storage.Inspection;
using Experiments.Reports;

namespace Experiments.Client.Doctor.Cluster;

/// <summary>Whether the cluster's silos answer, all of them.</summary>
internal static class MembersCheck
{
    public static readonly Finding Silent = Finding.Fault("No silo answers.", "See whether the silos run, and their logs; a busy machine wants longer, with --patience.");

    public static Finding NoneAnswers(ImmutableArray<MemberEndpoints> members) => Finding.Fault(
        $"The database has {Figures.Count(members.Length, "silo")} as active, and no gateway answers here ({Figures.Names([.. members.Select(member => $"{member.Address}:{member.Gateway}")])}).",
        "Start silos again if they were killed; else have the network and its firewalls let this machine reach these ports, and give each silo an --address that it is reached at. A busy machine wants longer, with --patience.");

    public static Finding Judge(ClusterReading cluster)
    {
        if (cluster.Members.IsEmpty) return Finding.Note("No silo runs.", "Start one: dotnet run -c Release --project src/Silo -- --cluster …");

        string[] silent = [.. cluster.Silos.Where(IsSilent).Select(silo => string.Create(CultureInfo.InvariantCulture, $"{Place(silo)} for {silo.HeardSecondsAgo:F0} s"))];
        string[] other = [.. cluster.Silos.Where(silo => silo.Status != "Active").Select(silo => $"{Place(silo)} is {silo.Status}")];
        string seen = $"{Figures.Count(cluster.Silos.Length, "silo")}{(other.Length > 0 ? $", of which {Figures.Names(other)}" : "")}";
        return silent.Length > 0
            ? Finding.Fault($"{seen}; silent: {Figures.Names(silent)}.", "See its log and its machine; the cluster gives its experiments to others once it takes it for dead.")
            : Finding.Ok($"{seen}; all are heard of.");
    }

    public static bool IsSilent(SiloOverview silo) => silo.HeardSecondsAgo > SiloOverviews.SilentSeconds;

    private static string Place(SiloOverview silo) => silo.Address.Split('@')[0];
}
