using Experiments.Clustering;
using Experiments.Silo.Telling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Runtime;

namespace Experiments.Silo;

/// <summary>
/// Looks every few seconds whether the others have declared this silo dead, and ends it then. Orleans looks too, but ever more seldom while
/// the database does not answer: a silo that was cut off would learn of its end up to a minute after its return.
/// </summary>
internal sealed class MembershipLook(
    PostgresServer server, ILocalSiloDetails silo, IFatalErrorHandler end, TimeProvider time, ILogger<MembershipLook> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(5);

    private const string OwnStatus = "SELECT Status FROM OrleansMembership WHERE Address = $1 AND Port = $2 AND Generation = $3";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        long? unanswered = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var status = await Look(stoppingToken);
                if (unanswered is { } since)
                {
                    logger.DatabaseAnswers(time.GetElapsedTime(since).TotalSeconds);
                    unanswered = null;
                }

                if (status == SiloStatus.Dead)
                {
                    end.OnFatalException(this, nameof(MembershipLook), exception: null);
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
            {
                if (unanswered is null)
                {
                    logger.DatabaseDoesNotAnswer(exception is NpgsqlException ? server.Explain(exception).Message : $"'{server.Place}' gave no answer in {Patience.TotalSeconds:N0} s.");
                }

                unanswered ??= time.GetTimestamp();
            }
        }
    }

    /// <returns>Null where the silo is not among the members.</returns>
    private async Task<SiloStatus?> Look(CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stoppingToken);
        await using var connection = await server.Source.OpenConnectionAsync(stop.Token);
        var (endpoint, generation) = (silo.SiloAddress.Endpoint, silo.SiloAddress.Generation);
        await using var command = new NpgsqlCommand(OwnStatus, connection)
        {
            Parameters = { new() { Value = endpoint.Address.ToString() }, new() { Value = endpoint.Port }, new() { Value = generation } },
        };
        return (SiloStatus?)(int?)await command.ExecuteScalarAsync(stop.Token);
    }
}
