using System.Globalization;

namespace Experiments.Grains.Execution;

/// <summary>A thread that trains gives no sign of going on.</summary>
internal sealed class TrainingHungException(TimeSpan silence)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The training has hung: nothing was heard of it for {silence.TotalSeconds:N0} s."));
