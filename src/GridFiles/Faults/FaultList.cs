namespace Experiments.GridFiles;

/// <summary>Gathers what is wrong with one file, so that all of it is said at once.</summary>
internal sealed class FaultList(string file)
{
    /// <summary>As many as a person reads; a file may hold a hundred thousand.</summary>
    private const int Most = 100;

    private readonly HashSet<GridFault> _faults = [];

    /// <summary>Notes a fault once, however often it is met.</summary>
    /// <exception cref="GridFileException">There are more than a person reads: reading ends here.</exception>
    public void Add(Place place, string message)
    {
        var fault = new GridFault(file, place.Line, place.Column, place.Option is null ? message : $"{place.Option}: {message}");
        if (_faults.Add(fault) && _faults.Count > Most)
        {
            _faults.Remove(fault);
            _faults.Add(new GridFault(file, null, null, $"has more faults than these {Most}; correct them first."));
            ThrowIfAny();
        }
    }

    /// <exception cref="GridFileException">A fault was noted.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0) throw ToException();
    }

    /// <summary>What to throw for a fault after which nothing more can be read; those noted before it are told too.</summary>
    public GridFileException And(Place place, string message)
    {
        Add(place, message);
        return ToException();
    }

    private GridFileException ToException() => new([.. _faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]);
}
