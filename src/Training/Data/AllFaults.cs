namespace Experiments.Training.Data;

internal static class AllFaults
{
    /// <summary>Waits for all, and throws the faults of all in one message, a line each: files tend to be wrong together.</summary>
    public static async Task Of(params Task[] tasks)
    {
        try
        {
            await Task.WhenAll(tasks);
        }
        catch (DatasetException first)
        {
            string[] messages = [.. tasks.Select(task => task.Exception?.InnerException).OfType<DatasetException>().Select(fault => fault.Message)];
            if (messages.Length == 1)
                throw;
            throw new DatasetException(string.Join(Environment.NewLine, messages), first);
        }
    }
}
