using Experiments.Silo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
var storage = LocalStorage.At(builder.Configuration["storage"]);
using var active = storage.TryActivate("silo");
if (active is null)
{
    Console.Error.WriteLine(StorageInUse.Message(storage));
    return 2;
}

int gateway = builder.AddLocalSilo(new LocalSiloOptions
{
    Storage = storage,
    Slots = builder.Configuration.GetValue("slots", Environment.ProcessorCount),
    DataFolder = builder.Configuration["data"],
});
using var host = builder.Build();
await host.StartAsync();
storage.Publish(storage.Active()! with { GatewayPort = gateway });
await host.WaitForShutdownAsync();
return 0;
