using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Benchmarks.Training;

/// <summary>What the cores can do: a product of two 2048×2048 single-precision matrices on each of them, one thread a core.</summary>
internal static class ArithmeticLimit
{
    private const int Size = 2048;
    private const int Products = 8;

    /// <summary>Forward and backward of the CNN for one 28×28 image, in floating-point operations.</summary>
    public const double FlopPerImage = 19.4e6;

    /// <returns>FLOP/s of all cores together.</returns>
    public static double Measure(int cores)
    {
        double[] seconds = Parallel(cores, _ =>
        {
            set_num_threads(1);
            using var a = rand(Size, Size);
            using var b = rand(Size, Size);
            using (matmul(a, b))
            {
            }

            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < Products; i++)
            {
                using var product = matmul(a, b);
            }

            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        });
        return seconds.Sum(each => Products * 2.0 * Size * Size * Size / each);
    }

    /// <summary>Runs the same on a thread for each number, at the same time.</summary>
    public static T[] Parallel<T>(int threads, Func<int, T> work)
    {
        var results = new T[threads];
        using var start = new Barrier(threads);
        Thread[] running =
        [
            .. Enumerable.Range(0, threads).Select(number => new Thread(() =>
            {
                start.SignalAndWait();
                results[number] = work(number);
            })),
        ];
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        return results;
    }
}
