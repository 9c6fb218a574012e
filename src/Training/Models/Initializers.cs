using Experiments.Training.Randomness;

namespace Experiments.Training.Models;

/// <summary>Initial weights as Keras draws them; weight i of the plain layout is a function of (seed, layer, i) alone.</summary>
internal static class Initializers
{
    /// <summary>Normal with variance 2 / fan-in, cut off at two standard deviations. Source: He et al., 2015; <c>keras.initializers.HeNormal</c>.</summary>
    public static float[] HeNormal(long[] shape, RandomStream stream)
    {
        double deviation = Math.Sqrt(2.0 / Fans(shape).In) / TruncatedNormal.StandardDeviation;
        return Draw(shape, stream, uniform => TruncatedNormal.FromUniform(uniform) * deviation);
    }

    /// <summary>Uniform in ±√(6 / (fan-in + fan-out)). Source: Glorot and Bengio, 2010; <c>keras.initializers.GlorotUniform</c>.</summary>
    public static float[] GlorotUniform(long[] shape, RandomStream stream)
    {
        var (fanIn, fanOut) = Fans(shape);
        double limit = Math.Sqrt(6.0 / (fanIn + fanOut));
        return Draw(shape, stream, uniform => ((2 * uniform) - 1) * limit);
    }

    private static (long In, long Out) Fans(long[] shape)
    {
        long kernel = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
        return (shape[1] * kernel, shape[0] * kernel);
    }

    private static float[] Draw(long[] shape, RandomStream stream, Func<double, double> fromUniform)
    {
        var weights = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)fromUniform(stream.Uniform((uint)i));
        }

        return weights;
    }
}
