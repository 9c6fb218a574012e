using System.Collections.Immutable;
using Experiments.Training.Randomness;

namespace Experiments.Training.Models;

/// <summary>
/// Makes a network's layers of a list of them: neighbours that one pass over memory computes become one layer, others stay by themselves.
/// Weights are drawn by the number of their layer among those that have some, masks by the number of theirs among the dropout layers.
/// </summary>
internal sealed class NetworkPlan
{
    /// <summary>Channels that the fused layers take at once.</summary>
    private const int Lanes = 8;

    private readonly ImmutableArray<LayerConfig> _configs;
    private readonly ImmutableArray<Layer>.Builder _layers = ImmutableArray.CreateBuilder<Layer>();
    private readonly int _classes;
    private readonly long _seed;
    private int _height, _width, _channels = 1;
    private int _weighted, _dropouts;

    /// <summary>The shape that flatten saw, where the next dense layer is on it: others see its weights in the order of a channels-first map.</summary>
    private long[]? _featureMap;

    public NetworkPlan(ImmutableArray<LayerConfig> configs, ImageSize image, int classes, long seed)
    {
        (_configs, _classes, _seed) = (configs, classes, seed);
        Input = Used(configs, image);
        (_height, _width) = (Input.Height, Input.Width);
        for (int next = 0; next < configs.Length;)
        {
            next += Add(next);
        }

        Layers = _layers.ToImmutable();
    }

    public ImageSize Input { get; }

    public ImmutableArray<Layer> Layers { get; }

    private bool IsFirst => _layers.Count == 0;

    /// <summary>
    /// The part of the images that reaches the result. Goes back from where the feature map must be whole, at the latest from flatten: what
    /// pooling or a stride leaves out need not be computed by the layers before.
    /// </summary>
    private static ImageSize Used(ImmutableArray<LayerConfig> configs, ImageSize image)
    {
        ImmutableArray<LayerConfig> cut = [.. configs.TakeWhile(layer => layer is Conv2dConfig { Padding: Padding.Valid } or MaxPool2dConfig or DropoutConfig)];
        int Side(int whole)
        {
            int side = cut.Aggregate(whole, (size, layer) => layer switch
            {
                Conv2dConfig convolution => convolution.Side(size),
                MaxPool2dConfig pool => pool.Side(size),
                _ => size,
            });
            return cut.Reverse().Aggregate(side, (size, layer) => layer switch
            {
                Conv2dConfig convolution => ((size - 1) * convolution.Stride) + convolution.Kernel,
                MaxPool2dConfig pool => size * pool.Size,
                _ => size,
            });
        }

        return new ImageSize(Side(image.Height), Side(image.Width));
    }

    /// <returns>How many of the list it takes.</returns>
    private int Add(int index)
    {
        switch (_configs[index])
        {
            case Conv2dConfig convolution:
                return AddConvolution(convolution, index + 1);
            case DenseConfig dense:
                return AddDense(dense, index + 1);
            case MaxPool2dConfig pool:
                _layers.Add(new MaxPoolLayer(pool.Size, IsFirst));
                (_height, _width) = (pool.Side(_height), pool.Side(_width));
                return 1;
            case BatchNorm2dConfig norm:
                _layers.Add(new BatchNormLayer(Values(norm, "weight", 1), Values(norm, "bias", 0), Values(norm, "running_mean", 0, isTrained: false), Values(norm, "running_var", 1, isTrained: false), norm, IsFirst));
                return 1;
            case FlattenConfig:
                _layers.Add(new FlattenLayer(_height, _width, _channels));
                _featureMap = [_channels, _height, _width];
                (_height, _width, _channels) = (1, 1, _height * _width * _channels);
                return 1;
            case DropoutConfig { Rate: var rate }:
                var dropout = NextDropout(rate);
                if (rate > 0)
                {
                    _layers.Add(new DropoutLayer(dropout, (long)_height * _width * _channels));
                }

                return 1;
            default:
                throw new ArgumentException($"{_configs[index].Name}: no network has a layer of {_configs[index].GetType().Name}.");
        }
    }

    private int AddConvolution(Conv2dConfig config, int next)
    {
        bool isFirst = IsFirst, isFused = config is { Padding: Padding.Valid, Activation: Activation.Relu } && config.Filters % Lanes == 0;
        var weight = Weight(config, [config.Filters, _channels, config.Kernel, config.Kernel], config.Initializer);
        var bias = new Parameter(config.Name + ".bias", [config.Filters]);
        var (channels, height, width) = (_channels, _height, _width);
        (_height, _width, _channels) = (config.Side(height), config.Side(width), config.Filters);

        bool mayPool = isFused && config is { Kernel: 3, Stride: 1 } && (isFirst || channels % Lanes == 0);
        if (mayPool && next < _configs.Length && _configs[next] is MaxPool2dConfig { Size: 2 } pool)
        {
            (_height, _width) = (pool.Side(_height), pool.Side(_width));
            var (dropout, taken) = DropoutAt(next + 1);
            _layers.Add(isFirst
                ? new FirstConvolutionLayer(weight, bias, dropout, height, width)
                : new PooledConvolutionLayer(weight, bias, dropout, height, width, channels));
            return 2 + taken;
        }

        if (isFused)
        {
            var (dropout, taken) = DropoutAt(next);
            _layers.Add(new ConvolutionReluLayer(weight, bias, dropout, config.Stride, _height, _width, isFirst));
            return 1 + taken;
        }

        _layers.Add(new ConvolutionLayer(weight, bias, config, isFirst));
        AddActivation(config.Activation);
        return 1;
    }

    private int AddDense(DenseConfig config, int next)
    {
        bool isFirst = _layers.All(layer => layer is FlattenLayer);
        int units = config.Units ?? _classes;
        var weight = Weight(config, [units, _channels], config.Initializer, _featureMap);
        var bias = new Parameter(config.Name + ".bias", [units]);
        int inputs = _channels;
        (_channels, _featureMap) = (units, null);
        if (config.Activation == Activation.Relu && inputs % Lanes == 0 && units % Lanes == 0)
        {
            var (dropout, taken) = DropoutAt(next);
            _layers.Add(new DenseReluLayer(weight, bias, dropout, inputs, isFirst));
            return 1 + taken;
        }

        _layers.Add(new DenseLayer(weight, bias, isFirst));
        AddActivation(config.Activation);
        return 1;
    }

    private void AddActivation(Activation activation)
    {
        if (activation != Activation.None)
        {
            _layers.Add(new ActivationLayer(activation));
        }
    }

    /// <summary>The dropout layer at this place of the list; one that drops nothing where another layer is there.</summary>
    private (Dropout Dropout, int Taken) DropoutAt(int index) =>
        index < _configs.Length && _configs[index] is DropoutConfig { Rate: var rate } ? (NextDropout(rate), 1) : (new Dropout(rate: 0, layer: 0, _seed), 0);

    private Dropout NextDropout(double rate) => new(rate, ++_dropouts, _seed);

    private Parameter Weight(LayerConfig config, long[] shape, Initializer initializer, long[]? featureMap = null) => new(config.Name + ".weight", shape, featureMap)
    {
        Plain = Initializers.Draw(initializer, shape, new RandomStream(_seed, RandomPurpose.Initialization, ++_weighted)),
    };

    private Parameter Values(LayerConfig config, string name, float value, bool isTrained = true) => new($"{config.Name}.{name}", [_channels])
    {
        IsTrained = isTrained,
        Plain = [.. Enumerable.Repeat(value, _channels)],
    };
}
