using System.Globalization;
using Experiments.Reports;

namespace Experiments.Client.Doctor.Machine;

/// <summary>What trainings get of the processor.</summary>
internal static class ProcessorCheck
{
    public static Finding Judge(ProcessorReading processor)
    {
        string cores = string.Create(CultureInfo.InvariantCulture, $"{processor.Kind}, {Figures.Count(processor.Slots, "core")}");
        return processor switch
        {
            { Refused: { } refused } => Finding.Fault(refused),
            { CpuLimit: { } limit } when limit < processor.Slots => Finding.Note(
                string.Create(CultureInfo.InvariantCulture, $"{cores}, of which the control group gives {limit:0.##}: a silo offers {Figures.Count(processor.Slots, "slot")} unless told otherwise."),
                limit < 2
                    ? "Start it with --slots 1, or raise the limit to whole cores."
                    : string.Create(CultureInfo.InvariantCulture, $"Start it with --slots {(int)limit}, or raise the limit to whole cores.")),
            { CpuCapability: "DEFAULT" } => Finding.Note($"{cores}: without AVX2 trainings take several times as long.", "Use a machine with AVX2, or have the virtual machine show its host's processor."),
            _ => Finding.Ok($"{cores}."),
        };
    }
}
