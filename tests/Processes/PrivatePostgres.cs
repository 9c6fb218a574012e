using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Experiments.Processes;

/// <summary>
/// A PostgreSQL server of this test's own, on the loopback address, with its data in a temporary folder; it goes with all that it holds.
/// PostgreSQL refuses root, so under root it runs as the user postgres.
/// </summary>
internal sealed partial class PrivatePostgres : IAsyncDisposable
{
    private const int Patience = 60;
    private const string Loopback = "127.0.0.1";

    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-postgres-").FullName;
    private readonly string _bin;
    private readonly bool _durable;
    private readonly Surroundings? _surroundings;
    private readonly int _port = FreePort.Next();
    private int _databases;

    private PrivatePostgres(string bin, bool durable, Surroundings? surroundings) => (_bin, _durable, _surroundings) = (bin, durable, surroundings);

    private string DataFolder => Path.Combine(_folder, "data");

    /// <summary>Where it listens.</summary>
    private string Address => _surroundings?.Address ?? Loopback;

    /// <summary>By what this process reaches it: a socket in a folder where it is on a network of its own.</summary>
    private string Host => _surroundings is null ? Loopback : _folder;

    /// <summary>Why no server can be started here; null where one can.</summary>
    public static string? Missing => Bin() is null ? "PostgreSQL is not installed: apt install postgresql." : null;

