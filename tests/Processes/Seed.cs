using System.Globalization;
using Xunit;

namespace Experiments.Processes;

internal static class Seed
{
    /// <summary>What a test draws its faults from; the seed is printed, and a failure replays with it in EXPERIMENTS_TEST_SEED.</summary>
    public static Random Random(ITestOutputHelper log)
    {
        int seed = Number("EXPERIMENTS_TEST_SEED") ?? System.Random.Shared.Next();
        log.WriteLine($"EXPERIMENTS_TEST_SEED={seed}");
        return new Random(seed);
    }

    /// <summary>How many silos are killed; 30 prove more than the few that there is time for each day.</summary>
    public static int Kills => Number("EXPERIMENTS_TEST_KILLS") ?? 8;

    /// <summary>How many malformed files a reader is given; 100,000 take minutes.</summary>
    public static int Fuzz => Number("EXPERIMENTS_TEST_FUZZ") ?? 5_000;

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : null;
}
