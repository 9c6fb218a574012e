using MudBlazor.Services;

namespace Experiments.Dashboard.Shell;

internal static class ShellExtensions
{
    /// <summary>Bytes that a page may send at once: a grid file of 1 MB in the editor.</summary>
    private const int LargestMessage = 2 * 1024 * 1024;

    public static void AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = LargestMessage);
        services.AddMudServices();
        services.AddScoped<ViewAddress>();
    }

    public static void MapShell(this WebApplication app)
    {
        // The program's own scripts, styles and pictures, which the page to sign in wants too.
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(circuits => circuits.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
