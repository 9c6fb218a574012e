using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Experiments.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Experiments.Dashboard.Tests.SigningIn;

/// <summary>An OpenID Connect issuer, as its specification has the authorization code flow with PKCE; it signs in the one user it knows without asking.</summary>
internal sealed class OwnIssuer : IAsyncDisposable
{
    public const string ClientId = "experiments-dashboard";

    private readonly WebApplication _host;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "one" };
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Redirect)> _codes = new();
    private readonly Claim[] _user;

    private OwnIssuer(WebApplication host, Uri address, Claim[] user) => (_host, Address, _user) = (host, address, user);

    public Uri Address { get; }

    /// <param name="user">What it says of its user, beside the subject.</param>
    public static async Task<OwnIssuer> Start(params Claim[] user)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address.ToString());
        builder.Services.AddRouting();
        var issuer = new OwnIssuer(builder.Build(), address, user);
        issuer.Map();
        await issuer._host.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private void Map()
    {
        _host.UseRouting();
        _host.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Address.ToString(),
            ["authorization_endpoint"] = new Uri(Address, "authorize"),
            ["token_endpoint"] = new Uri(Address, "token"),
            ["jwks_uri"] = new Uri(Address, "keys"),
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        }));
        _host.MapGet("/keys", () =>
        {
            var key = _key.Rsa.ExportParameters(includePrivateParameters: false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = _key.KeyId, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } });
        });
        _host.MapGet("/authorize", Authorize);
        _host.MapPost("/token", Token);
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256") return Results.BadRequest();

        string code = Guid.NewGuid().ToString("N"), redirect = query["redirect_uri"]!;
        _codes[code] = (query["code_challenge"]!, query["nonce"]!, redirect);
        return Results.Redirect(QueryHelpers.AddQueryString(redirect, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        string challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!)));
        if (!_codes.TryRemove(form["code"]!, out var asked) || asked.Challenge != challenge || asked.Redirect != form["redirect_uri"]) return Results.BadRequest();

        string token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address.ToString(),
            Audience = ClientId,
            Subject = new ClaimsIdentity([new Claim("sub", "42"), new Claim("nonce", asked.Nonce), .. _user]),
            Expires = DateTime.UtcNow.AddMinutes(5),
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = Guid.NewGuid().ToString("N"), token_type = "Bearer", expires_in = 300, id_token = token });
    }
}
