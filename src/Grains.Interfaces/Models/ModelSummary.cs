using System.Collections.Immutable;
using System.Globalization;

namespace Experiments;

/// <summary>What a list of layers comes to for images of one size: the shape after each layer, and its parameters.</summary>
public static class ModelSummary
{
    /// <summary>The largest height and width of images, in pixels.</summary>
    public const int MaximumImageSize = 256;

    /// <summary>The most parameters: a checkpoint, which holds each four times, is then 1 GB, and what stores it takes no more in one piece.</summary>
    public const int MaximumParameters = 62_500_000;

    /// <exception cref="ArgumentException">The layers are no model for these images: <see cref="Faults"/> says why.</exception>
    public static ImmutableArray<LayerSummary> Of(ImmutableArray<LayerConfig> layers, ImageSize image, int classes)
    {
        var (summary, faults) = Walk(layers, image, classes);
        return faults.IsEmpty ? summary : throw new ArgumentException($"{layers[faults[0].Layer].Name}: {faults[0].Message}", nameof(layers));
    }

    /// <summary>None where the layers are a model. What follows from a fault is not told.</summary>
    public static ImmutableArray<ModelFault> Faults(ImmutableArray<LayerConfig> layers, ImageSize image, int classes) => Walk(layers, image, classes).Faults;

    private static (ImmutableArray<LayerSummary> Summary, ImmutableArray<ModelFault> Faults) Walk(ImmutableArray<LayerConfig> layers, ImageSize image, int classes)
    {
        var summary = ImmutableArray.CreateBuilder<LayerSummary>();
        ImmutableArray<int> shape = [image.Height, image.Width, 1];
        long parameters = 0;
        foreach (var (index, layer) in layers.Index())
        {
            var (output, own, fault) = After(layer, shape, classes);
            parameters += own;
            fault ??= parameters > MaximumParameters
                ? Text($"with it the model has {parameters:N0} parameters, and {MaximumParameters:N0} are the most; make it smaller, or pool before it")
                : null;
            if (fault is not null)
            {
                return ([], [new ModelFault(index, fault)]);
            }

            shape = output;
            if (layer is not DropoutConfig { Rate: 0 })
            {
                summary.Add(new LayerSummary(layer.Name, TypeOf(layer), shape, (int)own));
            }
        }

        return layers[^1] is DenseConfig { Activation: Activation.None } && shape is [var values] && values == classes
            ? (summary.ToImmutable(), [])
            : ([], [new ModelFault(layers.Length - 1, Text($"a model ends with a dense layer without activation that gives one value of each of the {classes} classes: leave its units and its activation out"))]);
    }

    private static (ImmutableArray<int> Shape, long Parameters, string? Fault) After(LayerConfig layer, ImmutableArray<int> shape, int classes)
    {
        switch (layer)
        {
            case Conv2dConfig convolution when shape is [var height, var width, var channels]:
                int least = convolution.Padding == Padding.Same ? 1 : convolution.Kernel;
                return convolution switch
                {
                    { Padding: Padding.Same, Stride: > 1 } => Fault($"padding same wants stride 1, not {convolution.Stride}"),
                    _ when height < least || width < least => Fault($"a kernel of {convolution.Kernel} × {convolution.Kernel} does not fit into a feature map of {height} × {width}"),
                    _ => ([convolution.Side(height), convolution.Side(width), convolution.Filters],
                        (long)convolution.Filters * ((convolution.Kernel * convolution.Kernel * channels) + 1), null),
                };
            case MaxPool2dConfig pool when shape is [var height, var width, var channels]:
                return height < pool.Size || width < pool.Size
                    ? Fault($"squares of {pool.Size} × {pool.Size} do not fit into a feature map of {height} × {width}")
                    : ([pool.Side(height), pool.Side(width), channels], 0, null);
            case BatchNorm2dConfig when shape is [_, _, var channels]:
                return (shape, 2L * channels, null);
            case FlattenConfig when shape is [var height, var width, var channels]:
                return ([height * width * channels], 0, null);
            case DenseConfig dense when shape is [var values]:
                int units = dense.Units ?? classes;
                return ([units], ((long)values + 1) * units, null);
            case DropoutConfig:
                return (shape, 0, null);
            case DenseConfig:
                return Fault($"takes a row of values, but gets a feature map; put flatten before it");
            default:
                return Fault($"takes a feature map, but gets a row of values; put it before flatten");
        }

        (ImmutableArray<int>, long, string?) Fault(FormattableString text) => (shape, 0, Text(text));
    }

    private static string TypeOf(LayerConfig layer) => layer switch
    {
        Conv2dConfig => "Conv2D",
        MaxPool2dConfig => "MaxPooling2D",
        DropoutConfig => "Dropout",
        BatchNorm2dConfig => "BatchNormalization",
        FlattenConfig => "Flatten",
        _ => "Dense",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
