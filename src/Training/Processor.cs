using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Experiments.Training;

/// <summary>What of a machine's processor decides, beside the instruction set in use, over the last bits of a result.</summary>
public static class Processor
{
    /// <summary>Maker and family as the processor itself tells them, such as "AuthenticAMD family 25"; elsewhere than on x86 the architecture.</summary>
    public static string Name { get; } = X86Base.IsSupported ? FormattableString.Invariant($"{Maker()} family {Family()}") : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>Results are the same to the bit on processors of which this is the same.</summary>
    public static string Kind(string cpuCapability) => $"{Name} with {cpuCapability}";

    /// <summary>Intel's manual of CPUID, leaf 0: twelve letters in EBX, EDX and ECX.</summary>
    private static string Maker()
    {
        var (_, ebx, ecx, edx) = X86Base.CpuId(0, 0);
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>([ebx, edx, ecx]));
    }

    /// <summary>The same, leaf 1: the extended family counts where the family is 15.</summary>
    private static int Family()
    {
        var (eax, _, _, _) = X86Base.CpuId(1, 0);
        int family = (eax >> 8) & 0xF;
        return family == 0xF ? family + ((eax >> 20) & 0xFF) : family;
    }
}
