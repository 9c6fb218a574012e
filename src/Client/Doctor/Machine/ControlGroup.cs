using System.Globalization;

namespace Experiments.Client.Doctor.Machine;

/// <summary>The share of the processor that Linux gives to this process's control group, version 2.</summary>
internal static class ControlGroup
{
    /// <param name="membership">The file that names the process's groups, /proc/self/cgroup.</param>
    /// <param name="root">The folder of all groups, /sys/fs/cgroup.</param>
    /// <returns>Cores, by the tightest limit of the group and those around it; null for no limit.</returns>
    public static double? CpuLimit(string membership, string root)
    {
        const string Version2 = "0::/";
        if (!File.Exists(membership) || File.ReadLines(membership).FirstOrDefault(line => line.StartsWith(Version2, StringComparison.Ordinal)) is not { } line)
        {
            return null;
        }

        var limits = new List<double>();
        for (string group = line[Version2.Length..]; ; group = Path.GetDirectoryName(group) ?? "")
        {
            if (Read(Path.Combine(root, group, "cpu.max")) is { } limit) limits.Add(limit);
            if (group.Length == 0) return limits.Count == 0 ? null : limits.Min();
        }
    }

    /// <summary>Microseconds of processor time in a period, and the period's: "150000 100000", or "max 100000".</summary>
    private static double? Read(string file) =>
        File.Exists(file) && File.ReadAllText(file).Split(' ') is [var quota, var period] && double.TryParse(quota, CultureInfo.InvariantCulture, out double microseconds)
            ? microseconds / double.Parse(period, CultureInfo.InvariantCulture)
            : null;
}
