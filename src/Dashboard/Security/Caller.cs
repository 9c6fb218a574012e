using System.Security.Claims;

namespace Experiments.Dashboard.Security;

/// <summary>Who asks, as the authentication schemes make them out.</summary>
internal static class Caller
{
    /// <returns>Null where the key is none of those that let in.</returns>
    public static ClaimsPrincipal? OfKey(Access access, string key, string scheme)
    {
        // Both are compared whatever the first comes to.
        bool isOperator = access.Operators?.Is(key) ?? false, isReader = access.Readers?.Is(key) ?? false;
        return isOperator ? Of("api key", Role.Operator, scheme) : isReader ? Of("read-only key", Role.Reader, scheme) : null;
    }

    public static ClaimsPrincipal Of(string name, string role, string scheme) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role)], scheme));
}
