using Experiments.Processes;
using Xunit;

namespace Experiments.ServiceDefaults.Tests;

public sealed class BadVariableTests : IDisposable
{
    private readonly Workplace _place = new(trainImages: 100);

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "give the URL of an OTLP receiver, such as http://localhost:4317.")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http", "give grpc, which is usual on port 4317, or http/protobuf, on 4318.")]
    [InlineData("OTEL_TRACES_SAMPLER", "often", "give always_on, always_off or traceidratio, the last with a share from 0 to 1 in OTEL_TRACES_SAMPLER_ARG.")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "1,5", "give the share of traces to keep, from 0 to 1.")]
    public async Task A_variable_that_cannot_be_used_stops_the_start_and_says_the_remedy(string name, string value, string remedy)
    {
        var result = await ClientProcess.Run(
            _place.Folder,
            [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"), ("OTEL_TRACES_SAMPLER", "traceidratio"), (name, value)],
            "list");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"{name}={value}: {remedy}", result.Errors.Trim());
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_keeps_nothing_from_being_done()
    {
        var result = await ClientProcess.Run(
            _place.Folder, [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")], "run", _place.Grid("unheard", "  - name: alone", epochs: 1), "--no-dashboard");

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }
}
