using System.Collections.Immutable;

namespace Experiments.Training.Models;

/// <summary>The layers of the notebook's CNN for one image size, number of classes and choice of dropout rates.</summary>
public static class ModelSummary
{
    /// <summary>The smallest height and width that leave the third convolution a pixel.</summary>
    public const int MinimumImageSize = 18;

    /// <summary>The largest height and width: a checkpoint is then 0.95 GB, and what stores it takes at most 1 GB in one piece.</summary>
    public const int MaximumImageSize = 256;

    public static ImmutableArray<LayerSummary> Of(ImageSize image, int classes, DropoutRates rates)
    {
        var layers = ImmutableArray.CreateBuilder<LayerSummary>();
        int height = image.Height, width = image.Width, channels = 1;

        Convolve("conv1", 32);
        Pool("pool1");
        Drop("dropout1", rates.Conv1);
        Convolve("conv2", 64);
        Pool("pool2");
        Drop("dropout2", rates.Conv2);
        Convolve("conv3", 128);
        Drop("dropout3", rates.Conv3);
        int features = height * width * channels;
        layers.Add(new LayerSummary("flatten", "Flatten", [features], 0));
        Dense("dense1", 128);
        Drop("dropout4", rates.Dense);
        Dense("dense2", classes);
        return layers.ToImmutable();

        void Convolve(string name, int kernels)
        {
            (height, width) = (height - 2, width - 2);
            layers.Add(new LayerSummary(name, "Conv2D", [height, width, kernels], (kernels * 9 * channels) + kernels));
            channels = kernels;
        }

        void Pool(string name)
        {
            (height, width) = (height / 2, width / 2);
            layers.Add(new LayerSummary(name, "MaxPooling2D", [height, width, channels], 0));
        }

        void Drop(string name, double rate)
        {
            if (rate > 0)
            {
                layers.Add(new LayerSummary(name, "Dropout", layers[^1].OutputShape, 0));
            }
        }

        void Dense(string name, int units)
        {
            layers.Add(new LayerSummary(name, "Dense", [units], (features + 1) * units));
            features = units;
        }
    }
}
