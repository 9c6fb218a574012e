using Experiments.Clustering;

namespace Experiments.Dashboard.Connection;

/// <summary>The way to the cluster's grains. The dashboard may start before the silos, or outlive them: until one answers, it says why none does.</summary>
internal sealed class ClusterConnection : BackgroundService, IClusterGrains
{
    /// <summary>For one answer. A killed silo's grains are elsewhere after some ten seconds; a reader does not wait much longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _cluster;
    private readonly bool _traces;
    private readonly ILogger<ClusterConnection> _logger;
    private readonly CancellationToken _stopping;
    private IHost _client;
    private volatile string _silence = "The dashboard has just started, and no silo has answered yet. Try again in a second.";
    private volatile bool _joined;

    /// <exception cref="StorageUnavailableException">The connection string cannot be used.</exception>
    public ClusterConnection(string cluster, bool traces, IHostApplicationLifetime lifetime, ILogger<ClusterConnection> logger)
    {
        (_cluster, _traces, _stopping, _logger) = (cluster, traces, lifetime.ApplicationStopping, logger);
        _client = CreateClient();
    }

    public IGrainFactory Grains => _joined ? _client.Services.GetRequiredService<IGrainFactory>() : throw new ClusterUnreachableException(_silence, cause: null);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_joined)
        {
            await _client.StopAsync(cancellationToken);
        }
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryJoin(stoppingToken))
        {
            await Task.Delay(Pause, stoppingToken);
            _client.Dispose();
            _client = CreateClient();
        }

        _joined = true;
        _logger.Joined();
    }

    private async Task<bool> TryJoin(CancellationToken stop)
    {
        try
        {
            await _client.StartAsync(stop);
            return true;
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            string silence = Clustering.Cluster.WhyNotJoined(_client.Services.GetRequiredService<PostgresServer>().Explain(exception));
            if (silence != _silence)
            {
                _logger.NotJoined(silence);
                _silence = silence;
            }

            return false;
        }
    }

    private IHost CreateClient()
    {
        var builder = ClientHost.CreateBuilder();
        builder.UseOrleansClient(client =>
        {
            if (_traces) client.AddActivityPropagation();
            client.JoinCluster(_cluster).AddOutgoingGrainCallFilter(PatientCalls.OfCluster(Patience, _stopping));
        });
        return builder.Build();
    }
}
