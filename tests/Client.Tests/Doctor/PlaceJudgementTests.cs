using Experiments.Client.Doctor;
using Experiments.Client.Doctor.Ports;
using Experiments.Client.Doctor.Storage;
using Experiments.Grains.Storage.Inspection;
using static Experiments.Client.Tests.Doctor.MachineJudgementTests;

namespace Experiments.Client.Tests.Doctor;

/// <summary>What readings of storage, clock and ports mean.</summary>
public sealed class PlaceJudgementTests
{
    private static readonly FolderReading Folder = new("/s", IsThere: true, Refusal: null, Free: 50_000_000_000, IsRemote: false, IsActive: false, Active: null);

    [Fact]
    public void A_storage_folder_is_judged_by_its_rights_its_room_and_its_device()
    {
        AssertFound(FindingStatus.Ok, "'/s', 50.0 GB free; nobody works on it.", FolderCheck.Judge(Folder));
        AssertFound(FindingStatus.Ok, "which the first run makes", FolderCheck.Judge(Folder with { IsThere = false }));
        AssertFound(FindingStatus.Ok, "another process works on it", FolderCheck.Judge(Folder with { IsActive = true }));
        AssertFound(FindingStatus.Ok, "free room unknown", FolderCheck.Judge(Folder with { Free = null }));
        AssertFound(FindingStatus.Note, "1.5 GB free", FolderCheck.Judge(Folder with { Free = 1_500_000_000 }));
        AssertFound(FindingStatus.Note, "another machine's device", FolderCheck.Judge(Folder with { IsRemote = true }));
        AssertFound(FindingStatus.Fault, "0.1 GB free", FolderCheck.Judge(Folder with { Free = 99_000_000 }));
        AssertFound(FindingStatus.Fault, "cannot be written (why)", FolderCheck.Judge(Folder with { Refusal = "why" }));
    }

    [Fact]
    public void A_database_s_file_is_judged_by_its_version_and_its_damage()
    {
        var reading = new SqliteReading(3, 3, Damage: null, IsWhole: true, 5_000_000);

        AssertFound(FindingStatus.Ok, "Schema version 3, 5.0 MB, whole.", DatabaseFileCheck.Judge("f", reading));
        AssertFound(FindingStatus.Ok, "since it is large", DatabaseFileCheck.Judge("f", reading with { IsWhole = false }));
        AssertFound(FindingStatus.Fault, "'f' is damaged (Page 7: never used)", DatabaseFileCheck.Judge("f", reading with { Damage = "Page 7: never used" }));
        AssertFound(FindingStatus.Fault, "no later one than 3", DatabaseFileCheck.Judge("f", reading with { SchemaVersion = 4 }));
    }

    [Theory]
    [InlineData(0.1, 0.001, FindingStatus.Ok, "0.100 s behind the database's (± 0.001 s).")]
    [InlineData(-1.9, 0.001, FindingStatus.Ok, "1.900 s ahead of the database's")]
    [InlineData(2.5, 1, FindingStatus.Ok, "2.500 s behind")]
    [InlineData(2.5, 0.1, FindingStatus.Note, "2.500 s behind")]
    [InlineData(-3600, 0.1, FindingStatus.Note, "3600.000 s ahead of the database's (± 0.100 s): logs and traces of several machines would be out of order")]
    public void Clocks_that_differ_by_more_than_two_seconds_are_noted(double ahead, double within, object status, string part) =>
        AssertFound(status, part, ClockCheck.Judge(TimeSpan.FromSeconds(ahead), TimeSpan.FromSeconds(within)));

    [Fact]
    public void A_clock_alone_is_judged_by_the_program_s_age_and_by_how_it_goes()
    {
        var now = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
        var (day, watched) = (TimeSpan.FromDays(1), TimeSpan.FromSeconds(0.3));

        AssertFound(FindingStatus.Ok, "2026-11-26 12:00:00 UTC", ClockCheck.JudgeAlone(now, built: now - day, watched, watched));
        AssertFound(FindingStatus.Fault, "before this program was built", ClockCheck.JudgeAlone(now, built: now + day, watched, watched));
        AssertFound(FindingStatus.Note, "went on by 3600.3 s within 0.3 s", ClockCheck.JudgeAlone(now, built: now - day, watched + TimeSpan.FromHours(1), watched));
        AssertFound(FindingStatus.Note, "went on by -0.7 s within 0.3 s", ClockCheck.JudgeAlone(now, built: now - day, watched - TimeSpan.FromSeconds(1), watched));
    }

    [Fact]
    public void Ports_are_judged_by_who_has_them_and_whether_they_were_chosen()
    {
        PortHolder ours = new("Experiments.Silo.dll (process 1)", IsOurs: true), foreign = new("nginx (process 2)", IsOurs: false);
        UsualPort silo = new("silo", Variable: null, 11111, Holder: null), chosen = new("gateway", "EXPERIMENTS_GATEWAY_PORT", 30000, Holder: null);

        AssertFound(FindingStatus.Ok, "11111 (silo) is free and 30000 (gateway) is held by Experiments.Silo.dll (process 1).", PortsCheck.Judge([silo, chosen with { Holder = ours }]));
        AssertFound(FindingStatus.Note, "nginx (process 2) has port 11111 (silo)", PortsCheck.Judge([silo with { Holder = foreign }, chosen]));
        AssertFound(FindingStatus.Fault, "EXPERIMENTS_GATEWAY_PORT=30000: nginx (process 2) has this port", PortsCheck.Judge([silo with { Holder = foreign }, chosen with { Holder = foreign }]));
    }

    [Theory]
    [InlineData("dotnet /opt/silo/Experiments.Silo.dll --cluster", true)]
    [InlineData("/opt/silo/Experiments.Silo --cluster", true)]
    [InlineData("./experiments run x.yaml", true)]
    [InlineData("dotnet Experiments.Dashboard.dll", true)]
    [InlineData("dotnet other.dll Experiments.Silo.dll", false)]
    [InlineData("nginx: master", false)]
    [InlineData("", false)]
    public void A_process_of_ours_is_known_by_its_command(string command, bool isOurs) => Assert.Equal(isOurs, PortHolder.IsOur(command.Split(' ')));
}
