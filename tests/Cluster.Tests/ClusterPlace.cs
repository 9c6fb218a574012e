using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Experiments.Cluster.Tests.History;
using Experiments.Processes;
using Xunit;

[assembly: AssemblyFixture(typeof(Experiments.Cluster.Tests.ClusterPlace))]

namespace Experiments.Cluster.Tests;

/// <summary>What the tests of clusters share: a database server, data, and the results of an undisturbed run on one machine.</summary>
public sealed class ClusterPlace : IAsyncLifetime
{
    public const int ExperimentsOfAGrid = 4, Epochs = 3;

    /// <summary>YAML of the four, to be put among others.</summary>
    public const string Experiments =
        """
          - name: baseline
          - name: dropout
            dropout: { conv1: 0.25, conv2: 0.25, conv3: 0.4, dense: 0.3 }
          - name: gentle
            training: { learningRate: 0.0003 }
          - name: other
            training: { seed: 7 }
        """;

    private readonly Workplace _workplace = new();
    private readonly Lazy<Task<JsonNode>> _undisturbed;
    private PrivatePostgres? _postgres;

    public ClusterPlace() => _undisturbed = new(RunUndisturbed);

    public string Folder => _workplace.Folder;

    internal PrivatePostgres Postgres
    {
        get
        {
            PrivatePostgres.SkipIfMissing();
            return _postgres!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (PrivatePostgres.Missing is null)
        {
            _postgres = await PrivatePostgres.Start();
        }
    }

    /// <param name="maxAttempts">Patient unless told otherwise: a kill before an epoch's end counts.</param>
    /// <returns>A file with the same four experiments each time, under this name.</returns>
    public string Grid(string name, int maxAttempts = 100) => _workplace.Grid(name, Experiments, Epochs, $"maxAttempts: {maxAttempts}");

    /// <returns>A file with other experiments on the same data.</returns>
    /// <param name="experiments">YAML, indented below <c>experiments:</c>.</param>
    public string Grid(string name, string experiments, int epochs, string more = "") => _workplace.Grid(name, experiments, epochs, more);

    /// <summary>What must come of the four, wherever and however often interrupted they are trained; as text.</summary>
    public async Task<string> Undisturbed() => RecordedResults.Reproducible(await _undisturbed.Value);

    /// <summary>The same by the experiment's name.</summary>
    internal async Task<ImmutableDictionary<string, Undisturbed>> UndisturbedHistories() => History.Undisturbed.Read(await _undisturbed.Value);

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _workplace.Dispose();
    }

    private async Task<JsonNode> RunUndisturbed()
    {
        var run = await ClientProcess.Run(Folder, "run", Grid("alone"), "--output", "alone");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return RecordedResults.Read(_workplace.PathOf("alone", "results.json"));
    }
}
