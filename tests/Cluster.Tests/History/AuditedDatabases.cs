using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests.History;

/// <summary>Databases with the tables that a silo makes, and an audit trail.</summary>
public sealed class AuditedDatabases : IAsyncLifetime
{
    private PrivatePostgres? _postgres;
    private string _template = null!;

    public async ValueTask InitializeAsync()
    {
        if (PrivatePostgres.Missing is not null)
        {
            return;
        }

        _postgres = await PrivatePostgres.Start();
        _template = await _postgres.CreateDatabase();
        await using (await SiloProcess.Start(Path.GetTempPath(), _template, "--slots", "0"))
        {
            await AuditTrail.Install(_template);
        }
    }

    /// <returns>The connection string of one that nobody has used.</returns>
    public Task<string> Create()
    {
        PrivatePostgres.SkipIfMissing();
        return _postgres!.CreateDatabase(_template);
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }
}
