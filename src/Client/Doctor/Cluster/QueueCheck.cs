using System.Collections.Immutable;
using Experiments.Clustering;
using Experiments.Reports;

namespace Experiments.Client.Doctor.Cluster;

/// <summary>Whether what waits finds a slot.</summary>
internal static class QueueCheck
{
    public static Finding Judge(IReadOnlyCollection<SiloOverview> silos, ImmutableArray<QueueEntry> grids)
    {
        var heard = silos.Where(silo => silo.Slots is not null && !MembersCheck.IsSilent(silo)).ToList();
        int slots = heard.Sum(silo => silo.Slots!.Value), free = slots - heard.Sum(silo => silo.Busy!.Value);
        int waiting = grids.Sum(grid => grid.Waiting), held = grids.Where(IsHeld).Sum(grid => grid.Waiting);
        string seen = $"{Figures.Count(slots - free)} of {Figures.Count(slots, "slot")} train, {Figures.Count(waiting, "experiment")} wait{(waiting == 1 ? "s" : "")}{(held > 0 ? $", {Figures.Count(held)} of them by maxParallel" : "")}";
        return (slots, free, waiting - held) switch
        {
            (0, _, > 0) => Finding.Fault($"{seen}: nothing will train them.", "Start a silo with slots."),
            (_, > 0, > 0) => Finding.Note($"{seen}, though slots are free.", "Look again in some seconds; if that stays, see the silos' logs."),
            _ => Finding.Ok($"{seen}."),
        };
    }

    private static bool IsHeld(QueueEntry grid) => grid.Training >= grid.MaxParallel;
}
