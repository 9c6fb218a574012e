using System.Globalization;
using Experiments.Silo;
using Microsoft.Extensions.Hosting;

try
{
    var builder = Host.CreateApplicationBuilder(args);
    var storage = LocalStorage.At(builder.Configuration["storage"]);
    using var active = storage.TryActivate("silo");
    if (active is null)
    {
        return Refuse(StorageInUse.Message(storage));
    }

    int slots = Environment.ProcessorCount;
    if (builder.Configuration["slots"] is { } given && !int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out slots))
    {
        return Refuse($"--slots {given}: give the number of experiments to train at once, from 0.");
    }

    int gateway = builder.AddLocalSilo(new LocalSiloOptions { Storage = storage, Slots = slots, DataFolder = builder.Configuration["data"] });
    using var host = builder.Build();
    await host.StartAsync();
    storage.Publish(storage.Active()! with { GatewayPort = gateway });
    await host.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (StartFault.Message(exception) is { } message)
{
    return Refuse(message);
}

static int Refuse(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}
