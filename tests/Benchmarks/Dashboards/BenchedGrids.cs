using System.Globalization;
using Experiments.Benchmarks.Clusters;
using Experiments.Processes;

namespace Experiments.Benchmarks.Dashboards;

/// <summary>Grids of experiments that train at once, on images of 18 × 18: a hundred, unless more are asked for.</summary>
internal sealed class BenchedGrids(BenchedCluster cluster, BenchSize size) : IDisposable
{
    private const int TrainImages = 100, Rates = 10, LearningRates = 10;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<int, Workplace> _workplaces = [];
    private readonly HashSet<string> _trained = [];

    /// <summary>A grid of so many experiments of an epoch that nobody looks at all of them; trained when it is first asked for.</summary>
    /// <returns>Its name.</returns>
    public Task<string> Long() => Trained("long", size.Experiments, epochs: 1);

    /// <summary>A grid of long curves; trained when it is first asked for.</summary>
    /// <returns>Its name.</returns>
    public Task<string> Curves() => Trained("curves", size.Curves, size.Epochs);

    /// <summary>Submits a grid of a hundred variants, and does not wait for it.</summary>
    public Task Submit(string name, int experiments, int epochs, int batchSize = TrainImages / 2, int images = TrainImages) => cluster.Submit(new GridDefinition
    {
        Name = name,
        Dataset = new DatasetReference
        {
            Name = "halves",
            Files = new DatasetFiles { Classes = ["left", "right", "top", "bottom"], Train = Files(images, "train"), Test = Files(images, "test") },
        },
        Experiments = [.. Enumerable.Range(0, experiments).Select(number => Experiment(number, experiments, epochs, batchSize))],
    });

    /// <summary>Waits until a grid's progress is as it should be.</summary>
    public async Task<GridOverview> Until(string name, Func<GridOverview, bool> reached)
    {
        while (true)
        {
            var grid = (await cluster.Grid(name).GetProgress(CancellationToken.None))!;
            if (reached(grid)) return grid;

            await Task.Delay(Glance);
        }
    }

    /// <summary>The name of its first experiment.</summary>
    public async Task<string> FirstOf(string name) => (await cluster.Grid(name).GetDefinition(CancellationToken.None))!.Experiments[0].Name;

    public Task Cancel(string name) => cluster.Grid(name).Control(ControlVerb.Cancel, experiment: null, CancellationToken.None);

    public void Dispose()
    {
        foreach (var workplace in _workplaces.Values)
        {
            workplace.Dispose();
        }
    }

    private async Task<string> Trained(string name, int experiments, int epochs)
    {
        if (_trained.Add(name))
        {
            await Submit(name, experiments, epochs);
            var grid = await Until(name, grid => grid.Status != GridStatus.Running);
            if (grid.Status != GridStatus.Completed) throw new InvalidOperationException($"The grid did not complete: {grid}");
        }

        return name;
    }

    /// <summary>In the order of a grid file: the seeds of a variant stand together.</summary>
    private static ExperimentDefinition Experiment(int number, int experiments, int epochs, int batchSize)
    {
        int seeds = Math.Max(1, experiments / (Rates * LearningRates));
        int variant = number / seeds, seed = (number % seeds) + 1;
        var config = new ExperimentConfig
        {
            Dropout = new DropoutRates { Dense = variant / LearningRates / 20.0 },
            Training = new TrainingConfig { Epochs = epochs, BatchSize = batchSize, LearningRate = ((variant % LearningRates) + 1) / 1_000.0, Seed = seed },
        };
        string name = string.Create(CultureInfo.InvariantCulture, $"dropout.dense={config.Dropout.Dense}-training.learningRate={config.Training.LearningRate}");
        return new ExperimentDefinition { Name = string.Create(CultureInfo.InvariantCulture, $"{name}-seed={seed}"), Variant = name, Config = config };
    }

    private ImageFiles Files(int images, string part)
    {
        if (!_workplaces.TryGetValue(images, out var workplace)) _workplaces.Add(images, workplace = new Workplace(images));
        return new ImageFiles { Images = workplace.PathOf($"{part}-images.idx"), Labels = workplace.PathOf($"{part}-labels.idx") };
    }
}
