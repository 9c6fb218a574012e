using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Experiments.Grains.Tests.Experiments;

public sealed class TrainingEnvironmentTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

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
