namespace Experiments.Dashboard.Security;

/// <summary>Who is let in. All null: whoever is on this machine, which only loopback addresses allow.</summary>
/// <param name="Operators">What lets its bearer see and change everything.</param>
/// <param name="Readers">What lets its bearer see everything and change nothing.</param>
/// <param name="Issuer">Who else says who somebody is.</param>
internal sealed record Access(ApiKey? Operators, ApiKey? Readers, OidcIssuer? Issuer)
{
    public static Access Open { get; } = new(null, null, null);

    public bool IsOpen => this == Open;

    public bool AsksForKey => Operators is not null || Readers is not null;
}
