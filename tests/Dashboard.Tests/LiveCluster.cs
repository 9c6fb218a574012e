using System.Globalization;
using Experiments.Processes;

[assembly: AssemblyFixture(typeof(Experiments.Dashboard.Tests.LiveCluster))]

namespace Experiments.Dashboard.Tests;

/// <summary>A silo in a process of its own, on a database of its own, for tests that watch it train and steer it; started by the first of them.</summary>
public sealed class LiveCluster : IAsyncLifetime
{
    private readonly Workplace _workplace = new(trainImages: 400);
    private readonly SemaphoreSlim _start = new(1);
    private PrivatePostgres? _postgres;
    private SiloProcess? _silo;
    private string? _database;
    private int _grids;

    public string Folder => _workplace.Folder;

    /// <summary>Connection string of a cluster whose silo has four slots; without PostgreSQL the test is skipped.</summary>
    public async Task<string> Database()
    {
        PrivatePostgres.SkipIfMissing();
        await _start.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_silo is null)
            {
                _postgres = await PrivatePostgres.Start();
                _database = await _postgres.CreateDatabase();
                _silo = await SiloProcess.Start(Folder, _database, "--slots", "4");
            }

            return _database!;
        }
        finally
        {
            _start.Release();
        }
    }

    /// <summary>Connection string of a cluster without a grid, and no silo yet.</summary>
    public async Task<string> EmptyDatabase()
    {
        await Database();
        return await _postgres!.CreateDatabase();
    }

    /// <summary>Submits a grid on the small dataset, and does not wait for it.</summary>
    /// <param name="experiments">YAML, indented below <c>experiments:</c>.</param>
    /// <returns>Its name, which no other has.</returns>
    public async Task<string> Submit(string experiments, int epochs)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"live-{Interlocked.Increment(ref _grids)}");
        await Ask("submit", _workplace.Grid(name, experiments, epochs));
        return name;
    }

    /// <summary>The same, once it has ended.</summary>
    public async Task<string> Train(string experiments, int epochs)
    {
        string name = await Submit(experiments, epochs);
        await Ask("watch", name);
        return name;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null) await _silo.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        _workplace.Dispose();
        _start.Dispose();
    }

    private async Task Ask(params string[] verb)
    {
        var answer = await ClientProcess.Run(Folder, [.. verb, "--cluster", await Database()]);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Errors);
    }
}
