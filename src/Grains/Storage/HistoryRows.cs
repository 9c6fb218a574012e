using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;

namespace Experiments.Grains.Storage;

/// <summary>The epochs of many experiments, in one query and as columns.</summary>
internal static class HistoryRows
{
    /// <param name="requests">At least one.</param>
    /// <param name="most">Epochs, of all together; what is beyond is left out from the end.</param>
    /// <returns>One for each request, in their order.</returns>
    public static ImmutableArray<EpochColumns> Read(DbConnection connection, ImmutableArray<HistoryRequest> requests, int most)
    {
        var columns = requests.Select(request => new Columns(request.ExperimentId)).ToImmutableArray();
        connection.Read(
            $"""
            WITH request (number, experiment_id, after_epoch) AS (VALUES {string.Join(", ", requests.Select((_, number) => Values(number)))})
            SELECT request.number, epoch.epoch, train_loss, train_accuracy, validation_loss, validation_accuracy, seconds
            FROM request JOIN epoch ON epoch.experiment_id = request.experiment_id AND epoch.epoch > request.after_epoch
            ORDER BY request.number, epoch.epoch LIMIT @most
            """,
            row => columns[row.GetInt32(0)].Add(row),
            [.. requests.SelectMany(Parameters), ("@most", most)]);
        return [.. columns.Select(some => some.ToColumns())];
    }

    private static string Values(int number) => string.Create(CultureInfo.InvariantCulture, $"({number}, @experiment{number}, @after{number})");

    private static IEnumerable<(string, object?)> Parameters(HistoryRequest request, int number) =>
    [
        (string.Create(CultureInfo.InvariantCulture, $"@experiment{number}"), request.ExperimentId),
        (string.Create(CultureInfo.InvariantCulture, $"@after{number}"), request.AfterEpoch),
    ];

    private sealed class Columns(string experimentId)
    {
        private readonly ImmutableArray<int>.Builder _epoch = ImmutableArray.CreateBuilder<int>();
        private readonly ImmutableArray<ImmutableArray<double>.Builder> _metrics = [.. Enumerable.Range(0, 5).Select(_ => ImmutableArray.CreateBuilder<double>())];

        public void Add(DbDataReader row)
        {
            _epoch.Add(row.GetInt32(1));
            for (int metric = 0; metric < _metrics.Length; metric++)
            {
                _metrics[metric].Add(row.GetDouble(2 + metric));
            }
        }

        public EpochColumns ToColumns() => new(
            experimentId,
            _epoch.DrainToImmutable(),
            _metrics[0].DrainToImmutable(),
            _metrics[1].DrainToImmutable(),
            _metrics[2].DrainToImmutable(),
            _metrics[3].DrainToImmutable(),
            _metrics[4].DrainToImmutable());
    }
}
