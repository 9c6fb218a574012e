using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Experiments.Benchmarks.Orchestration;

/// <summary>A storage that the orchestration is measured on, with its bars; what it makes goes with it.</summary>
internal abstract class BenchedStorage : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>Milliseconds that an experiment may cost when its work is nothing.</summary>
    public abstract double MostPerExperiment { get; }

    /// <summary>Durable epoch reports a second.</summary>
    public abstract double LeastReports { get; }

    /// <summary>Adds a silo with so many slots, as users run it.</summary>
    public abstract void AddSilo(IHostApplicationBuilder builder, int slots);

    /// <summary>Has the client find the silo.</summary>
    public abstract void Connect(IClientBuilder client);

    public abstract ValueTask DisposeAsync();

    /// <exception cref="ArgumentException">There is no storage of this name.</exception>
    public static async Task<BenchedStorage> Open(string name) => name switch
    {
        "sqlite" => new BenchedSqlite(),
        "postgresql" => await BenchedPostgres.Start(),
        _ => throw new ArgumentException($"'{name}' is no storage: sqlite and postgresql are."),
    };
}
