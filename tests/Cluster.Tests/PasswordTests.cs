using Experiments.Processes;
using Npgsql;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>A database that asks for a password, which silos and clients are given in every way there is.</summary>
public sealed class PasswordTests : IDisposable
{
    private const string Right = "right-secret", Wrong = "wrong-secret";

    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-").FullName;

    [Fact]
    public async Task APasswordIsTakenFromTheVariableOrAPassfileAndAWrongOneIsSaidInOneLine()
    {
        await using var server = await PrivatePostgres.Start();
        string cluster = await server.CreateUser(await server.CreateDatabase(), "trainer", Right);
        string passfile = Path.Combine(_folder, "pgpass");
        await File.WriteAllTextAsync(passfile, $"127.0.0.1:*:*:trainer:{Right}\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(passfile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using var silo = await SiloProcess.Start(_folder, $"{cluster};Password={Right}", "--slots", "0");

        await Succeeds(("EXPERIMENTS_CLUSTER", $"{cluster};Password={Right}"));
        await Succeeds(("EXPERIMENTS_CLUSTER", cluster), ("PGPASSFILE", passfile));
        await Succeeds(("EXPERIMENTS_CLUSTER", $"{cluster};Passfile={passfile}"));
        var refused = await List(("EXPERIMENTS_CLUSTER", $"{cluster};Password={Wrong}"));
        Assert.Equal(3, refused.ExitCode);
        AssertSaid(Assert.Single(refused.Errors.TrimEnd().Split('\n')));
        var lost = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloProcess.Start(_folder, $"{cluster};Password={Wrong}", "--slots", "0"));
        AssertSaid(lost.Message);

        void AssertSaid(string message)
        {
            Assert.Contains($"{new NpgsqlConnectionStringBuilder(cluster).Database} on 127.0.0.1", message, StringComparison.Ordinal);
            Assert.Contains("Check user and password", message, StringComparison.Ordinal);
            Assert.DoesNotContain("-secret", message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<ClientResult> List(params (string Name, string Value)[] variables) => ClientProcess.Run(_folder, variables, "list");

    private async Task Succeeds(params (string Name, string Value)[] variables)
    {
        var list = await List(variables);
        Assert.True(list.ExitCode == 0, list.Output + list.Errors);
        Assert.Contains("The cluster holds no grid", list.Output, StringComparison.Ordinal);
    }
}
