using Experiments.Grains.Storage;
using Experiments.ServiceDefaults.Telemetry;
using Experiments.Training;
using Microsoft.Extensions.Options;

namespace Experiments.Silo;

public static class StartFault
{
    /// <summary>What the user can mend, in words that name the place and the remedy; null for a fault of the program's own.</summary>
    public static string? Message(Exception exception) => exception switch
    {
        SiloOptionException or StorageFolderException or StorageUnavailableException or StorageFullException or NewerSchemaException or CpuCapabilityException or TelemetryOptionException => exception.Message,
        OptionsValidationException invalid => string.Join(' ', invalid.Failures),
        _ => null,
    };
}
