using System.CommandLine;
using System.Text;
using Experiments.Client.Datasets;
using Experiments.Client.Grids;
using Experiments.Client.Sessions;
using Experiments.Dashboard.HtmlReports;
using Experiments.Grains.Datasets;
using Experiments.Reports;
using Experiments.Training.Data;

namespace Experiments.Client.Results;

internal static class ReportVerb
{
    public static Command Create()
    {
        var id = new Argument<string>("GRID") { Description = "A grid's name or id" };
        var folder = new Option<string?>("--output") { HelpName = "DIR", Description = "Writes all results into this folder, as 'run' does" };
        var html = new Option<string?>("--html") { HelpName = "F.html", Description = "Writes the comparison and its charts into one file, for mail and archives" };
        var data = SharedOptions.Data();
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var json = SharedOptions.Json();
        var command = new Command("report", "Compares a grid's experiments") { id, folder, html, data, storage, cluster, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            var results = parsed.GetValue(folder) is { } path ? ResultsFolder.Create(path) : null;
            await using var session = await Session.Open(Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster)), "report", stop);
            var grid = await new GridLookup(session.Grains).Grid(parsed.GetRequiredValue(id), stop);
            var collected = await GridCollector.Collect(session.Grains, grid, stop);
            if (results is not null)
            {
                var loader = new DatasetLoader(new DatasetOptions { DataFolder = parsed.GetValue(data) }, new StoredDatasets(session.Grains));
                var dataset = await loader.LoadAsync(collected.Results.Grid.Dataset, output.DatasetLines(), stop);
                await results.Write(collected, session.Grains, dataset, stop);
            }

            if (parsed.GetValue(html) is { } file)
            {
                WholeFile.Write(file, Encoding.UTF8.GetBytes(HtmlReport.Write(collected.Results, collected.Comparison)));
            }

            ComparisonView.Show(collected, output);
            if (output.IsJson)
            {
                Output.Json(ResultsJson.Write(collected.Results));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
