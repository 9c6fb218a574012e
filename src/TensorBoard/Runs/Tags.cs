namespace Experiments.TensorBoard.Runs;

/// <summary>Names of what a run holds; TensorBoard shows together what has the same first part.</summary>
internal static class Tags
{
    public const string
        TrainLoss = "loss/train", ValidationLoss = "loss/validation", TestLoss = "loss/test",
        TrainAccuracy = "accuracy/train", ValidationAccuracy = "accuracy/validation", TestAccuracy = "accuracy/test",
        BestValidationLoss = "best/validation_loss", BestTestAccuracy = "best/test_accuracy",
        EpochSeconds = "speed/epoch_seconds", ImagesPerSecond = "speed/images_per_second",
        ConfusionMatrix = "test/confusion_matrix";
}
