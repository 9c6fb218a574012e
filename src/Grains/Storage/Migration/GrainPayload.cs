using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;

namespace Experiments.Grains.Storage.Migration;

/// <summary>A grain's state as a silo stores it, read and written without one.</summary>
internal static class GrainPayload
{
    private static readonly OrleansGrainStorageSerializer Serializer =
        new(new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>());

    public static T Read<T>(byte[] payload) => Serializer.Deserialize<T>(BinaryData.FromBytes(payload))!;

    public static byte[] Write<T>(T state) => Serializer.Serialize(state).ToArray();
}
