using System.Globalization;

namespace Experiments.Grains.Grids;

/// <summary>What people write about a grid and its experiments. The grid keeps it, for an experiment's own line is written anew at each epoch.</summary>
internal sealed partial class GridGrain
{
    public async Task<bool> Annotate(string? experiment, Annotation annotation, CancellationToken cancellationToken)
    {
        if (!TryFind(experiment, out int index))
        {
            return false;
        }

        string? id = experiment is null ? null : ExperimentId(index);
        // Whoever calls may have made it without the factory.
        var whole = Annotation.Create(annotation.Tags, annotation.Note);
        if (id is not null)
        {
            RefuseTooLong(id, whole.Note);
        }

        bool isRegistered = false;
        await Write(async stop => isRegistered = await store.WriteAnnotationAsync(State.Id, id, whole, stop), cancellationToken);
        if (!isRegistered)
        {
            // Another activation has removed the grid.
            DeactivateOnIdle();
            return false;
        }

        _rows.Annotate(id, whole is { Tags.IsEmpty: true, Note: "" } ? null : whole);
        return true;
    }

    private async Task ReadAnnotations(CancellationToken cancellationToken)
    {
        foreach (var (experiment, annotation) in await store.ReadAnnotationsAsync(State.Id, cancellationToken))
        {
            _rows.Annotate(experiment, annotation);
        }
    }

    /// <exception cref="AnnotationException">With the note the lines of the grid would make too large a message.</exception>
    private void RefuseTooLong(string id, string note)
    {
        int others = _rows.All.Sum(row => row.Id == id ? 0 : row.Annotation?.Note.Length ?? 0);
        if (note.Length > 0 && others + note.Length > Annotation.LongestNotes)
        {
            throw new AnnotationException(
                [string.Create(CultureInfo.InvariantCulture, $"The notes of this grid's experiments would have more than {Annotation.LongestNotes:N0} characters together: shorten some, or write to the grid's own note.")]);
        }
    }
}
