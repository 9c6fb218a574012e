using System.Collections.Immutable;
using System.Globalization;
using Experiments.Dashboard.Grids;
using Experiments.Dashboard.Live;

namespace Experiments.Dashboard.Datasets;

/// <summary>Where pages find pictures of a grid's dataset: its checksum is part of the address, so that browsers keep them.</summary>
internal static class PictureAddress
{
    /// <param name="indices">Of test images; in a row are <see cref="PictureEndpoints.UsualColumns"/>.</param>
    public static string OfTest(GridView grid, ImmutableArray<int> indices) => ApiAddress.With(
        $"{ApiAddress.Of(grid.Grid.Name)}/dataset/images.png",
        ("indices", string.Join(',', indices.Select(index => index.ToString(CultureInfo.InvariantCulture)))),
        ("sha256", grid.Definition.Dataset.Sha256));

    /// <summary>A row of <see cref="PictureEndpoints.UsualSamples"/> for each class.</summary>
    public static string OfSamples(GridView grid) => ApiAddress.With($"{ApiAddress.Of(grid.Grid.Name)}/dataset/samples.png", ("sha256", grid.Definition.Dataset.Sha256));
}
