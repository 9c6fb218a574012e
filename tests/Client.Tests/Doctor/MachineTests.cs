using System.Net;
using System.Net.Sockets;
using Experiments.Grains.Tests;
using Experiments.Processes;
using Microsoft.Data.Sqlite;

namespace Experiments.Client.Tests.Doctor;

/// <summary><c>experiments doctor</c> on this machine and a storage of its own, by the built client.</summary>
public sealed class MachineTests : IDisposable
{
    private const string FashionMnist = "/usr/share/datasets/fashion-mnist";

    private readonly Workplace _workplace = new(trainImages: 400);

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_healthy_machine_has_no_fault_and_nothing_is_made_on_it()
    {
        Prerequisite.Met(Directory.Exists(FashionMnist), $"{FashionMnist} is missing: apt install dataset-fashion-mnist");
        string[] before = Everything();

        var diagnosis = await Find(
            ("system", "Ok", "glibc"), ("dotnet", "Ok", "SDK 10."), ("versions", "Ok", "Orleans 10."), ("libtorch", "Ok", "loads and computes"), ("processor", "Ok", "core"), ("memory", "Ok", "GB"),
            ("dataset", "Ok", FashionMnist), ("storage", "Ok", "nobody works on it"), ("database", "Ok", "There is none yet"), ("clock", "Ok", "UTC"), ("telemetry", "Ok", "Nothing is sent"));

        Assert.Equal(0, diagnosis.ExitCode);
        Assert.Contains("ports", diagnosis.Checks);
        Assert.Equal(before, Everything());
    }

    [Fact]
    public async Task People_get_a_line_for_each_check_the_remedy_below_it_and_a_sum()
    {
        var result = await ClientProcess.Run(_workplace.Folder, [("EXPERIMENTS_CPU_CAPABILITY", "avx9")], "doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"(?m)^processor FAULT EXPERIMENTS_CPU_CAPABILITY=avx9: this machine has \w+\. *\n +→ Leave the variable out, or set it to .+\.", result.Output);
        Assert.Matches(@"(?m)^libtorch  note  ", result.Output);
        Assert.Matches(@"(?m)^1 fault, \d notes?\.$", result.Output);
        Assert.DoesNotContain('\e', result.Output);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task Beside_a_run_it_tells_which_and_the_run_goes_on()
    {
        await using var run = ClientProcess.Start(_workplace.Folder, "run", _workplace.Grid("busy", "  - name: it", epochs: 100_000), "--slots", "1", "--no-dashboard");
        await run.Line(line => line.Contains("it: ", StringComparison.Ordinal));

        await Find(("storage", "Ok", "'run busy.yaml' works on it (process "), ("database", "Ok", "whole"));

        Assert.False(run.HasEnded);
        run.Interrupt();
        Assert.Equal(130, (await run.Finish()).ExitCode);
        Assert.Equal([_workplace.PathOf("storage", "experiments.db")], Directory.GetFiles(_workplace.PathOf("storage"), "experiments.*"));
        await Find(("storage", "Ok", "nobody works on it"), ("database", "Ok", "whole"));
    }

    [Fact]
    public async Task A_storage_folder_that_cannot_be_made_is_a_fault()
    {
        string file = _workplace.PathOf(_workplace.Grid("file", "  - name: a"));

        var diagnosis = await Find([], [("storage", "Fault", $"'{file}' is a file")], "--storage", Path.Combine(file, "storage"));

        Assert.Equal(1, diagnosis.ExitCode);
    }

    [Fact]
    public async Task A_storage_on_a_device_that_is_read_only_or_almost_full_is_a_fault()
    {
        using var device = new SmallDevice(megabytes: 5);
        await Find([], [("storage", "Fault", "0.0 GB free")], "--storage", device.Path);
        device.MakeReadOnly();
        await Find([], [("storage", "Fault", "Read-only file system")], "--storage", device.Path);
    }

    [Fact]
    public async Task A_database_of_a_later_version_or_none_is_a_fault()
    {
        string storage = Directory.CreateDirectory(_workplace.PathOf("storage")).FullName, file = Path.Combine(storage, "experiments.db");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var later = new SqliteCommand("CREATE TABLE schema_version (version INTEGER); INSERT INTO schema_version VALUES (1000)", connection);
            await later.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await Find(("database", "Fault", "schema version 1000, and this program knows no later one than"));

        await File.WriteAllTextAsync(file, new string('x', 10_000), TestContext.Current.CancellationToken);
        await Find(("database", "Fault", "not a database"), ("database", "Fault", "restore a copy"));
    }

    [Fact]
    public async Task Data_that_are_missing_or_damaged_are_a_fault()
    {
        string empty = Directory.CreateDirectory(_workplace.PathOf("empty")).FullName, damaged = Directory.CreateDirectory(_workplace.PathOf("damaged")).FullName;
        foreach (string file in new[] { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" })
        {
            await File.WriteAllTextAsync(Path.Combine(damaged, file), "no images", TestContext.Current.CancellationToken);
        }

        await Find([], [("dataset", "Fault", "no such folder")], "--data", "nowhere");
        await Find([], [("dataset", "Fault", "lacks train-images-idx3-ubyte.gz")], "--data", empty);
        await Find([], [("dataset", "Fault", "t10k-images-idx3-ubyte")], "--data", damaged);
    }

    [Fact]
    public async Task Telemetry_that_goes_nowhere_is_a_fault()
    {
        const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
        using var receiver = new TcpListener(IPAddress.Loopback, FreePort.Next());
        receiver.Start();

        await Find([(Endpoint, "collector:4317")], [("telemetry", "Fault", "OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317 cannot be used. Give the URL of an OTLP receiver")]);
        await Find([(Endpoint, $"http://127.0.0.1:{FreePort.Next()}")], [("telemetry", "Fault", "cannot be reached (Connection refused)")]);
        await Find([(Endpoint, $"http://{receiver.LocalEndpoint}")], [("telemetry", "Ok", $"{receiver.LocalEndpoint}, where telemetry is sent, takes connections")]);
    }

    [Fact]
    public async Task Storage_and_cluster_together_are_wrong_usage()
    {
        var result = await ClientProcess.Run(_workplace.Folder, "doctor", "--storage", "a", "--cluster", "Host=b");

        Assert.Equal((2, "--cluster and --storage: give one of them."), (result.ExitCode, result.Errors.Trim()));
    }

    private string[] Everything() => Directory.GetFileSystemEntries(_workplace.Folder, "*", SearchOption.AllDirectories);

    private Task<Diagnosis> Find(params (string Name, string Status, string Part)[] expected) => Find([], expected);

    private Task<Diagnosis> Find((string Name, string Value)[] variables, (string Name, string Status, string Part)[] expected, params string[] arguments) =>
        Diagnosis.Until(_workplace.Folder, variables, expected, arguments);
}
