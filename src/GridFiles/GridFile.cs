using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>
/// A grid file, read, checked and expanded. A value comes from, the later over the earlier: the default, the grid, the experiment, a matrix
/// (the experiment's or the grid's), and <c>--set</c>, which wins everywhere: where a matrix lists values for its key, it takes the place of
/// the whole list, and the key stays in the experiments' names.
/// </summary>
public sealed record GridFile
{
    private const int FashionMnistClasses = 10;

    private static readonly ImageSize FashionMnist = new(28, 28);

    private readonly ImmutableArray<ExpandedExperiment> _experiments;
    private readonly GridPlan _plan;

    private GridFile(string path, GridPlan plan, ImmutableArray<ExpandedExperiment> experiments)
    {
        (Path, _plan, _experiments) = (path, plan, experiments);
        Definition = plan.Grid with { Experiments = [.. experiments.Select(experiment => experiment.Definition)] };
    }

    /// <summary>As shown in messages.</summary>
    public string Path { get; }

    /// <summary>What the file resolves to; the dataset's SHA-256 is empty until the data are read.</summary>
    public GridDefinition Definition { get; }

    /// <param name="path">Of a UTF-8 file of at most 1 MB; what it names is relative to its folder.</param>
    /// <param name="overrides">The <c>--set</c> options, each <c>key=value</c>, such as <c>training.epochs=2</c>.</param>
    /// <exception cref="GridFileException">The file cannot be read, or is wrong; all its faults at once.</exception>
    public static GridFile Load(string path, IReadOnlyList<string> overrides)
    {
        string yaml = YamlText.Load(path, new FaultList(path));
        return Parse(yaml, path, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, overrides);
    }

    /// <param name="yaml">The text of a grid file.</param>
    /// <param name="path">Its name in messages.</param>
    /// <param name="folder">
    /// What the paths in it are relative to. Null where the text comes from another machine: data of the user's own are then those that a
    /// storage has, under <c>dataset.sha256</c>, and no file is looked for.
    /// </param>
    /// <param name="overrides">The <c>--set</c> options, each <c>key=value</c>, such as <c>training.epochs=2</c>.</param>
    /// <exception cref="GridFileException">The text is wrong; all its faults at once.</exception>
    public static GridFile Parse(string yaml, string path, string? folder, IReadOnlyList<string> overrides)
    {
        var faults = new FaultList(path);
        Overrides options = Overrides.Read(overrides, faults);
        GridPlan? plan = new GridReader(folder, options, faults).Read(YamlTree.Read(yaml, faults));
        ImmutableArray<ExpandedExperiment> experiments = plan is null ? [] : Expansion.Of(plan.Experiments);
        ExpandedNames.Check(experiments, faults);
        ConditionalKey.Check(experiments, faults);
        faults.ThrowIfAny();
        var file = new GridFile(path, plan!, experiments);
        if (plan!.Grid.Dataset is { Name: DatasetReference.FashionMnist, Files: null }) file.CheckImages(FashionMnist, FashionMnistClasses, faults);
        faults.ThrowIfAny();
        return file;
    }

    /// <summary>What to throw where the dataset cannot be had, with the place of its name.</summary>
    /// <param name="reason">A sentence, with the remedy.</param>
    public GridFileException RefuseDataset(string reason) => new FaultList(Path).And(_plan.Dataset, $"dataset: {reason}");

    /// <summary>
    /// Checks what only the data can say: that the split leaves images to train on, a batch is no more than those, and each model takes the
    /// images, as it was checked for the built-in dataset when the file was read.
    /// </summary>
    /// <param name="trainingImages">Images of the training file, before the split.</param>
    /// <param name="image">Of each of them.</param>
    /// <param name="classes">How many there are.</param>
    /// <exception cref="GridFileException">With the place of the value that is wrong, or of the part of the file whose default applies.</exception>
    public void CheckAgainst(int trainingImages, ImageSize image, int classes)
    {
        var faults = new FaultList(Path);
        foreach (ExpandedExperiment experiment in _experiments)
        {
            ExperimentConfig config = experiment.Definition.Config;

            int training = config.Split.TrainCount(trainingImages);
            int validation = trainingImages - training;
            if (training < 1 || validation < 1)
                faults.Add(experiment.PlaceOf("split.validation") ?? _plan.Split, FormattableString.Invariant(
                    $"split.validation: {config.Split.Validation} of {trainingImages:N0} training images leaves {training:N0} to train and {validation:N0} to validate on; each wants at least 1."));
            else if (config.Training.BatchSize > training)
                faults.Add(experiment.PlaceOf("training.batchSize") ?? _plan.Training, FormattableString.Invariant(
                    $"training.batchSize: is {config.Training.BatchSize:N0}, but the split leaves {training:N0} of {trainingImages:N0} images to train on; 1 to {training:N0} is allowed."));
        }

        CheckImages(image, classes, faults);
        faults.ThrowIfAny();
    }

    private void CheckImages(ImageSize image, int classes, FaultList faults)
    {
        var models = new Dictionary<ModelConfig, ImmutableArray<ModelFault>>();
        var told = new HashSet<(Place, string)>();
        foreach (ExpandedExperiment experiment in _experiments)
        {
            ExperimentConfig config = experiment.Definition.Config;
            if (config.Training.Augmentation.Shift >= Math.Min(image.Height, image.Width))
                faults.Add(experiment.PlaceOf("training.augmentation.shift")!.Value, FormattableString.Invariant(
                    $"training.augmentation.shift: is {config.Training.Augmentation.Shift}, but the images are {image.Height} × {image.Width}; 0 to {Math.Min(image.Height, image.Width) - 1} is allowed."));

            var model = config.Model ?? ModelConfig.BuiltIn;
            if (!models.TryGetValue(model, out var found)) models.Add(model, found = ModelSummary.Faults(model.Layers, image, classes));

            foreach (var fault in found)
            {
                Place place = experiment.PlaceOfLayer(fault.Layer) ?? _plan.Dataset;
                if (told.Add((place, fault.Message)))
                    faults.Add(place, FormattableString.Invariant(
                        $"model.{model.Layers[fault.Layer].Name}: {fault.Message} (experiment '{experiment.Definition.Name}', images of {image.Height} × {image.Width} in {classes} classes)."));
            }
        }
    }
}
