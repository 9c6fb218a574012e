using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests.History;

/// <summary>Databases with the tables that a silo makes, and an audit trail.</summary>
public sealed class AuditedDatabases(ClusterPlace place) : IAsyncLifetime
{
    private string _template = null!;

    public async ValueTask InitializeAsync()
    {
        if (PrivatePostgres.Missing is not null)
        {
            return;
        }

        _template = await place.Postgres.CreateDatabase();
        await using (await SiloProcess.Start(Path.GetTempPath(), _template, "--slots", "0"))
        {
            await AuditTrail.Install(_template);
        }
    }

    /// <returns>The connection string of one that nobody has used.</returns>
    public Task<string> Create() => place.Postgres.CreateDatabase(_template);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
