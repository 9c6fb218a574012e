using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Experiments.Dashboard.Shell;

/// <summary>
/// How a page is shown, which its address says. The browser tells a moment later that it is at an address that it was sent to; what is put into
/// it meanwhile is added to what was put there before.
/// </summary>
internal sealed class ViewAddress : IDisposable
{
    private readonly NavigationManager _navigation;
    private string? _ahead;
    private int _sent;

    public ViewAddress(NavigationManager navigation)
    {
        _navigation = navigation;
        _navigation.LocationChanged += OnLocationChanged;
    }

    private string Newest => _ahead ?? _navigation.Uri;

    /// <returns>Null where the address has no such parameter.</returns>
    public string? Get(string parameter) => QueryHelpers.ParseQuery(new Uri(Newest).Query).TryGetValue(parameter, out var values) ? values[0] : null;

    /// <param name="value">Null takes the parameter away.</param>
    public void Set(string parameter, string? value) => Set(new Dictionary<string, object?> { [parameter] = value });

    /// <summary>Several at once.</summary>
    public void Set(IReadOnlyDictionary<string, object?> parameters)
    {
        _ahead = _navigation.GetUriWithQueryParameters(Newest, parameters);
        _sent++;
        _navigation.NavigateTo(_ahead, replace: true);
    }

    public void Dispose() => _navigation.LocationChanged -= OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        // Who has gone to another page has left what was under way behind.
        bool isElsewhere = _ahead is not null && new Uri(change.Location).AbsolutePath != new Uri(_ahead).AbsolutePath;
        _sent--;
        if (_sent <= 0 || isElsewhere || change.Location == _ahead) (_ahead, _sent) = (null, 0);
    }
}
