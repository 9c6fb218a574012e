using System.Runtime.InteropServices;
using Experiments.Client.Doctor;
using Experiments.Client.Doctor.Machine;
using Experiments.Grains.Tests;
using Experiments.Training;

namespace Experiments.Client.Tests.Doctor;

/// <summary>What readings of a machine mean.</summary>
public sealed class MachineJudgementTests
{
    [Theory]
    [InlineData(true, Architecture.X64, "2.36", FindingStatus.Ok, "glibc 2.36")]
    [InlineData(true, Architecture.X64, "2.34", FindingStatus.Ok, "glibc 2.34")]
    [InlineData(true, Architecture.X64, "2.31", FindingStatus.Fault, "glibc 2.31: libtorch and SQLite want 2.34")]
    [InlineData(true, Architecture.X64, null, FindingStatus.Fault, "without glibc")]
    [InlineData(true, Architecture.Arm64, "2.36", FindingStatus.Fault, "Arm64: there is no libtorch")]
    [InlineData(false, Architecture.X64, null, FindingStatus.Note, "tested on Linux alone")]
    public void A_system_is_judged_by_what_the_native_libraries_want(bool isLinux, Architecture architecture, string? glibc, object status, string part) =>
        AssertFound(status, part, SystemCheck.Judge(new SystemReading("It", isLinux, architecture, glibc is null ? null : Version.Parse(glibc))));

    [Theory]
    [InlineData("10.0.100", true, FindingStatus.Ok, "SDK 10.0.100")]
    [InlineData("8.0.400 10.0.401", true, FindingStatus.Ok, "SDK 10.0.401")]
    [InlineData("8.0.400 11.0.100", true, FindingStatus.Fault, "SDK 11.0.100, where building wants 10.0 from 10.0.100 on")]
    [InlineData("", true, FindingStatus.Fault, "no SDK")]
    [InlineData("", false, FindingStatus.Note, "no SDK")]
    public void An_SDK_is_wanted_where_the_program_is_built(string sdks, bool isInCheckout, object status, string part) => AssertFound(status, part, DotnetCheck.Judge(
        new DotnetReading(new Version(10, 0, 1), new Version(10, 0, 100), [.. sdks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Version.Parse)], isInCheckout)));

    [Fact]
    public void The_SDK_that_is_wanted_is_that_of_global_json() => Assert.Equal(new Version(10, 0, 100), DotnetReading.Take().WantedSdk);

    [Theory]
    [InlineData("AVX2", 4, null, FindingStatus.Ok, "with AVX2, 4 cores.")]
    [InlineData("AVX2", 4, 4.0, FindingStatus.Ok, "4 cores.")]
    [InlineData("AVX2", 4, 3.5, FindingStatus.Note, "the control group gives 3.5: a silo offers 4 slots unless told otherwise. Start it with --slots 3,")]
    [InlineData("AVX2", 1, 0.5, FindingStatus.Note, "gives 0.5: a silo offers 1 slot unless told otherwise. Start it with --slots 1,")]
    [InlineData("DEFAULT", 4, null, FindingStatus.Note, "without AVX2")]
    public void A_processor_is_judged_by_what_trainings_get_of_it(string capability, int slots, double? limit, object status, string part) =>
        AssertFound(status, part, ProcessorCheck.Judge(new ProcessorReading($"Maker family 1 with {capability}", capability, slots, limit, null)));

    [Fact]
    public void The_processor_is_told_by_maker_family_and_instruction_set() =>
        Assert.Matches(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? @"^[ -~]{12} family \d+ with (AVX512|AVX2|DEFAULT)$" : "with DEFAULT$", Processor.Kind(CpuCapability.Choose()));

    [Fact]
    public void The_tightest_limit_of_the_control_groups_counts()
    {
        using var folder = new TemporaryFolder();
        string membership = folder.File("cgroup"), group = Directory.CreateDirectory(folder.File("machine/silo")).FullName;
        File.WriteAllText(membership, "1:cpu:/elsewhere\n0::/machine/silo\n");
        Assert.Null(ControlGroup.CpuLimit(membership, folder.Path));

        File.WriteAllText(Path.Combine(group, "cpu.max"), "max 100000\n");
        Assert.Null(ControlGroup.CpuLimit(membership, folder.Path));

        File.WriteAllText(folder.File("machine/cpu.max"), "150000 100000\n");
        Assert.Equal(1.5, ControlGroup.CpuLimit(membership, folder.Path));

        File.WriteAllText(Path.Combine(group, "cpu.max"), "50000 100000\n");
        Assert.Equal(0.5, ControlGroup.CpuLimit(membership, folder.Path));

        // Inside a container, whose own group is the root of all that it sees.
        File.WriteAllText(membership, "0::/\n");
        File.WriteAllText(folder.File("cpu.max"), "200000 100000\n");
        Assert.Equal(2, ControlGroup.CpuLimit(membership, folder.Path));
    }

    [Theory]
    [InlineData(16_000_000_000, 8_000_000_000L, 16, FindingStatus.Ok, "16.0 GB, 8.0 GB of them free; a silo of 16 slots takes about 1.6 GB")]
    [InlineData(1_000_000_000, 8_000_000_000, 16, FindingStatus.Note, "--slots 8,")]
    [InlineData(16_000_000_000, 500_000_000L, 4, FindingStatus.Note, "--slots 2,")]
    [InlineData(16_000_000_000, 300_000_000L, 4, FindingStatus.Fault, "one slot takes about 425.0 MB")]
    [InlineData(16_000_000_000, null, 4, FindingStatus.Ok, "16.0 GB of them free")]
    public void Memory_is_judged_by_what_the_slots_take(long bytes, long? available, int slots, object status, string part) =>
        AssertFound(status, part, MemoryCheck.Judge(new MemoryReading(bytes, available, slots)));

    [Fact]
    public void A_folder_that_mixes_versions_is_a_fault()
    {
        Assert.Equal(Finding.Ok("A 1, B 2."), VersionsCheck.Judge(["A 1", "B 2"], [("a.dll", "0.1.0"), ("b.dll", "0.1.0")]));
        AssertFound(FindingStatus.Fault, "0.1.0, but c.dll 0.2.0", VersionsCheck.Judge([], [("a.dll", "0.1.0"), ("b.dll", "0.1.0"), ("c.dll", "0.2.0")]));
        Assert.True(VersionsCheck.Ours(AppContext.BaseDirectory).Length > 5);
    }

    [Theory]
    [InlineData(true, false, null, FindingStatus.Ok, "fetched from its publisher")]
    [InlineData(false, true, null, FindingStatus.Note, "apt install dataset-fashion-mnist")]
    [InlineData(false, false, null, FindingStatus.Fault, "no apt-get")]
    [InlineData(true, true, "read-only", FindingStatus.Fault, "'/cache' cannot keep it (read-only). Make the folder writable, or set XDG_CACHE_HOME")]
    public void A_dataset_that_is_not_here_is_judged_by_where_it_can_be_fetched(bool upstream, bool aptGet, string? cacheFault, object status, string part) =>
        AssertFound(status, part, DatasetCheck.Judge(upstream, aptGet, cacheFault, "/cache"));

    internal static void AssertFound(object status, string part, Finding finding)
    {
        Assert.Equal(status, finding.Status);
        Assert.Contains(part, $"{finding.Seen} {finding.Remedy}", StringComparison.Ordinal);
        Assert.Equal(finding.Status == FindingStatus.Ok, finding.Remedy is null);
    }
}
