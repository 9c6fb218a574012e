using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Charts;

/// <summary>What <c>experiment-chart</c> tells components of, once <c>registerChartEvents</c> of <c>charts/blazor-events.js</c> was called.</summary>
[EventHandler("onchartselect", typeof(ChartSelectEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
[EventHandler("onchartcell", typeof(ChartCellEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
[EventHandler("oncharthover", typeof(ChartHoverEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
[EventHandler("oncharthidden", typeof(ChartHiddenEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;

/// <summary>Experiments were selected on an axis.</summary>
public sealed class ChartSelectEventArgs : EventArgs
{
    /// <summary>Of the experiments; null where nothing is brushed, so that all are meant.</summary>
    public ImmutableArray<string>? Ids { get; set; }
}

/// <summary>A cell of a confusion matrix was pressed.</summary>
public sealed class ChartCellEventArgs : EventArgs
{
    /// <summary>Label of the true class.</summary>
    public int Row { get; set; }

    /// <summary>Label of the predicted class.</summary>
    public int Column { get; set; }
}

/// <summary>The pointer has come to a curve or a line.</summary>
public sealed class ChartHoverEventArgs : EventArgs
{
    /// <summary>Of the experiment; null for the mean of a variant, and where the pointer has left.</summary>
    public string? Id { get; set; }

    /// <summary>Null where there are no epochs, and where the pointer has left.</summary>
    public int? Epoch { get; set; }
}

/// <summary>A name in the legend was pressed.</summary>
public sealed class ChartHiddenEventArgs : EventArgs
{
    /// <summary>All that are hidden now: variants, or splits of a dataset.</summary>
    public ImmutableArray<string> Hidden { get; set; } = [];
}
