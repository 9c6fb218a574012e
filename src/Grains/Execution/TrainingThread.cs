using System.Runtime.InteropServices;

namespace Experiments.Grains.Execution;

/// <summary>Runs work on a thread of its own, of low priority: a silo answers its peers while every core trains.</summary>
internal static partial class TrainingThread
{
    private const int Nice = 10;

    public static Task<T> Run<T>(string name, Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            LowerPriority();
            try
            {
                result.SetResult(work());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        })
        {
            Name = name,
            IsBackground = true,
            Priority = ThreadPriority.BelowNormal,
        }.Start();
        return result.Task;
    }

    private static void LowerPriority()
    {
        // .NET ignores ThreadPriority on Linux, where a thread has a nice value of its own: 0 means the calling thread.
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(which: 0, who: 0, Nice);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
