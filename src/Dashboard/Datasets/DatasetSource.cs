namespace Experiments.Dashboard.Datasets;

internal static class DatasetSource
{
    /// <summary>Where silos take a dataset from, for people.</summary>
    public static string Of(DatasetReference dataset) => dataset switch
    {
        { IsStored: true } => "stored in the cluster, sent with a grid",
        { Files: null } => "built in: from each silo's own files, or fetched",
        _ => "files that each silo reads",
    };
}
