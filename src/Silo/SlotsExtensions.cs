using Experiments.Grains.Execution;
using Experiments.Training.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Experiments.Silo;

internal static class SlotsExtensions
{
    private static readonly TimeSpan TimeToCheckpoint = TimeSpan.FromSeconds(20);

    /// <summary>What every silo has: slots, the data they train on, and time at its end to write their checkpoints.</summary>
    /// <param name="dataFolder">Where Fashion-MNIST is to be taken from; null to find or fetch it.</param>
    public static ISiloBuilder AddSlots(this ISiloBuilder silo, Action<TrainingOptions> configure, string? dataFolder)
    {
        silo.Services.AddSingleton(new DatasetOptions { DataFolder = dataFolder });
        silo.Services.AddSingleton<DatasetLoader>();
        silo.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeToCheckpoint);
        return silo.AddTraining(configure);
    }
}
