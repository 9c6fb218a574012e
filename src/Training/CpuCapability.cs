using System.Runtime.Intrinsics.X86;

namespace Experiments.Training;

/// <summary>
/// The instruction set that libtorch, oneDNN and MKL take their kernels from: results are the same to the bit only within one, and on one maker's family.
/// EXPERIMENTS_CPU_CAPABILITY=avx2 keeps a machine with AVX-512 to what the others have.
/// </summary>
public static class CpuCapability
{
    private const string Variable = "EXPERIMENTS_CPU_CAPABILITY";

    private static string Best =>
        Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported && Fma.IsSupported ? "AVX512"
        : Avx2.IsSupported && Fma.IsSupported ? "AVX2"
        : "DEFAULT";

    internal static string Current { get; private set; } = Best;

    /// <summary>AVX512, AVX2 or DEFAULT: what the user asks for, else the best that this machine has.</summary>
    /// <exception cref="CpuCapabilityException">The user asks for what this machine has not.</exception>
    public static string Choose()
    {
        string? wanted = Environment.GetEnvironmentVariable(Variable);
        return wanted?.ToUpperInvariant() switch
        {
            null or "" => Best,
            var same when same == Best => Best,
            "AVX2" when Best == "AVX512" => "AVX2",
            _ => throw new CpuCapabilityException($"{Variable}={wanted}: this machine has {Best}; leave the variable out, or set it to {(Best == "AVX512" ? "avx512 or avx2" : Best.ToLowerInvariant())}."),
        };
    }

    /// <summary>Must come before libtorch is loaded, which reads its variables then.</summary>
    internal static void Pin()
    {
        Current = Choose();
        if (Current != Best)
        {
            NativeSettings.SetVariable("ATEN_CPU_CAPABILITY", "avx2");
            NativeSettings.SetVariable("ONEDNN_MAX_CPU_ISA", "AVX2");
            NativeSettings.SetVariable("MKL_ENABLE_INSTRUCTIONS", "AVX2");
        }
    }
}
