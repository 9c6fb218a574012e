using System.Globalization;

namespace Experiments;

/// <summary>
/// Keys of grains. Each has a prefix: string keys that look like hexadecimal numbers are read as numbers by Orleans' ADO.NET storage,
/// where "0f" and "00F" would be one row.
/// </summary>
public static class GrainKeys
{
    public const string Queue = "queue-training";

    public static string Grid(string name) => "grid-" + name;

    public static string Experiment(string id) => "exp-" + id;

    public static string Dataset(string sha256) => "data-" + sha256;

    public static string Silo(SiloAddress address) => "silo-" + address.ToParsableString();

    /// <summary>An experiment's id: its grid's id and its number in the grid, from 1.</summary>
    public static string ExperimentId(string gridId, int number) => string.Create(CultureInfo.InvariantCulture, $"{gridId}-{number}");
}
