using System.Text.Json;
using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>Grid files for tests, and what they come to.</summary>
internal static class Some
{
    /// <summary>The least that is a grid, and more lines of the root.</summary>
    public static string Grid(string more = "") => $"""
        name: g
        dataset: fashion-mnist
        experiments:
          - name: a
        {more}
        """;

    /// <summary>A grid of which the experiments are given, as YAML of a list at the start of a line.</summary>
    public static string Experiments(string experiments, string more = "") => $"""
        name: g
        dataset: fashion-mnist
        {more}
        experiments:
        {experiments}
        """;

    public static GridFile Read(string yaml, params string[] overrides) => GridFile.Parse(yaml, "grid.yaml", Path.GetTempPath(), overrides);

    public static GridDefinition Definition(string yaml, params string[] overrides) => Read(yaml, overrides).Definition;

    public static string[] Names(string yaml, params string[] overrides) => [.. Definition(yaml, overrides).Experiments.Select(experiment => experiment.Name)];

    /// <summary>The faults as they are printed.</summary>
    public static string[] Faults(string yaml, params string[] overrides) => Faults(() => Read(yaml, overrides));

    public static string[] Faults(Action reading) => [.. Assert.Throws<GridFileException>(reading).Faults.Select(fault => fault.ToString())];

    /// <summary>The only fault, as it is printed.</summary>
    public static string Fault(string yaml, params string[] overrides) => Assert.Single(Faults(yaml, overrides));

    /// <summary>Checks against so many images of 28 × 28 in ten classes.</summary>
    public static void CheckAgainst(this GridFile file, int images) => file.CheckAgainst(images, new ImageSize(28, 28), 10);

    public static string Json(GridDefinition definition) => JsonSerializer.Serialize(definition);
}
