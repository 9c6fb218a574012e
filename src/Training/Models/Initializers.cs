using Experiments.Training.Randomness;

namespace Experiments.Training.Models;

/// <summary>Initial weights as Keras draws them; weight i of the plain layout is a function of (seed, layer, i) alone.</summary>
internal static class Initializers
{
    /// <param name="shape">[out, in, …].</param>
    public static float[] Draw(Initializer initializer, long[] shape, RandomStream stream)
    {
        var (fanIn, fanOut) = Fans(shape);
        return initializer switch
        {
            Initializer.GlorotUniform => Uniform(2.0 / (fanIn + fanOut)),
            Initializer.GlorotNormal => Normal(2.0 / (fanIn + fanOut)),
            Initializer.HeUniform => Uniform(2.0 / fanIn),
            Initializer.HeNormal => Normal(2.0 / fanIn),
            Initializer.LecunUniform => Uniform(1.0 / fanIn),
            Initializer.LecunNormal => Normal(1.0 / fanIn),
            _ => throw new ArgumentOutOfRangeException(nameof(initializer), initializer, "This is no initializer."),
        };

        float[] Uniform(double variance)
        {
            double limit = Math.Sqrt(3 * variance);
            return Each(uniform => ((2 * uniform) - 1) * limit);
        }

        // Cut off at two standard deviations, and as wide as before.
        float[] Normal(double variance)
        {
            double deviation = Math.Sqrt(variance) / TruncatedNormal.StandardDeviation;
            return Each(uniform => TruncatedNormal.FromUniform(uniform) * deviation);
        }

        float[] Each(Func<double, double> fromUniform)
        {
            var weights = new float[shape.Aggregate(1L, (product, size) => product * size)];
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = (float)fromUniform(stream.Uniform((uint)i));
            }

            return weights;
        }
    }

    private static (long In, long Out) Fans(long[] shape)
    {
        long kernel = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
        return (shape[1] * kernel, shape[0] * kernel);
    }
}
