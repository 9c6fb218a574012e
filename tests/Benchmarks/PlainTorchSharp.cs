using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Experiments.Benchmarks;

/// <summary>The rival: the notebook's CNN and its training loop as TorchSharp's own examples write them, with libtorch's threads.</summary>
internal static class PlainTorchSharp
{
    /// <param name="images">[N, 1, 28, 28], 0 to 1.</param>
    /// <param name="labels">[N].</param>
    /// <returns>Seconds of one epoch's training.</returns>
    public static double TrainEpoch(Tensor images, Tensor labels, int batchSize, bool dropout, int threads)
    {
        set_num_threads(threads);
        using var model = new Cnn(dropout);
        using var optimizer = optim.Adam(model.parameters(), lr: 0.001);
        using var loss = CrossEntropyLoss();
        model.train();

        long started = Stopwatch.GetTimestamp();
        using var order = randperm(images.shape[0]);
        for (long start = 0; start < images.shape[0]; start += batchSize)
        {
            using var scope = NewDisposeScope();
            var indices = order.narrow(0, start, Math.Min(batchSize, images.shape[0] - start));
            var target = labels.index_select(0, indices);
            optimizer.zero_grad();
            var output = model.call(images.index_select(0, indices));
            var error = loss.call(output, target);
            error.backward();
            optimizer.step();
            _ = error.item<float>();
            _ = output.argmax(1).eq(target).sum().item<long>();
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private sealed class Cnn : Module<Tensor, Tensor>
    {
        private readonly Sequential _layers;

        public Cnn(bool dropout)
            : base(nameof(Cnn))
        {
            List<Module<Tensor, Tensor>> layers =
            [
                Conv2d(1, 32, 3), ReLU(), MaxPool2d(2), .. Drop(0.25),
                Conv2d(32, 64, 3), ReLU(), MaxPool2d(2), .. Drop(0.25),
                Conv2d(64, 128, 3), ReLU(), .. Drop(0.4),
                Flatten(), Linear(1152, 128), ReLU(), .. Drop(0.3), Linear(128, 10),
            ];
            _layers = Sequential(layers);
            RegisterComponents();

            IEnumerable<Module<Tensor, Tensor>> Drop(double rate) => dropout ? [Dropout(rate)] : [];
        }

        public override Tensor forward(Tensor input) => _layers.call(input);
    }
}
