using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Experiments.Client.Datasets;
using Experiments.Client.Sessions;
using Experiments.Clustering;
using Experiments.Grains.Storage.Migration;
using Experiments.Reports;
using Experiments.Silo;
using Npgsql;

namespace Experiments.Client.Migration;

internal static class MigrateVerb
{
    public static Command Create()
    {
        var storage = SharedOptions.Storage();
        var cluster = new Option<string?>("--cluster")
        {
            HelpName = "\"Host=…;Database=…\"",
            Description = "PostgreSQL database of the cluster, whose silos may run or not (default: EXPERIMENTS_CLUSTER, where a password belongs)",
        };
        var data = SharedOptions.Data();
        var dataLimit = DataLimit.Create();
        var json = SharedOptions.Json();
        var command = new Command("migrate", "Copies all grids of the local storage to a cluster, which goes on with what is unfinished; the storage stays as it is") { storage, cluster, data, dataLimit, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            string database = parsed.GetValue(cluster) ?? Environment.GetEnvironmentVariable("EXPERIMENTS_CLUSTER") ?? "";
            if (database.Length == 0)
            {
                throw new UsageException("Name the database of the cluster with --cluster \"Host=…;Database=…\" or EXPERIMENTS_CLUSTER.");
            }

            var local = LocalStorage.At(parsed.GetValue(storage));
            long limit = DataLimit.Bytes(parsed.GetValue(dataLimit));
            using var active = await ActiveStorage.Take(local, "migrate", stop);
            try
            {
                await using var to = await ClusterGrids.OpenAsync(database);
                var grids = await Run(local, to, parsed.GetValue(data), limit, output, stop);
                MigrationView.Show(grids, local.Folder, to.Place, output);
                if (output.IsJson)
                {
                    Output.Json(JsonSerializer.Serialize(new { Storage = local.Folder, Cluster = to.Place, grids }, ResultsJson.Options));
                }

                return ExitCode.Done;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                output.Line("Interrupted: what was copied of grids is whole in the cluster. The same command goes on with the others.");
                return ExitCode.Interrupted;
            }
            catch (StorageUnavailableException exception) when (exception.InnerException is NpgsqlException)
            {
                throw new ClusterUnreachableException(exception.Message, exception);
            }
        });
        return command;
    }

    private static async Task<ImmutableArray<MigratedGrid>> Run(LocalStorage local, ClusterGrids to, string? data, long limit, Output output, CancellationToken stop)
    {
        if (!File.Exists(local.Database))
        {
            return [];
        }

        await using var from = await LocalGrids.OpenAsync(local.Database);
        return await new GridMigration(from, to, new GridData(from.Datasets, to.Datasets, data, limit, output), output).Run(stop);
    }
}
