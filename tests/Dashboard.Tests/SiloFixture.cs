using System.Globalization;
using Experiments.Processes;

namespace Experiments.Dashboard.Tests;

/// <summary>A silo in a process of its own, on a database of its own, for as long as the tests run.</summary>
public abstract class SiloFixture(int slots) : IAsyncLifetime
{
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

    public string Folder => Workplace.Folder;

    private protected Workplace Workplace { get; } = new(trainImages: 400);

    public async ValueTask InitializeAsync()
    {
        if (PrivatePostgres.Missing is not null) return;

        _postgres = await PrivatePostgres.Start();
        _database = await _postgres.CreateDatabase();
        _silo = await SiloProcess.Start(Folder, _database, "--slots", slots.ToString(CultureInfo.InvariantCulture));
        await Prepare();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
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
