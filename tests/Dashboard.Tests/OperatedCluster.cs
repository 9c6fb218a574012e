using System.Text.Json.Nodes;
using Experiments.Processes;

[assembly: AssemblyFixture(typeof(Experiments.Dashboard.Tests.OperatedCluster))]

namespace Experiments.Dashboard.Tests;

/// <summary>A silo of two slots in a process of its own, on a database of its own, where tests submit and change what they like; its small dataset is stored.</summary>
public sealed class OperatedCluster : IAsyncLifetime
{
    /// <summary>The grid with which the data came.</summary>
    public const string First = "stored";

    private readonly Workplace _workplace = new(trainImages: 400);
    private PrivatePostgres? _postgres;
    private SiloProcess? _silo;
    private string? _database;
    private string? _sha256;

    /// <summary>Connection string; without PostgreSQL the test is skipped.</summary>
    public string Database
    {
        get
        {
            PrivatePostgres.SkipIfMissing();
            return _database!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (PrivatePostgres.Missing is not null) return;

        _postgres = await PrivatePostgres.Start();
        _database = await _postgres.CreateDatabase();
        _silo = await SiloProcess.Start(_workplace.Folder, _database, "--slots", "2");
        string grid = _workplace.Grid(First, "  - name: rate-1\n    dropout: 0.1\n    matrix: { training.seed: [1, 2] }");
        var answer = await ClientProcess.Run(_workplace.Folder, "submit", grid, "--watch", "--json", "--cluster", _database);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Errors);
        _sha256 = (string)JsonNode.Parse(answer.Output)!["grid"]!["dataset"]!["sha256"]!;
    }

    /// <summary>A grid file on the stored data.</summary>
    /// <param name="experiments">YAML, indented below <c>experiments:</c>.</param>
    /// <param name="epochs">Of some hundredths of a second each.</param>
    public string Yaml(string name, string experiments = "  - name: a", int epochs = 2, string more = "") =>
        $$"""
        name: {{name}}
        dataset:
          name: halves
          classes: [left, right, top, bottom]
          sha256: {{_sha256}}
        training: { epochs: {{epochs}}, batchSize: 32 }
        {{more}}
        experiments:
        {{experiments}}
        """;

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null) await _silo.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        _workplace.Dispose();
    }
}
