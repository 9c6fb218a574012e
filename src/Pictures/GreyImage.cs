namespace Experiments.Pictures;

/// <summary>One grey image.</summary>
/// <param name="Height">In pixels, from 1.</param>
/// <param name="Width">In pixels, from 1.</param>
/// <param name="Pixels">[Height, Width], row by row; 0 is black, 255 white.</param>
/// <exception cref="ArgumentException">The number of pixels is not that of the size.</exception>
public sealed record GreyImage(int Height, int Width, ReadOnlyMemory<byte> Pixels)
{
    public ReadOnlyMemory<byte> Pixels { get; } = Height > 0 && Width > 0 && Pixels.Length == (long)Height * Width
        ? Pixels
        : throw new ArgumentException($"{Pixels.Length} pixels are not an image of {Height} × {Width}.", nameof(Pixels));
}

/// <param name="Image">As the dataset has it.</param>
/// <param name="Label">Name of its class.</param>
public sealed record LabelledImage(GreyImage Image, string Label);

/// <param name="Image">As the dataset has it.</param>
/// <param name="TrueClass">Name of the class it has.</param>
/// <param name="PredictedClass">Name of the class the model gives it.</param>
/// <param name="Probability">Of the predicted class, 0 to 1.</param>
public sealed record ClassifiedImage(GreyImage Image, string TrueClass, string PredictedClass, double Probability);
