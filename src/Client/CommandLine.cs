using System.CommandLine;
using Experiments.Client.Sessions;
using Experiments.Clustering;
using Experiments.Grains.Storage.Migration;
using Experiments.GridFiles;
using Experiments.Silo;
using Experiments.Training.Data;

namespace Experiments.Client;

/// <summary>Runs a verb, and turns what goes wrong into one message and an exit code: the one place that decides it.</summary>
internal static class CommandLine
{
    public static async Task<int> Invoke(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine(error.Message);
            }

            string verb = parsed.CommandResult.Command is RootCommand ? "" : $"{parsed.CommandResult.Command.Name} ";
            Console.Error.WriteLine($"See 'experiments {verb}--help'.");
            return ExitCode.BadInput;
        }

        using var signals = new StopSignals();
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, signals.Stop);
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (exception is StorageFullException or CopyDiffersException)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.ExperimentFailed;
        }
        catch (Exception exception) when (BadInput(exception) is { } message)
        {
            Console.Error.WriteLine(message);
            return ExitCode.BadInput;
        }
        catch (Exception exception) when (PatientCalls.IsPassing(exception))
        {
            Console.Error.WriteLine($"The silo in this process did not answer ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}). Try again in a moment.");
            return ExitCode.ClusterUnreachable;
        }
        catch (ClusterUnreachableException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.ClusterUnreachable;
        }
    }

    /// <summary>What the user can mend; null for a fault of the program's own.</summary>
    private static string? BadInput(Exception exception) =>
        exception is GridFileException or GridConflictException or DatasetException or DatasetMissingException or UsageException ? exception.Message : StartFault.Message(exception);
}

/// <summary>The user asked for what cannot be done; the message says what, and the remedy.</summary>
internal sealed class UsageException(string message) : Exception(message);
