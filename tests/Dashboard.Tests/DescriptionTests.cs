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
            dashboard.Endpoints.Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/')).Where(path => path.StartsWith("/api/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal),
            operations.Select(path => path.Key).Order(StringComparer.Ordinal));
        Assert.All(operations.SelectMany(path => path.Value!.AsObject()), verb =>
        {
            var operation = verb.Value!;
            Assert.NotEmpty((string)operation["summary"]!);
            var answers = operation["responses"]!.AsObject();
            Assert.NotNull(answers["503"]);
            Assert.All(answers.Where(answer => answer.Key == "200"), answer => Assert.NotEmpty(answer.Value!["content"]!.AsObject()));
        });
        var epoch = document["components"]!["schemas"]!["EpochMetrics"]!["properties"]!;
        Assert.Contains("number", epoch["validationLoss"]!["type"]!.AsArray().Select(type => (string)type!));
        Assert.Equal("http", (string)document["components"]!["securitySchemes"]!["Bearer"]!["type"]!);
    }
}
