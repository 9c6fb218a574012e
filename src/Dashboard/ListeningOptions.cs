using System.CommandLine;
using Experiments.Dashboard.Operation;
using Experiments.Dashboard.Security;

namespace Experiments.Dashboard;

/// <summary>The options, of every command that serves the dashboard, for where it listens, whom it lets in, and where it points to.</summary>
internal sealed class ListeningOptions
{
    private readonly Option<string> _urls = new("--urls")
    {
        HelpName = "URL[;URL…]",
        Description = $"Where to listen; other addresses than the loopback ones want {DashboardCommand.KeyVariable} or an issuer",
        DefaultValueFactory = _ => DashboardOptions.UsualUrl,
    };

    private readonly Option<string> _allowedHosts = new("--allowed-hosts")
    {
        HelpName = "NAME[,NAME…]",
        Description = "Names, beside those of --urls and the loopback ones, by which browsers and clients may reach it; with https:// where a proxy in front speaks it",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        HelpName = "FILE",
        Description = $"Holds the key that lets in whoever may see and change everything (default: {DashboardCommand.KeyVariable})",
    };

    private readonly Option<string?> _readKeyFile = new("--read-key-file")
    {
        HelpName = "FILE",
        Description = $"Holds the key that lets in whoever may only look (default: {DashboardCommand.ReadKeyVariable})",
    };

    private readonly Option<string?> _issuer = new("--oidc-issuer")
    {
        HelpName = "URL",
        Description = "OpenID Connect issuer whose users may sign in; they read, unless --oidc-operators says more",
    };

    private readonly Option<string?> _client = new("--oidc-client")
    {
        HelpName = "ID",
        Description = "Client id of the dashboard at the issuer; a secret belongs in EXPERIMENTS_OIDC_SECRET",
    };

    private readonly Option<string?> _operators = new("--oidc-operators")
    {
        HelpName = "CLAIM=VALUE",
        Description = "What the issuer says of those users who may change everything, such as groups=ml-team",
    };

    private readonly Option<string?> _traces = new("--traces")
    {
        HelpName = "URL",
        Description = $"Where traces are shown, with {{id}} for a trace's id, such as http://localhost:16686/trace/{{id}} (default: {DashboardCommand.TracesVariable})",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_urls, _allowedHosts, _keyFile, _readKeyFile, _issuer, _client, _operators, _traces])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="DashboardOptionException">An option cannot be used.</exception>
    public DashboardOptions Of(ParseResult parsed) => Listening(parsed) with { Traces = TracesOf(parsed) };

    private TraceAddress? TracesOf(ParseResult parsed) =>
        (parsed.GetValue(_traces) ?? Environment.GetEnvironmentVariable(DashboardCommand.TracesVariable)) is { Length: > 0 } traces ? new TraceAddress(traces) : null;

    private DashboardOptions Listening(ParseResult parsed) => DashboardOptions.Create(
        parsed.GetRequiredValue(_urls),
        parsed.GetRequiredValue(_allowedHosts),
        new Access(
            ApiKey.Of(DashboardCommand.KeyVariable, "--key-file", parsed.GetValue(_keyFile)),
            ApiKey.Of(DashboardCommand.ReadKeyVariable, "--read-key-file", parsed.GetValue(_readKeyFile)),
            OidcIssuer.Create(parsed.GetValue(_issuer), parsed.GetValue(_client), Environment.GetEnvironmentVariable("EXPERIMENTS_OIDC_SECRET"), parsed.GetValue(_operators))));
}
