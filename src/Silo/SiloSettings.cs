using System.Globalization;
using System.Net;
using Experiments.Grains.Execution;
using Microsoft.Extensions.Configuration;

namespace Experiments.Silo;

/// <summary>What the user asked of a silo: on the command line, in variables that begin with EXPERIMENTS_, or in appsettings.json.</summary>
internal sealed class SiloSettings(IConfiguration configuration)
{
    private const int MinutesInADay = 24 * 60;

    private static readonly string[] Options = ["cluster", "storage", "slots", "address", "silo-port", "gateway-port", "http-port", "checkpoint-every", "data"];

    /// <summary>The connection string of the cluster's database; null for a silo of its own.</summary>
    public string? Cluster => Text("cluster") is not { } cluster ? null
        : Storage is null ? cluster
        : throw new SiloOptionException("--cluster and --storage: a silo works on a cluster's database or on a local folder. Give one of them (EXPERIMENTS_CLUSTER counts too).");

    public string? Storage => Text("storage");

    public string? DataFolder => Text("data");

    public int Slots => Number("slots", 0, int.MaxValue, "the number of experiments to train at once, from 0") ?? Environment.ProcessorCount;

    public TimeSpan CheckpointEvery =>
        Number("checkpoint-every", 0, MinutesInADay, "minutes, from 0 to 1440") is { } minutes ? TimeSpan.FromMinutes(minutes) : new TrainingOptions().CheckpointEvery;

    public int? SiloPort => Number("silo-port", 1, IPEndPoint.MaxPort, "a port, from 1 to 65535");

    public int? GatewayPort => Number("gateway-port", 1, IPEndPoint.MaxPort, "a port, from 1 to 65535");

    /// <summary>For those who ask after its health and its measurements; null where nobody is to.</summary>
    public int? HttpPort => Number("http-port", 1, IPEndPoint.MaxPort, "a port, from 1 to 65535");

    /// <exception cref="StorageUnavailableException">It is to be found by the database, to which no way leads.</exception>
    public IPAddress Address => field ??= Text("address") is { } given ? OwnAddress.Of(given, Cluster) : IPAddress.Loopback;

    /// <summary>A misspelt option would otherwise be passed over in silence. Those of .NET's own configuration, such as Logging:LogLevel:Default, hold a colon.</summary>
    /// <exception cref="SiloOptionException">There is an option that no silo has.</exception>
    public static void RefuseUnknown(string[] arguments)
    {
        string[] unknown =
        [
            .. arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal))
                .Select(argument => argument[2..].Split('=')[0])
                .Where(option => !option.Contains(':', StringComparison.Ordinal) && !Options.Contains(option)),
        ];
        if (unknown.Length > 0)
        {
            throw new SiloOptionException($"--{unknown[0]}: unknown option. A silo has --{string.Join(", --", Options)}.");
        }
    }

    /// <summary>Options given as variables: <c>EXPERIMENTS_HTTP_PORT</c> is --http-port.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Variables() => Options
        .Select(option => KeyValuePair.Create(option, Environment.GetEnvironmentVariable(Variable(option))))
        .Where(option => option.Value is not null);

    private static string Variable(string option) => $"EXPERIMENTS_{option.Replace('-', '_').ToUpperInvariant()}";

    private int? Number(string key, int least, int most, string what) => Text(key) switch
    {
        null => null,
        var given when int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most => number,
        var given => throw new SiloOptionException($"--{key} {given}: give {what}."),
    };

    private string? Text(string key) => configuration[key] is { Length: > 0 } text ? text : null;
}
