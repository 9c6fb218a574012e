using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Experiments.Benchmarks.Training;

/// <summary>The rival: the notebook's CNN and its training loop as TorchSharp's own examples write them, and tuned as PyTorch's documentation says.</summary>
internal static class RivalTorchSharp
{
    /// <param name="threads">Of libtorch.</param>
    /// <param name="channelsLast">Whether model and images are converted to that memory format before, as PyTorch's "Channels Last Memory Format" tutorial has it.</param>
    /// <returns>Seconds of one epoch's training.</returns>
    public static double TrainEpoch(BenchedImages images, bool dropout, int threads, bool channelsLast)
    {
        set_num_threads(threads);
        using var pixels = channelsLast ? images.Tensor.permute(0, 2, 3, 1).contiguous() : images.Tensor.alias();
        using var model = new Cnn(dropout, channelsLast);
        using var optimizer = optim.Adam(model.parameters(), lr: 0.001);
        using var loss = CrossEntropyLoss();
        model.train();

        long started = Stopwatch.GetTimestamp();
        using var order = randperm(images.Count);
        for (long start = 0; start < images.Count; start += BenchedImages.BatchSize)
        {
            using var scope = NewDisposeScope();
            var indices = order.narrow(0, start, Math.Min(BenchedImages.BatchSize, images.Count - start));
            var target = images.Labels.index_select(0, indices);
            optimizer.zero_grad();
            var batch = pixels.index_select(0, indices);

            // With these strides libtorch knows one channel for the last one, as it does after `to(memory_format=torch.channels_last)`.
            var output = model.call(channelsLast ? batch.permute(0, 3, 1, 2) : batch);
            var error = loss.call(output, target);
            error.backward();
            optimizer.step();
            _ = error.item<float>();
            _ = output.argmax(1).eq(target).sum().item<long>();
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>TorchSharp has no memory formats: strides make one.</summary>
    private static Tensor ChannelsLast(Tensor kernel)
    {
        using var scope = NewDisposeScope();
        return kernel.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    private sealed class Cnn : Module<Tensor, Tensor>
    {
        private readonly Sequential _layers;

        public Cnn(bool dropout, bool channelsLast)
            : base(nameof(Cnn))
        {
            List<Module<Tensor, Tensor>> layers =
            [
                Conv2d(1, 32, 3), ReLU(), MaxPool2d(2), .. Drop(0.25),
                Conv2d(32, 64, 3), ReLU(), MaxPool2d(2), .. Drop(0.25),
                Conv2d(64, 128, 3), ReLU(), .. Drop(0.4),
                Flatten(), Linear(1152, 128), ReLU(), .. Drop(0.3), Linear(128, 10),
            ];
            foreach (var convolution in channelsLast ? layers.OfType<Conv2d>() : [])
            {
                convolution.weight = new Parameter(ChannelsLast(convolution.weight!.detach()));
            }

            _layers = Sequential(layers);
            RegisterComponents();
            if (channelsLast && parameters().Any(kernel => kernel.dim() == 4 && kernel.shape[1] > 1 && kernel.stride(1) != 1))
            {
                throw new InvalidOperationException("The kernels did not stay channels-last.");
            }

            IEnumerable<Module<Tensor, Tensor>> Drop(double rate) => dropout ? [Dropout(rate)] : [];
        }

        public override Tensor forward(Tensor input) => _layers.call(input);
    }
}
