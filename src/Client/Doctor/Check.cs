namespace Experiments.Client.Doctor;

/// <summary>One thing to look at.</summary>
/// <param name="Look">May keep its thread; what it throws is a fault.</param>
/// <param name="Late">What it means that there was no answer in time.</param>
internal sealed record Check(string Name, Func<CancellationToken, Task<Finding>> Look, Finding Late)
{
    /// <summary>All checks begin at once, and all together take less than 3 s so, with the process's start and end.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(2.3);

    public static Check Of(string name, Func<Finding> look, Finding late) => new(name, _ => Task.FromResult(look()), late);

    /// <summary>Waits no longer than <paramref name="patience"/>, whether or not the check minds its token.</summary>
    public async Task<CheckedFinding> Run(TimeSpan patience, CancellationToken stop)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(stop);
        until.CancelAfter(patience);
        try
        {
            return new(Name, await Task.Run(() => Look(until.Token), stop).WaitAsync(until.Token));
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested || stop.IsCancellationRequested)
        {
            stop.ThrowIfCancellationRequested();
            return new(Name, Late);
        }
        catch (Exception exception)
        {
            return new(Name, Finding.Fault($"The check itself failed ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}).", "Report this as a fault of Experiments."));
        }
    }
}

internal sealed record CheckedFinding(string Name, Finding Finding);
