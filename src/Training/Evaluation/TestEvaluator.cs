using System.Security.Cryptography;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using Experiments.Training.Models;

namespace Experiments.Training.Evaluation;

/// <summary>The test-set result of a finished training.</summary>
internal static class TestEvaluator
{
    /// <param name="model">Holds the weights of the last epoch; may hold the best ones afterwards.</param>
    /// <param name="final">The state after the last epoch.</param>
    /// <exception cref="OperationCanceledException">Within a batch of <paramref name="stop"/>.</exception>
    public static (TestEvaluation Evaluation, Predictions Predictions) Evaluate(Network model, Checkpoint final, Dataset data, CancellationToken stop)
    {
        using var evaluator = new Evaluator(model, data.Test);
        int[] indices = [.. Enumerable.Range(0, data.Test.Count)];
        if (final.RestoresBest)
        {
            model.LoadBest(final);
        }

        var (loss, predictions) = evaluator.Run(indices, stop);
        var best = predictions;
        if (!final.RestoresBest && final.Position.BestEpoch < final.Position.CompletedEpochs)
        {
            model.LoadBest(final);
            (_, best) = evaluator.Run(indices, stop);
        }

        int correct = predictions.CountCorrect();
        var confusion = ConfusionMatrix.Of(predictions.Labels.AsSpan(), predictions.Predicted.AsSpan(), data.Classes.Length);
        var evaluation = new TestEvaluation
        {
            Test = new TestMetrics(loss, (double)correct / indices.Length, correct, indices.Length - correct),
            Report = ClassificationReports.Build(confusion, data.Classes),
            ConfusionMatrix = confusion,
            BestTestAccuracy = (double)best.CountCorrect() / indices.Length,
            WeightsSha256 = Convert.ToHexStringLower(SHA256.HashData(final.Weights())),
            Parameters = model.Parameters.Where(parameter => parameter.IsTrained).Sum(parameter => parameter.Count),
        };
        return (evaluation, predictions);
    }

    public static int CountCorrect(this Predictions predictions) =>
        predictions.Labels.Zip(predictions.Predicted).Count(pair => pair.First == pair.Second);
}
