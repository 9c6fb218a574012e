namespace Experiments.Dashboard.Tests;

public sealed class DescriptionTests
{
    [Fact]
    public async Task Every_operation_has_a_summary_and_a_described_answer()
    {
        await using var dashboard = await RunningDashboard.Start(TrustTests.Nowhere(), RunningDashboard.Key);
        dashboard.Client.DefaultRequestHeaders.Authorization = new("Bearer", RunningDashboard.Key);

        var document = await dashboard.Json("/openapi/v1.json");

        var operations = document["paths"]!.AsObject();
        Assert.Equal(
            ["/api/grids", "/api/grids/{grid}", "/api/grids/{grid}/experiments", "/api/grids/{grid}/experiments/{experiment}", "/api/silos"],
            operations.Select(path => path.Key).Order(StringComparer.Ordinal));
        Assert.All(operations, path =>
        {
            var get = path.Value!["get"]!;
            Assert.NotEmpty((string)get["summary"]!);
            Assert.NotNull(get["responses"]!["200"]!["content"]!["application/json"]!["schema"]);
            Assert.NotNull(get["responses"]!["503"]);
        });
        var epoch = document["components"]!["schemas"]!["EpochMetrics"]!["properties"]!;
        Assert.Contains("number", epoch["validationLoss"]!["type"]!.AsArray().Select(type => (string)type!));
        Assert.Equal("http", (string)document["components"]!["securitySchemes"]!["Bearer"]!["type"]!);
    }
}
