using System.Globalization;

namespace Experiments.Client.Doctor.Machine;

/// <param name="Bytes">Of the machine, or of the control group where that is less.</param>
/// <param name="Available">Bytes that nobody uses now; null where the system does not tell.</param>
/// <param name="Slots">What a silo offers unless told otherwise.</param>
internal sealed record MemoryReading(long Bytes, long? Available, int Slots)
{
    public static MemoryReading Take() => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, ReadAvailable("/proc/meminfo"), Environment.ProcessorCount);

    /// <param name="file">/proc/meminfo, with a line as "MemAvailable:   22623412 kB".</param>
    private static long? ReadAvailable(string file)
    {
        const string Key = "MemAvailable:";
        return File.Exists(file) && File.ReadLines(file).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line
            ? long.Parse(line[Key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024
            : null;
    }
}
