using System.Runtime.Intrinsics.X86;

namespace Experiments.Training;

/// <summary>
/// The instruction set that libtorch, oneDNN and MKL take their kernels from: results are the same to the bit only within one, and on one maker's family.
/// EXPERIMENTS_CPU_CAPABILITY=avx2 keeps a machine with AVX-512 to what the others have.
/// </summary>
internal static class CpuCapability
{
    private const string Variable = "EXPERIMENTS_CPU_CAPABILITY";

    private static string Best =>
        Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported && Fma.IsSupported ? "AVX512"
        : Avx2.IsSupported && Fma.IsSupported ? "AVX2"
        : "DEFAULT";

    public static string Current { get; private set; } = Best;

    /// <summary>Must come before libtorch is loaded, which reads its variables then.</summary>
    public static void Pin()
    {
        string? wanted = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(wanted))
        {
            return;
        }

        switch (wanted.ToUpperInvariant())
        {
            case var same when same == Best:
                return;
            case "AVX2" when Best == "AVX512":
                NativeSettings.SetVariable("ATEN_CPU_CAPABILITY", "avx2");
                NativeSettings.SetVariable("ONEDNN_MAX_CPU_ISA", "AVX2");
                NativeSettings.SetVariable("MKL_ENABLE_INSTRUCTIONS", "AVX2");
                Current = "AVX2";
                return;
            default:
                throw new CpuCapabilityException($"{Variable}={wanted}: this machine has {Best}; leave the variable out, or set it to {(Best == "AVX512" ? "avx512 or avx2" : Best.ToLowerInvariant())}.");
        }
    }
}
