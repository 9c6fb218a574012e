using System.CommandLine;
using Experiments.Client;
using Experiments.Client.Datasets;
using Experiments.Client.Grids;
using Experiments.Client.Results;
using Experiments.Client.Running;
using Experiments.Client.Watching;

var root = new RootCommand("Trains grids of experiments, here or on a cluster, and shows what came of them.")
{
    RunVerb.Create(),
    SubmitVerb.Create(),
    WatchVerb.Create(),
    ListVerb.Create(),
    ShowVerb.Create(),
    ReportVerb.Create(),
    ExportVerb.Create(),
    DatasetVerb.Create(),
    ValidateVerb.Create(),
};

return await CommandLine.Invoke(root, args);
