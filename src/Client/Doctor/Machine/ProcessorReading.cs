using Experiments.Training;

namespace Experiments.Client.Doctor.Machine;

/// <param name="Kind">What results depend on to the bit.</param>
/// <param name="CpuCapability">Instruction set that libtorch is to use.</param>
/// <param name="Slots">What a silo offers unless told otherwise.</param>
/// <param name="CpuLimit">Cores that the control group gives; null for no limit.</param>
/// <param name="Refused">EXPERIMENTS_CPU_CAPABILITY asks for what this machine has not; null where it does not.</param>
internal sealed record ProcessorReading(string Kind, string CpuCapability, int Slots, double? CpuLimit, CpuCapabilityException? Refused)
{
    public static ProcessorReading Take()
    {
        var (slots, limit) = (Environment.ProcessorCount, ControlGroup.CpuLimit("/proc/self/cgroup", "/sys/fs/cgroup"));
        try
        {
            string capability = Training.CpuCapability.Choose();
            return new(Processor.Kind(capability), capability, slots, limit, null);
        }
        catch (CpuCapabilityException exception)
        {
            return new(Processor.Name, "", slots, limit, exception);
        }
    }
}
