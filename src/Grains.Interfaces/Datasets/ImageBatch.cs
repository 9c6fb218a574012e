using System.Collections.Immutable;

namespace Experiments;

/// <summary>Some images of a dataset.</summary>
/// <param name="Pixels">[images, height, width], row by row; 0 is black, 255 white.</param>
/// <param name="Labels">[images]; each an index of a class.</param>
[GenerateSerializer, Immutable, Alias("Experiments.ImageBatch")]
public sealed record ImageBatch([property: Id(0)] ImageSize Size, [property: Id(1)] byte[] Pixels, [property: Id(2)] ImmutableArray<int> Labels);
