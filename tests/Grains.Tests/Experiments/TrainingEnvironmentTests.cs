using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Experiments.Grains.Tests.Experiments;

public sealed class TrainingEnvironmentTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void OfAttemptsInSeveralAllAreNamedOnceInTheirOrder()
    {
        var first = new TrainingEnvironment("2.10.0", "AVX2", 1, "0.1.0");
        var second = first with { CpuCapability = "AVX512", Processor = "AuthenticAMD family 26" };
        var third = first with { Version = "0.2.0", Processor = "AuthenticAMD family 25" };

        Assert.Equal(first, first.GoesOnIn(first));
        Assert.Equal(
            new TrainingEnvironment("2.10.0", "AVX2 → AVX512", 1, "0.1.0 → 0.2.0", "AuthenticAMD family 26 → AuthenticAMD family 25"),
            first.GoesOnIn(second).GoesOnIn(third).GoesOnIn(second));
    }

    [Fact]
    public void OneThatWasStoredBeforeItToldTheProcessorIsReadWithoutIt()
    {
        byte[] stored = _services.GetRequiredService<Serializer<Before>>().SerializeToArray(new Before("2.10.0", "AVX2", 1, "0.1.0"));

        Assert.Equal(new TrainingEnvironment("2.10.0", "AVX2", 1, "0.1.0"), _services.GetRequiredService<Serializer<TrainingEnvironment>>().Deserialize(stored));
    }
}

/// <summary>The environment as it was.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.Grains.Tests.TrainingEnvironmentBefore")]
internal sealed record Before([property: Id(0)] string LibTorch, [property: Id(1)] string CpuCapability, [property: Id(2)] int Threads, [property: Id(3)] string Version);
