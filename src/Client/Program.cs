using System.CommandLine;
using Experiments;
using Experiments.Client;
using Experiments.Client.Control;
using Experiments.Client.Dashboards;
using Experiments.Client.Datasets;
using Experiments.Client.Doctor;
using Experiments.Client.Grids;
using Experiments.Client.Migration;
using Experiments.Client.Results;
using Experiments.Client.Running;
using Experiments.Client.Silos;
using Experiments.Client.Watching;

var root = new RootCommand("Trains grids of experiments, here or on a cluster, and shows what came of them.")
{
    RunVerb.Create(),
    SubmitVerb.Create(),
    WatchVerb.Create(),
    SilosVerb.Create(),
    ListVerb.Create(),
    ShowVerb.Create(),
    ReportVerb.Create(),
    ExportVerb.Create(),
    ControlVerbCommand.Create(ControlVerb.Cancel, "Ends the training of a grid or an experiment at the next batch; its checkpoint stays"),
    ControlVerbCommand.Create(ControlVerb.Pause, "Stops a grid or an experiment at the next batch, with a checkpoint, until it is resumed"),
    ControlVerbCommand.Create(ControlVerb.Resume, "Goes on with what is paused"),
    ControlVerbCommand.Create(ControlVerb.Retry, "Goes on with what failed or was cancelled, from its checkpoint"),
    DeleteVerb.Create(),
    DatasetVerb.Create(),
    DashboardVerb.Create(),
    ValidateVerb.Create(),
    MigrateVerb.Create(),
    DoctorVerb.Create(),
};

return await CommandLine.Invoke(root, args);
