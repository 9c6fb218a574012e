using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Experiments.Dashboard.Security;

/// <summary>Signs in users of an OpenID Connect issuer by the authorization code flow with PKCE.</summary>
internal static class IssuerSignIn
{
    public const string Scheme = "Issuer", CallbackPath = "/signed-in";

    private const string NameClaim = "name", SubjectClaim = "sub", PreferredName = "preferred_username";

    public static void AddIssuer(this AuthenticationBuilder authentication, OidcIssuer? issuer)
    {
        if (issuer is null) return;

        authentication.AddOpenIdConnect(Scheme, oidc =>
        {
            oidc.SignInScheme = SessionCookie.Scheme;
            oidc.Authority = issuer.Authority.ToString();
            oidc.RequireHttpsMetadata = issuer.Authority.Scheme == Uri.UriSchemeHttps;
            (oidc.ClientId, oidc.ClientSecret) = (issuer.ClientId, issuer.ClientSecret);
            oidc.ResponseType = OpenIdConnectResponseType.Code;
            // By query, so that the cookies which tie the answer to the question may stay out of other sites' requests.
            oidc.ResponseMode = OpenIdConnectResponseMode.Query;
            oidc.UsePkce = true;
            oidc.CallbackPath = CallbackPath;
            oidc.MapInboundClaims = false;
            oidc.Scope.Clear();
            oidc.Scope.Add("openid");
            oidc.Scope.Add("profile");
            oidc.CorrelationCookie.SameSite = oidc.NonceCookie.SameSite = SameSiteMode.Lax;
            oidc.CorrelationCookie.SecurePolicy = oidc.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            oidc.Events.OnTokenValidated = context =>
            {
                // Of all that the issuer says, the cookie carries only what is asked for later.
                context.Principal = CallerOf(context.Principal!, issuer.OperatorClaim);
                return Task.CompletedTask;
            };
            oidc.Events.OnRemoteFailure = context =>
            {
                context.HandleResponse();
                context.Response.Redirect($"{SignInPage.Path}?failed=issuer");
                return Task.CompletedTask;
            };
        });
    }

    private static ClaimsPrincipal CallerOf(ClaimsPrincipal user, RequiredClaim? operators)
    {
        string name = user.FindFirstValue(NameClaim) ?? user.FindFirstValue(PreferredName) ?? user.FindFirstValue(SubjectClaim) ?? "somebody";
        bool isOperator = operators is not null && user.HasClaim(operators.Type, operators.Value);
        return Caller.Of(name, isOperator ? Role.Operator : Role.Reader, Scheme);
    }
}
