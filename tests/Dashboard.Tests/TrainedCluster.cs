using System.Globalization;
using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(Experiments.Dashboard.Tests.TrainedCluster))]

namespace Experiments.Dashboard.Tests;

/// <summary>A cluster which has trained three grids.</summary>
public sealed class TrainedCluster() : SiloFixture(slots: 2)
{
    /// <summary>The names of the third grid's classes: text that a page must not take for anything else.</summary>
    public static readonly string[] OddClasses = ["<script>alert(1)</script>", "👕 o'shirt & \"coat\"", "top", "bottom"];

    /// <summary>The grids in the order of submission, and how many experiments each has. The third has each experiment with two splits.</summary>
    public static readonly (string Name, int Experiments)[] Grids = [("first", 3), ("second", 1), ("third", 1)];

    /// <summary>What the command line says with --json.</summary>
    public async Task<JsonNode> Json(params string[] verb) => JsonNode.Parse(await Ask([.. verb, "--json"]))!;

    /// <summary>What the command line exports of an experiment; null of what it exports no such file.</summary>
    /// <param name="kind">Such as <c>history.csv</c>.</param>
    public async Task<byte[]?> Exported(string experiment, string kind)
    {
        if (kind is not ("history.csv" or "predictions.csv" or "weights.safetensors")) return null;

        string file = Workplace.PathOf($"{Guid.NewGuid():N}-{kind}");
        await Ask("export", experiment, "--" + kind[..kind.IndexOf('.', StringComparison.Ordinal)], file);
        return await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
    }

    protected override async Task Prepare()
    {
        foreach (var (name, experiments) in Grids)
        {
            string yaml = string.Join('\n', Enumerable.Range(1, experiments).Select(number => string.Create(CultureInfo.InvariantCulture, $"  - name: rate-{number}\n    dropout: 0.{number}")));
            string file = name == "third"
                ? Workplace.Grid(name, yaml, more: "matrix: { split.validation: [0.2, 0.5] }", classes: OddClasses)
                : Workplace.Grid(name, yaml);
            await Ask("submit", file, "--watch");
        }
    }
}
