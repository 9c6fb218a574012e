using Experiments.Clustering;
using Experiments.Reports;

namespace Experiments.Client.Doctor.Cluster;

/// <summary>Whether an experiment comes out the same to the bit on whichever silo trains it.</summary>
internal static class SiloProcessorsCheck
{
    public static Finding Judge(IEnumerable<SiloOverview> silos)
    {
        var kinds = silos.Where(silo => silo.Processor is not null).GroupBy(silo => silo.Processor!).OrderByDescending(kind => kind.Count()).ToList();
        return kinds switch
        {
            [] => Finding.Ok("No silo has told of its processor."),
            [var one] => Finding.Ok($"All that train have {one.Key}: results are the same to the bit."),
            _ => Finding.Note(
                $"{Figures.Names([.. kinds.Select(kind => $"{Figures.Count(kind.Count(), "silo")} with {kind.Key}")])}: results differ in the last bits between them.",
                "Where that matters, set EXPERIMENTS_CPU_CAPABILITY=avx2 on all; makers and families may differ even then."),
        };
    }
}
