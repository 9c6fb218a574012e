namespace Experiments.GridFiles;

/// <summary>Gathers what is wrong with one file, so that all of it is said at once.</summary>
internal sealed class FaultList(string file)
{
    /// <summary>As many as a person reads; a file may hold a hundred thousand.</summary>
    private const int Most = 100;

    private readonly HashSet<GridFault> _faults = [];
    private bool _more;

    /// <summary>Notes a fault once, however often it is met.</summary>
    public void Add(Place place, string message)
    {
        var fault = new GridFault(file, place.Line, place.Column, place.Option is null ? message : $"{place.Option}: {message}");
        if (_faults.Count < Most) _faults.Add(fault);
        else _more |= !_faults.Contains(fault);
    }

    /// <exception cref="GridFileException">A fault was noted.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count == 0) return;

        var inOrder = _faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column);
        throw new GridFileException(
        [
            .. inOrder,
            .. _more ? [new GridFault(file, null, null, $"more faults than these {Most}; correct them first")] : Array.Empty<GridFault>(),
        ]);
    }

    /// <exception cref="GridFileException">Always: after this fault nothing more can be read.</exception>
    public GridFileException With(Place place, string message)
    {
        Add(place, message);
        ThrowIfAny();
        throw new InvalidOperationException("A fault was added and is gone.");
    }
}
