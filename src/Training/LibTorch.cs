using System.Reflection;
using Experiments.Training.Models;
using TorchSharp;

namespace Experiments.Training;

/// <summary>The native library that every experiment of a process shares.</summary>
public static class LibTorch
{
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>Of Experiments, with the commit that it was built from.</summary>
    public static string Version { get; } = typeof(LibTorch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Loads the library, which takes about a second the first time, and keeps the calling thread's work to itself.</summary>
    /// <exception cref="CpuCapabilityException">EXPERIMENTS_CPU_CAPABILITY is not one that this machine has.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (!_loaded)
            {
                CpuCapability.Pin();
                NativeSettings.KeepFreedMemory();
                KernelCreation.KeepAll();
                torch.InitializeDeviceType(DeviceType.CPU);
                torch.set_num_interop_threads(1);
                _loaded = true;
            }
        }

        // libtorch counts the threads of each thread that calls it: this must be said on every one that trains.
        torch.set_num_threads(1);
    }

    /// <summary>Whether the library computes what anyone can by hand: a product of matrices and a convolution, in its own kernels and in oneDNN's. Loads it.</summary>
    /// <exception cref="CpuCapabilityException">EXPERIMENTS_CPU_CAPABILITY is not one that this machine has.</exception>
    public static bool Computes()
    {
        Load();
        using var scope = torch.NewDisposeScope();
        float[,] left = { { 1, 2 }, { 3, 4 } }, right = { { 5, 6 }, { 7, 8 } };
        var product = torch.tensor(left).matmul(torch.tensor(right));
        var sums = torch.nn.functional.conv2d(torch.ones(1, 1, 5, 5), torch.ones(1, 1, 3, 3));
        return product.data<float>().ToArray() is [19, 22, 43, 50] && sums.data<float>().ToArray() is { Length: 9 } nines && nines.All(sum => sum == 9);
    }

    /// <summary>What identical configurations must share to give identical results. Loads the library: only then is it settled.</summary>
    /// <exception cref="CpuCapabilityException">EXPERIMENTS_CPU_CAPABILITY is not one that this machine has.</exception>
    public static TrainingEnvironment Environment()
    {
        Load();
        return new(
            LibTorch: torch.__version__,
            CpuCapability: CpuCapability.Current,
            Threads: 1,
            Version: Version,
            Processor: Processor.Name);
    }
}
