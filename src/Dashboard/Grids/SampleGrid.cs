namespace Experiments.Dashboard.Grids;

/// <summary>A grid to begin with.</summary>
internal static class SampleGrid
{
    public const string Yaml =
        """
        name: dropout
        dataset: fashion-mnist
        training: { epochs: 10 }
        experiments:
          - name: baseline
          - name: dropout
            dropout: { conv1: 0.25, conv2: 0.25, conv3: 0.4, dense: 0.3 }
        matrix: { training.seed: [1, 2, 3] }
        """;
}
