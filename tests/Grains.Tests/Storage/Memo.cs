namespace Experiments.Grains.Tests.Storage;

/// <summary>The state of a grain that there is not.</summary>
[GenerateSerializer, Alias("Experiments.Grains.Tests.Memo")]
public sealed class Memo
{
    [Id(0)] public string Text { get; set; } = "";

    [Id(1)] public byte[] Bytes { get; set; } = [];
}
