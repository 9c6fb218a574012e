using Experiments.Training;

namespace Experiments.Client.Doctor.Machine;

/// <summary>Whether libtorch loads here and computes.</summary>
internal static class LibTorchCheck
{
    public static readonly Finding Late = Finding.Note(
        "libtorch was not loaded in time: it is hundreds of megabytes to read.", "Try again; the second time the system has it in memory.");

    public static Finding Look()
    {
        try
        {
            return LibTorch.Computes()
                ? Finding.Ok($"libtorch {LibTorch.Environment().LibTorch} loads and computes.")
                : Finding.Fault($"libtorch {LibTorch.Environment().LibTorch} gives another product of 2 × 2 matrices, or another convolution, than is right.", "Train nothing on this machine: test its processor and memory.");
        }
        catch (CpuCapabilityException)
        {
            return Finding.Note("libtorch was not loaded, since the instruction set that is asked for is none of this machine's.", "Mend 'processor' first.");
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException or BadImageFormatException or NotSupportedException or EntryPointNotFoundException)
        {
            return Finding.Fault($"libtorch cannot be loaded ({Deepest(exception).Message.ReplaceLineEndings(" ").TrimEnd('.')}).", "See 'system', and build or copy the program anew, with all files of its folder.");
        }
    }

    private static Exception Deepest(Exception exception) => exception.InnerException is { } cause ? Deepest(cause) : exception;
}
