using System.Buffers.Binary;
using System.Collections.Immutable;
using Experiments.Pictures;
using Google.Protobuf;
using Tensorboard;

namespace Experiments.TensorBoard.Runs;

internal static class ConfusionImage
{
    /// <summary>Where a PNG's header holds its width and, after it, its height: behind the signature and the length and name of the first chunk.</summary>
    private const int Size = 8 + 4 + 4;

    /// <summary>Channels that an image may be decoded to: red, green, blue and alpha.</summary>
    private const int Rgba = 4;

    public static Summary.Types.Value Of(string title, ImmutableArray<ImmutableArray<int>> matrix, ImmutableArray<string> classes)
    {
        byte[] png = ConfusionPicture.Png(title, matrix, classes);
        return new Summary.Types.Value
        {
            Tag = Tags.ConfusionMatrix,
            Image = new Summary.Types.Image
            {
                Width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(Size)),
                Height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(Size + sizeof(int))),
                Colorspace = Rgba,
                EncodedImageString = ByteString.CopyFrom(png),
            },
        };
    }
}
