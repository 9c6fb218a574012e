using Experiments.Silo;
using Microsoft.Extensions.Hosting;

namespace Experiments.Benchmarks.Orchestration;

/// <summary>A storage that the orchestration is measured on, with its bars.</summary>
/// <param name="AddSilo">Adds a silo with so many slots, whose storage is made in the folder; gives its gateway's port.</param>
/// <param name="MostPerExperiment">Milliseconds that an experiment may cost when its work is nothing.</param>
/// <param name="LeastReports">Durable epoch reports a second.</param>
internal sealed record BenchedStorage(
    string Name, Func<IHostApplicationBuilder, string, int, int> AddSilo, double MostPerExperiment, double LeastReports)
{
    public static readonly BenchedStorage[] All =
    [
        new("SQLite", (builder, folder, slots) => builder.AddLocalSilo(new LocalSiloOptions { Storage = new LocalStorage(folder), Slots = slots }), 8, 700),
    ];
}
