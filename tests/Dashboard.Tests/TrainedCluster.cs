using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Processes;

[assembly: AssemblyFixture(typeof(Experiments.Dashboard.Tests.TrainedCluster))]

namespace Experiments.Dashboard.Tests;

/// <summary>A silo in a process of its own, on a database of its own, which has trained three grids.</summary>
public sealed class TrainedCluster : IAsyncLifetime
{
    /// <summary>The names of the third grid's classes: text that a page must not take for anything else.</summary>
    public static readonly string[] OddClasses = ["<script>alert(1)</script>", "👕 o'shirt & \"coat\"", "top", "bottom"];

    /// <summary>The grids in the order of submission, and how many experiments each has. The third has each experiment with two splits.</summary>
    public static readonly (string Name, int Experiments)[] Grids = [("first", 3), ("second", 1), ("third", 1)];

    private readonly Workplace _workplace = new(trainImages: 400);
    private PrivatePostgres? _postgres;
    private SiloProcess? _silo;
    private string? _database;

    /// <summary>Connection string; without PostgreSQL the test is skipped.</summary>
    public string Database
    {
        get
        {
            PrivatePostgres.SkipIfMissing();
            return _database!;
        }
    }

    public string Folder => _workplace.Folder;

    public async ValueTask InitializeAsync()
    {
        if (PrivatePostgres.Missing is not null) return;

        _postgres = await PrivatePostgres.Start();
        _database = await _postgres.CreateDatabase();
        _silo = await SiloProcess.Start(Folder, _database, "--slots", "2");
        foreach (var (name, experiments) in Grids)
        {
            string yaml = string.Join('\n', Enumerable.Range(1, experiments).Select(number => string.Create(CultureInfo.InvariantCulture, $"  - name: rate-{number}\n    dropout: 0.{number}")));
            string file = name == "third"
                ? _workplace.Grid(name, yaml, more: "matrix: { split.validation: [0.2, 0.5] }", classes: OddClasses)
                : _workplace.Grid(name, yaml);
            await Ask("submit", file, "--watch");
        }
    }

    /// <summary>What the command line says with --json.</summary>
    public async Task<JsonNode> Json(params string[] verb) => JsonNode.Parse(await Ask([.. verb, "--json"]))!;

    /// <summary>What the command line exports of an experiment; null of what it exports no such file.</summary>
    /// <param name="kind">Such as <c>history.csv</c>.</param>
    public async Task<byte[]?> Exported(string experiment, string kind)
    {
        if (kind is not ("history.csv" or "predictions.csv" or "weights.safetensors")) return null;

        string file = _workplace.PathOf($"{Guid.NewGuid():N}-{kind}");
        await Ask("export", experiment, "--" + kind[..kind.IndexOf('.', StringComparison.Ordinal)], file);
        return await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null) await _silo.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        _workplace.Dispose();
    }

    private async Task<string> Ask(params string[] verb)
    {
        var answer = await ClientProcess.Run(Folder, [.. verb, "--cluster", _database!]);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Errors);
        return answer.Output;
    }
}
