namespace Experiments.Training.Models;

/// <summary>A parameter's values as a kernel wants them, arranged anew once they have changed: not for each batch of an evaluation.</summary>
/// <param name="count">Of the values it makes of the parameter's.</param>
/// <param name="arrange">From the parameter's, in memory order.</param>
internal sealed class RearrangedParameter(Parameter parameter, int count, Action<ReadOnlySpan<float>, Span<float>> arrange)
{
    private readonly float[] _values = GC.AllocateArray<float>(count, pinned: true);
    private long _version = -1;

    public float[] Values
    {
        get
        {
            if (_version != parameter.Version)
            {
                arrange(parameter.Values, _values);
                _version = parameter.Version;
            }

            return _values;
        }
    }
}
