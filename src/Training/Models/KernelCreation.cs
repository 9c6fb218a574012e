using System.Collections.Immutable;

namespace Experiments.Training.Models;

/// <summary>
/// Has one thread at a time make libtorch's kernels for shapes that are new to the process. oneDNN 3.7.1, which comes with libtorch 2.10, now and
/// then ends the process with a segmentation fault (a convolution's gradient writes to a scratchpad that it was not given) where two
/// threads train on the same shapes for the first time at the same moment; with kernels that exist, any number may.
/// </summary>
internal static class KernelCreation
{
    private static readonly Lock Gate = new();
    private static ImmutableHashSet<KernelShapes> _made = [];

    /// <summary>oneDNN keeps 1,024 kernels by default, those of some thirty batch sizes: a forgotten one would be made anew, unguarded.</summary>
    public static void KeepAll() => NativeSettings.SetVariable("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "1000000", overwrite: false);

    public static T Guard<T>(KernelShapes shapes, Func<T> work)
    {
        if (_made.Contains(shapes))
        {
            return work();
        }

        lock (Gate)
        {
            var result = work();
            _made = _made.Add(shapes);
            return result;
        }
    }
}

/// <summary>What libtorch's kernels for one pass through the model are made for.</summary>
/// <param name="Layers">As a text.</param>
/// <param name="Trains">There and back; else only there.</param>
internal readonly record struct KernelShapes(string Layers, ImageSize Image, int Classes, int Images, bool Trains);
