using System.Collections.Immutable;
using Experiments.Client.Sessions;
using Experiments.Reports;

namespace Experiments.Client.Watching;

/// <summary>A line for each epoch that was committed and for each change of status.</summary>
internal sealed class ProgressLines(IGridGrain grid, Output output, TimeLeft timeLeft)
{
    private readonly Dictionary<string, ExperimentRow> _shown = [];
    private readonly Dictionary<string, int> _imagesPerEpoch = [];

    public async Task Show(GridSnapshot snapshot, CancellationToken stop)
    {
        foreach (var row in snapshot.Experiments)
        {
            var before = _shown.GetValueOrDefault(row.Id);
            var left = timeLeft.Of(row);
            int known = (before ?? row).Last?.Epoch ?? 0;
            bool trained = row.Last?.Epoch > known;

            // That it trains is said before its epochs, how it ended after them; between two looks may lie all of it.
            if (before?.Status != ExperimentStatus.Running && (row.Status == ExperimentStatus.Running || trained))
            {
                output.Line($"{row.Name}: {(known == 0 ? "trains" : $"goes on after epoch {known}/{row.Epochs}")}");
            }

            if (trained)
            {
                await ShowEpochs(row, known, left, snapshot.Grid.Dataset.TrainImages, stop);
            }

            if (row.Status != before?.Status && row.Status != ExperimentStatus.Running)
            {
                ShowStatus(row, isFirst: before is null);
            }

            _shown[row.Id] = row;
        }
    }

    /// <summary>Several where more than one was committed since the last look.</summary>
    private async Task ShowEpochs(ExperimentRow row, int from, TimeSpan? left, int trainImages, CancellationToken stop)
    {
        var last = row.Last!;
        ImmutableArray<EpochMetrics> epochs = [last];
        if (last.Epoch > from + 1 || !_imagesPerEpoch.TryGetValue(row.Id, out int images))
        {
            var experiment = await grid.GetExperiment(row.Id, stop) ?? throw new UsageException("The grid no longer exists.");
            epochs = [.. experiment.History.Where(epoch => epoch.Epoch > from && epoch.Epoch <= last.Epoch)];
            _imagesPerEpoch[row.Id] = images = experiment.Config.Split.TrainCount(trainImages);
        }

        foreach (var epoch in epochs)
        {
            string remaining = left is null || epoch != last || epoch.Epoch == row.Epochs ? "" : $", {Figures.Duration(left)} left";
            output.Line(
                $"{row.Name}: epoch {epoch.Epoch}/{row.Epochs}, train loss {Figures.Metric(epoch.TrainLoss)}, accuracy {Figures.Metric(epoch.TrainAccuracy)}, "
                + $"validation loss {Figures.Metric(epoch.ValidationLoss)}, accuracy {Figures.Metric(epoch.ValidationAccuracy)}, "
                + $"{Figures.Count(images / epoch.Seconds)} images/s{remaining}");
        }
    }

    private void ShowStatus(ExperimentRow row, bool isFirst)
    {
        string? what = row.Status switch
        {
            ExperimentStatus.Pending when isFirst && row.Last is null => null,
            ExperimentStatus.Pending => $"waits for a slot after epoch {row.Last?.Epoch ?? 0}/{row.Epochs}",
            ExperimentStatus.Completed => $"completed, test loss {Figures.Metric(row.Test?.Loss)}, accuracy {Figures.Metric(row.Test?.Accuracy)}",
            _ => $"{row.Status.ToString().ToLowerInvariant()}{(row.Error is null ? "" : $": {row.Error}")}",
        };
        if (what is not null)
        {
            output.Line($"{row.Name}: {what}");
        }
    }
}
