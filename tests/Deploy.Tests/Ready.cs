using System.Globalization;

namespace Experiments.Deploy.Tests;

/// <summary>Waits for what starts, as a supervisor does.</summary>
internal static class Ready
{
    private const int Patience = 120;

    /// <summary>Asks with the containers' own health check until it is content.</summary>
    public static async Task Probed(Sandbox sandbox, int port, string path)
    {
        for (int second = 0; ; second++)
        {
            var (exitCode, _) = await Tool.Bash.Try([("HOSTNAME", "127.0.0.1")], Repository.Deploy("containers", "probe.sh"), port.ToString(CultureInfo.InvariantCulture), path);
            if (exitCode == 0) return;

            Assert.True(!sandbox.HasEnded && second < Patience, sandbox.Output);
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }
    }
}
