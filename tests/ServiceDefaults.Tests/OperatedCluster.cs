using System.Globalization;
using Experiments.Processes;
using Experiments.ServiceDefaults.Tests.Otlp;

namespace Experiments.ServiceDefaults.Tests;

/// <summary>Silos in processes of their own, each with one slot, on a database of their own; they send their telemetry to a receiver and answer on an HTTP port.</summary>
internal sealed class OperatedCluster : IAsyncDisposable
{
    private readonly List<SiloProcess> _silos = [];

    private OperatedCluster(PrivatePostgres postgres, string database, OtlpReceiver receiver) => (Postgres, Database, Receiver) = (postgres, database, receiver);

    public PrivatePostgres Postgres { get; }

    public string Database { get; }

    public OtlpReceiver Receiver { get; }

    public Workplace Place { get; } = new(trainImages: 1_000);

    public static async Task<OperatedCluster> Create()
    {
        var postgres = await PrivatePostgres.Start();
        return new OperatedCluster(postgres, await postgres.CreateDatabase(), await OtlpReceiver.Start());
    }

    /// <param name="sends">Whether its telemetry goes to the receiver.</param>
    /// <param name="more">Further variables of its environment.</param>
    public async Task<(SiloProcess Silo, Uri Http)> StartSilo(bool sends = true, params (string Name, string Value)[] more)
    {
        int http = FreePort.Next();
        var silo = await SiloProcess.Start(
            Place.Folder,
            Database,
            [.. sends ? Receiver.Variables : [], .. more],
            "--slots", "1", "--silo-port", Text(FreePort.Next()), "--gateway-port", Text(FreePort.Next()), "--http-port", Text(http));
        _silos.Add(silo);
        return (silo, new Uri($"http://127.0.0.1:{Text(http)}"));
    }

    /// <summary>Runs the client to its end, which must be a good one.</summary>
    public async Task<string> Ask(params string[] arguments)
    {
        var result = await ClientProcess.Run(Place.Folder, Receiver.Variables, [.. arguments, "--cluster", Database]);
        Xunit.Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        return result.Output;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await Receiver.DisposeAsync();
        await Postgres.DisposeAsync();
        Place.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