    /// <summary>Starts an empty server. Where PostgreSQL is not installed a test is skipped, and fails in CI.</summary>
    /// <param name="durable">
    /// Commits outlast a power cut, as with the server's own settings. Tests cut no power, and what is committed outlasts a killed server
    /// without it: they need not wait for a disk that many of them share.
    /// </param>
    /// <param name="surroundings">Where it runs; null for the loopback address of this machine.</param>
    public static async Task<PrivatePostgres> Start(bool durable = false, Surroundings? surroundings = null)
    {
        StopTestIfMissing();
        var server = new PrivatePostgres(Bin() ?? throw new InvalidOperationException(Missing), durable, surroundings);
        try
        {
            await server.Create();
            await server.Restart();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <param name="like">Connection string of one that nobody is connected to, to begin as a copy of; null for an empty one.</param>
    /// <returns>The connection string of a new database.</returns>
    public async Task<string> CreateDatabase(string? like = null)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        string template = like is null ? "template1" : new NpgsqlConnectionStringBuilder(like).Database!;
        await Execute(ConnectionString("postgres"), $"CREATE DATABASE {name} TEMPLATE {template}");
        return ConnectionString(name);
    }

    /// <summary>Makes a user who owns the database, and whom the server lets in by SCRAM-SHA-256 alone.</summary>
    /// <returns>The connection string, in which the user's password is missing.</returns>
    public async Task<string> CreateUser(string database, string user, string password)
    {
        string name = new NpgsqlConnectionStringBuilder(database).Database!;
        await Execute(database, $"CREATE ROLE {user} LOGIN PASSWORD '{password}'; ALTER DATABASE {name} OWNER TO {user}; GRANT ALL ON SCHEMA public TO {user}");
        await File.WriteAllLinesAsync(Path.Combine(DataFolder, "pg_hba.conf"), ["host all postgres 127.0.0.1/32 trust", "host all all 127.0.0.1/32 scram-sha-256"]);
        await Execute(database, "SELECT pg_reload_conf()");
        return new NpgsqlConnectionStringBuilder(database) { Username = user }.ConnectionString;
    }

    /// <summary>pg_dump of a database, whose users may go on meanwhile.</summary>
    /// <param name="options">More of pg_dump's.</param>
    /// <returns>The file.</returns>
    public async Task<string> Dump(string database, params string[] options)
    {
        string name = new NpgsqlConnectionStringBuilder(database).Database!, file = Path.Combine(_folder, $"{name}.dump");
        await Succeed("pg_dump", [.. Server, "--format", "custom", "--file", file, .. options, name]);
        return file;
    }

    /// <summary>pg_restore into a new database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> Restore(string dump)
    {
        string database = await CreateDatabase();
        await Succeed("pg_restore", [.. Server, "--exit-on-error", "--dbname", new NpgsqlConnectionStringBuilder(database).Database!, dump]);
        return database;
    }

    /// <returns>By which this process reaches the database.</returns>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host={Host};Port={_port};Database={database};Username=postgres");

    /// <param name="connectionString">By which this process reaches a database of the server's.</param>
    /// <returns>By which processes in its surroundings reach it.</returns>
    public string There(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Host = Address }.ConnectionString;

    /// <returns>The first column of the first row; null where there is none.</returns>
    public static async Task<object?> Execute(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>kill -9 of the postmaster: whatever was not on the disk is lost.</summary>
    public async Task Kill()
    {
        using var postmaster = Process.GetProcessById(int.Parse((await File.ReadAllLinesAsync(Path.Combine(DataFolder, "postmaster.pid")))[0], CultureInfo.InvariantCulture));
        postmaster.Kill();
        await postmaster.WaitForExitAsync();
    }

    /// <summary>Starts the server that was created, stopped or killed, and returns once it answers.</summary>
    public async Task Restart()
    {
        for (int attempt = 1; ; attempt++)
        {
            var (exitCode, output) = await Run("pg_ctl", "start", "-w", "-t", $"{Patience}", "-D", DataFolder, "-l", Path.Combine(_folder, "log"), "-o",
                string.Create(CultureInfo.InvariantCulture, $"-c listen_addresses={Address} -p {_port} -k '{(_surroundings is null ? "" : _folder)}' -c fsync={(_durable ? "on" : "off")}"));
            if (exitCode == 0)
            {
                return;
            }

            // The children of a killed postmaster hold its shared memory until they notice.
            if (attempt == Patience) throw new InvalidOperationException(output + await File.ReadAllTextAsync(Path.Combine(_folder, "log")));
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    public Task Stop() => Run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", DataFolder);

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_folder, recursive: true);
    }

    static partial void StopTestIfMissing();

    private async Task Create()
    {
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["postgres", _folder]);
            await chown.WaitForExitAsync();
        }

        await Succeed("initdb", "-D", DataFolder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        if (_surroundings is not null)
        {
            await File.AppendAllLinesAsync(Path.Combine(DataFolder, "pg_hba.conf"), ["host all all samenet trust"]);
        }
    }

    private string[] Server => ["--host", Host, "--port", _port.ToString(CultureInfo.InvariantCulture), "--username", "postgres"];

    private async Task Succeed(string program, params string[] arguments)
    {
        var (exitCode, output) = await Run(program, arguments);
        if (exitCode != 0) throw new InvalidOperationException(output);
    }

    private async Task<(int ExitCode, string Output)> Run(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(_bin, program), .. arguments];
        if (Environment.IsPrivilegedProcess)
        {
            command = ["runuser", "-u", "postgres", "--", .. command];
        }

        command = [.. _surroundings?.Within ?? [], .. command];

        // To a file, because the server that pg_ctl leaves behind would keep a pipe open.
        string output = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "out=$1; shift; exec \"$@\" > \"$out\" 2>&1", "sh", output, .. command]) { WorkingDirectory = "/" })!;
            await process.WaitForExitAsync();
            return (process.ExitCode, await File.ReadAllTextAsync(output));
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>The folder with the newest server's programs, where Debian keeps them or on the path.</summary>
    private static string? Bin()
    {
        const string Debian = "/usr/lib/postgresql";
        string[] installed = Directory.Exists(Debian) ? [.. Directory.GetDirectories(Debian).OrderByDescending(Version).Select(version => Path.Combine(version, "bin"))] : [];
        return installed.Concat(ProgramPath.Folders).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private static int Version(string folder) => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : 0;

    /// <summary>A network of its own for the server.</summary>
    /// <param name="Within">A command that runs the one after it there, as nsenter does.</param>
    /// <param name="Address">Where it listens, for all who are on that network.</param>
    internal sealed record Surroundings(IReadOnlyList<string> Within, string Address);
}
