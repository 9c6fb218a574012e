using System.Text.RegularExpressions;

namespace Experiments.Deploy.Tests;

/// <summary>The composed cluster as Docker's compose reads it; no engine is at hand to start it.</summary>
public sealed partial class ComposeTests : IDisposable
{
    private static readonly string[] Secrets = ["POSTGRES_PASSWORD", "EXPERIMENTS_API_KEY", "EXPERIMENTS_READ_KEY", "GRAFANA_PASSWORD"];

    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-compose-").FullName;

    [Fact]
    public async Task ItIsValidAndPublishesNothingBeyondThisMachine()
    {
        var (exitCode, resolved) = await Config([.. Secrets.Select(secret => $"{secret}=given")]);

        Assert.True(exitCode == 0, resolved);
        string[] published = [.. Published().Matches(resolved).Select(port => port.Groups[1].Value).Order()];
        Assert.Equal(["127.0.0.1:16686:16686", "127.0.0.1:3000:3000", "127.0.0.1:5080:5080"], published);
        string[] images = [.. Image().Matches(resolved).Select(image => image.Groups[1].Value)];
        Assert.Equal(7, images.Length);
        Assert.All(images, image => Assert.Matches(@":v?\d+\.\d+(\.\d+)?(-\w+)?$", image));
    }

    [Fact]
    public async Task WhatItMountsIsThere()
    {
        string text = await File.ReadAllTextAsync(Repository.Deploy("compose.yaml"), TestContext.Current.CancellationToken);
        string[] mounted = [.. Mounted().Matches(text).Select(mount => mount.Groups[1].Value)];

        Assert.NotEmpty(mounted);
        Assert.All(mounted, path => Assert.True(Path.Exists(Repository.Deploy(path)), path));
    }

    [Theory]
    [InlineData("POSTGRES_PASSWORD")]
    [InlineData("EXPERIMENTS_API_KEY")]
    [InlineData("EXPERIMENTS_READ_KEY")]
    [InlineData("GRAFANA_PASSWORD")]
    public async Task ASecretThatIsNotGivenStopsIt(string secret)
    {
        var (exitCode, output) = await Config([.. Secrets.Where(other => other != secret).Select(other => $"{other}=given")]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("set it in .env", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheExampleNamesEachSetting()
    {
        string compose = await File.ReadAllTextAsync(Repository.Deploy("compose.yaml"), TestContext.Current.CancellationToken);
        string example = await File.ReadAllTextAsync(Repository.Deploy(".env.example"), TestContext.Current.CancellationToken);

        Assert.Equal(
            Variable().Matches(compose).Select(variable => variable.Groups[1].Value).Distinct().Order(),
            Setting().Matches(example).Select(setting => setting.Groups[1].Value).Order());
        Assert.All(Secrets, secret => Assert.Contains($"\n{secret}=\n", example, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Debian's docker-compose 1.29 knows all of the file but two newer ways to say a thing.</summary>
    private async Task<(int ExitCode, string Output)> Config(string[] settings)
    {
        string text = await File.ReadAllTextAsync(Repository.Deploy("compose.yaml"), TestContext.Current.CancellationToken);
        string known = text.Replace("name: experiments\n", "", StringComparison.Ordinal).Replace("{ environment: EXPERIMENTS_READ_KEY }", "{ file: ./key }", StringComparison.Ordinal);
        string file = Path.Combine(_folder, "compose.yaml"), env = Path.Combine(_folder, "env");
        await File.WriteAllTextAsync(file, known, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(env, settings, TestContext.Current.CancellationToken);
        return await Tool.Compose.Try([], "--env-file", env, "-f", file, "config");
    }

    [GeneratedRegex(@"^ +- (\d[\d.]*:\d+:\d+)/tcp$", RegexOptions.Multiline)]
    private static partial Regex Published();

    [GeneratedRegex("^ +image: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Image();

    [GeneratedRegex(@"\./(telemetry/[^:]+):")]
    private static partial Regex Mounted();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex("^([A-Z_]+)=", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
