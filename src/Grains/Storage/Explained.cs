namespace Experiments.Grains.Storage;

/// <summary>Lets an operation fail with an error that names the storage and the remedy, where the driver's own error can be explained so.</summary>
internal static class Explained
{
    public static async Task RunAsync(Func<Task> operation, Func<Exception, Exception> explain)
    {
        try
        {
            await operation();
        }
        catch (Exception exception) when (explain(exception) is var explained && explained != exception)
        {
            throw explained;
        }
    }
}
