using Experiments.Grains.Datasets;
using Experiments.Grains.Scheduling;
using Experiments.Training;
using Experiments.Training.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Experiments.Grains.Execution;

public static class TrainingExtensions
{
    /// <summary>Gives the silo its training slots. A DatasetLoader and its DatasetOptions must be registered.</summary>
    public static ISiloBuilder AddTraining(this ISiloBuilder silo, Action<TrainingOptions> configure)
    {
        silo.Services.AddOptions<TrainingOptions>()
            .Configure(configure)
            .Validate(options => options.Slots >= 0, "The number of slots must be at least 0.")
            .Validate(options => options.CheckpointEvery >= TimeSpan.Zero, "The time between checkpoints must not be negative.")
            .ValidateOnStart();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton(services => new ServedGrids(services.GetRequiredService<IOptions<TrainingOptions>>().Value.ResumesGrids));
        silo.Services.AddSingleton<IStoredDatasets, StoredDatasets>();
        silo.Services.AddSingleton<DatasetCatalog>();
        silo.Services.TryAddSingleton<TrainingLoop>(Trainer.Train);
        silo.Services.AddHostedService<TrainingHost>();
        return silo;
    }
}
