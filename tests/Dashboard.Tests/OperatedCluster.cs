using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(Experiments.Dashboard.Tests.OperatedCluster))]

namespace Experiments.Dashboard.Tests;

/// <summary>A cluster where tests submit and change what they like; its small dataset is stored.</summary>
public sealed class OperatedCluster() : SiloFixture(slots: 2)
{
    /// <summary>The grid with which the data came.</summary>
    public const string First = "stored";

    private string? _sha256;

    /// <summary>A grid file on the stored data.</summary>
    /// <param name="experiments">YAML, indented below <c>experiments:</c>.</param>
    /// <param name="epochs">Of some hundredths of a second each.</param>
    public string Yaml(string name, string experiments = "  - name: a", int epochs = 2, string more = "") =>
        $$"""
        name: {{name}}
        dataset:
          name: halves
          classes: [left, right, top, bottom]
          sha256: {{_sha256}}
        training: { epochs: {{epochs}}, batchSize: 32 }
        {{more}}
        experiments:
        {{experiments}}
        """;

    protected override async Task Prepare()
    {
        string grid = Workplace.Grid(First, "  - name: rate-1\n    dropout: 0.1\n    matrix: { training.seed: [1, 2] }");
        _sha256 = (string)JsonNode.Parse(await Ask("submit", grid, "--watch", "--json"))!["grid"]!["dataset"]!["sha256"]!;
    }
}
