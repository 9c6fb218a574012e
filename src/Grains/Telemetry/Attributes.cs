namespace Experiments.Grains.Telemetry;

/// <summary>Names of what spans and measurements say of themselves; those without our own prefix are OpenTelemetry's.</summary>
internal static class Attributes
{
    public const string Experiment = "experiments.experiment.id";
    public const string ExperimentName = "experiments.experiment.name";
    public const string Variant = "experiments.variant";
    public const string Grid = "experiments.grid.name";
    public const string GridId = "experiments.grid.id";
    public const string Lease = "experiments.lease";
    public const string Silo = "experiments.silo";
    public const string Outcome = "experiments.attempt.outcome";

    public const string Epoch = "experiments.epoch";
    public const string Epochs = "experiments.epochs";
    public const string TrainLoss = "experiments.train.loss";
    public const string TrainAccuracy = "experiments.train.accuracy";
    public const string ValidationLoss = "experiments.validation.loss";
    public const string ValidationAccuracy = "experiments.validation.accuracy";
    public const string TestLoss = "experiments.test.loss";
    public const string TestAccuracy = "experiments.test.accuracy";
    public const string ImagesPerSecond = "experiments.images_per_second";
    public const string CheckpointBytes = "experiments.checkpoint.bytes";

    public const string Operation = "db.operation.name";
    public const string ErrorType = "error.type";
}
