using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>What the tests of clusters share: a database server, data, and the results of an undisturbed run on one machine.</summary>
public sealed class ClusterPlace : IAsyncLifetime
{
    private const string Experiments =
        """
          - name: baseline
          - name: dropout
            dropout: { conv1: 0.25, conv2: 0.25, conv3: 0.4, dense: 0.3 }
          - name: gentle
            training: { learningRate: 0.0003 }
          - name: other
            training: { seed: 7 }
        """;

    /// <summary>A kill before an epoch's end counts as an attempt.</summary>
    private const string Patient = "maxAttempts: 100";

    private readonly Workplace _workplace = new();
    private PrivatePostgres? _postgres;
    private string? _undisturbed;

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

    /// <returns>A file with the same four experiments each time, under this name.</returns>
    public string Grid(string name) => _workplace.Grid(name, Experiments, epochs: 3, Patient);

    /// <summary>What must come of them, wherever and however often interrupted they are trained.</summary>
    public async Task<string> Undisturbed()
    {
        if (_undisturbed is null)
        {
            var run = await ClientProcess.Run(Folder, "run", Grid("alone"), "--output", "alone");
            Assert.True(run.ExitCode == 0, run.Output + run.Errors);
            _undisturbed = RecordedResults.Reproducible(RecordedResults.Read(_workplace.PathOf("alone", "results.json")));
        }

        return _undisturbed;
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _workplace.Dispose();
    }
}
