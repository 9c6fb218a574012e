namespace Experiments.Dashboard.Submitting;

internal static class SubmittingExtensions
{
    public static void AddSubmitting(this IServiceCollection services)
    {
        services.AddSingleton<DatasetContents>();
        services.AddSingleton<GridDrafts>();
        services.AddSingleton<GridClones>();
    }
}
