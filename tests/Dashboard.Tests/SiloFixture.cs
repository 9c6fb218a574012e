using System.Globalization;
using Experiments.Processes;

namespace Experiments.Dashboard.Tests;

/// <summary>A silo in a process of its own, on a database of its own, and a dashboard of it, for as long as the tests run.</summary>
public abstract class SiloFixture(int slots) : IAsyncLifetime
{
    private PrivatePostgres? _postgres;
    private SiloProcess? _silo;
    private string? _database;
    private RunningDashboard? _dashboard;

    /// <summary>Connection string; without PostgreSQL the test is skipped.</summary>
    public string Database
    {
        get
        {
            PrivatePostgres.SkipIfMissing();
            return _database!;
        }
    }

    /// <summary>The one that all tests ask which need none of their own: nobody signs in to it, and it has joined the cluster.</summary>
    internal RunningDashboard Dashboard
    {
        get
        {
            PrivatePostgres.SkipIfMissing();
            return _dashboard!;
        }
    }

    public string Folder => Workplace.Folder;

    private protected Workplace Workplace { get; } = new(trainImages: 400);

    public async ValueTask InitializeAsync()
    {
        if (PrivatePostgres.Missing is not null) return;

        _postgres = await PrivatePostgres.Start();
        _database = await _postgres.CreateDatabase();
        _silo = await SiloProcess.Start(Folder, _database, "--slots", slots.ToString(CultureInfo.InvariantCulture));
        await Prepare();
        _dashboard = await RunningDashboard.StartJoined(_database);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_dashboard is not null) await _dashboard.DisposeAsync();
        if (_silo is not null) await _silo.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        Workplace.Dispose();
    }

    /// <summary>Connection string of a database on which no silo has started.</summary>
    public Task<string> EmptyDatabase()
    {
        PrivatePostgres.SkipIfMissing();
        return _postgres!.CreateDatabase();
    }

    /// <summary>Does what must be done before the first test.</summary>
    protected virtual Task Prepare() => Task.CompletedTask;

    /// <returns>What the command line says.</returns>
    protected async Task<string> Ask(params string[] verb)
    {
        var answer = await ClientProcess.Run(Folder, [.. verb, "--cluster", Database]);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Errors);
        return answer.Output;
    }
}
