using Experiments.Training.Data;
using Experiments.Training.Evaluation;
using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly ImageSet Images = Some.Images(600, height: 18, width: 18);

    public EvaluatorTests() => LibTorch.Load();

    [Fact]
    public void FullAndPartialBatchesSayTheSameOfEachImage()
    {
        using var model = Some.Network(new ImageSize(18, 18), 10, Some.Rates, seed: 1);
        using var evaluator = new Evaluator(model, Images);
        int[] indices = [.. Enumerable.Range(0, 513).Reverse()];

        var (loss, all) = evaluator.Run(indices, CancellationToken.None);

        Assert.Equal(indices.Select(index => Images.Labels[index]), all.Labels);
        double sum = 0;
        for (int i = 0; i < indices.Length; i += 64)
        {
            var (one, alone) = evaluator.Run([indices[i]], CancellationToken.None);
            Assert.Equal(all.Predicted[i], alone.Predicted[0]);
            Assert.Equal(all.Probabilities[i], alone.Probabilities[0], 1e-5f);
            sum += one;
        }

        Assert.InRange(loss, 0.5 * sum / 9, 2 * sum / 9);
        Assert.All(all.Probabilities, probability => Assert.InRange(probability, 0.1f, 1f));
    }

    [Fact]
    public void TheLossIsTheMeanOverTheImagesNotOverTheBatches()
    {
        using var model = Some.Network(new ImageSize(18, 18), 10, new DropoutRates(), seed: 1);
        using var evaluator = new Evaluator(model, Images);

        double mean = Enumerable.Range(0, 300).Average(i => evaluator.Run([i], CancellationToken.None).Loss);

        Assert.Equal(mean, evaluator.Run([.. Enumerable.Range(0, 300)], CancellationToken.None).Loss, 1e-6);
    }

    [Fact]
    public void AStopEndsIt()
    {
        using var model = Some.Network(new ImageSize(18, 18), 10, new DropoutRates(), seed: 1);
        using var evaluator = new Evaluator(model, Images);

        Assert.Throws<OperationCanceledException>(() => evaluator.Run([0, 1], new CancellationToken(canceled: true)));
    }
}
