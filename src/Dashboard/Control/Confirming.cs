using MudBlazor;

namespace Experiments.Dashboard.Control;

internal static class Confirming
{
    /// <summary>Asks whoever looks, and says what happens.</summary>
    /// <returns>Whether it is wanted.</returns>
    public static async Task<bool> Confirm(this IDialogService dialogs, string title, string consequence, string verb, bool isFinal)
    {
        var parameters = new DialogParameters<Confirmation>
        {
            { dialog => dialog.Consequence, consequence },
            { dialog => dialog.Verb, verb },
            { dialog => dialog.IsFinal, isFinal },
        };
        var shown = await dialogs.ShowAsync<Confirmation>(title, parameters);
        return await shown.Result is { Canceled: false };
    }
}
