namespace Experiments;

/// <summary>What each training image goes through, drawn anew in each epoch.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.Augmentation")]
public sealed record Augmentation
{
    /// <summary>Moves by up to so many pixels in each direction, 0 to 255 and below the image's size; what comes in is black.</summary>
    [Id(0)] public int Shift { get; init; }

    /// <summary>Mirrors left and right, one time in two.</summary>
    [Id(1)] public bool Flip { get; init; }
}
