using System.Globalization;
using Experiments.Reports;

namespace Experiments.Client.Doctor.Machine;

/// <summary>Whether the slots that a silo offers by itself have room.</summary>
internal static class MemoryCheck
{
    /// <summary>Measured with Fashion-MNIST, rounded up: 394 MB with one slot, 440 with two, 573 with four.</summary>
    private const long Process = 350_000_000, Slot = 75_000_000;

    public static Finding Judge(MemoryReading memory)
    {
        long free = Math.Min(memory.Bytes, memory.Available ?? memory.Bytes);
        string seen = string.Create(CultureInfo.InvariantCulture, $"{memory.Bytes / 1e9:N1} GB, {free / 1e9:N1} GB of them free");
        string wanted = string.Create(CultureInfo.InvariantCulture, $"a silo of {Figures.Count(memory.Slots, "slot")} takes about {Need(memory.Slots) / 1e9:N1} GB with Fashion-MNIST");
        return free switch
        {
            _ when free >= Need(memory.Slots) => Finding.Ok($"{seen}; {wanted}."),
            _ when free >= Need(1) => Finding.Note(
                $"{seen}; {wanted}.", string.Create(CultureInfo.InvariantCulture, $"Start it with --slots {(free - Process) / Slot}, or end what else uses the memory.")),
            _ => Finding.Fault($"{seen}; one slot takes about {Figures.Bytes(Need(1))} with Fashion-MNIST.", "End what else uses the memory, or raise the limit of the control group or of the machine."),
        };
    }

    private static long Need(int slots) => Process + (slots * Slot);
}
