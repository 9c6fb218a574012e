using System.Net.Sockets;
using Experiments.ServiceDefaults.Telemetry;

namespace Experiments.Client.Doctor;

/// <summary>Whether traces, metrics and logs get where OpenTelemetry's variables send them.</summary>
internal static class TelemetryCheck
{
    private const string Remedy = "Start the receiver, correct OTEL_EXPORTER_OTLP_ENDPOINT, or leave it out to send nothing.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public static Check Of() => new("telemetry", Look, Finding.Fault("The receiver of telemetry does not answer.", Remedy));

    private static async Task<Finding> Look(CancellationToken stop)
    {
        Uri? receiver;
        try
        {
            receiver = OpenTelemetryVariables.Read(Environment.GetEnvironmentVariables()).Receiver;
        }
        catch (TelemetryOptionException exception)
        {
            return Finding.Fault(exception);
        }

        return receiver is null ? Finding.Ok("Nothing is sent: OTEL_EXPORTER_OTLP_ENDPOINT is not set.")
            : await WhyUnreachable(receiver, stop) is { } reason ? Finding.Fault($"{receiver.Authority}, where telemetry is sent, cannot be reached ({reason}).", Remedy)
            : Finding.Ok($"{receiver.Authority}, where telemetry is sent, takes connections.");
    }

    private static async Task<string?> WhyUnreachable(Uri receiver, CancellationToken stop)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(stop);
        until.CancelAfter(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(receiver.Host, receiver.Port, until.Token);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.Message.TrimEnd('.');
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "no answer";
        }
    }
}
