using Experiments.Grains.Storage;

namespace Experiments.Grains.Grids;

/// <summary>
/// What users ask of a grid that exists. An experiment that no slot has begun has no state of its own, so what becomes of it is the grid's
/// to keep, in one write for any number; one that has begun decides for itself. A submit, a verb and a delete take turns: the same
/// experiment is never changed by two of them at once.
/// </summary>
internal sealed partial class GridGrain
{
    private static readonly TimeSpan StopPoll = TimeSpan.FromMilliseconds(50);

    public async Task<ControlResult?> Control(ControlVerb verb, string? experiment, CancellationToken cancellationToken)
    {
        if (!TryFind(experiment, out int named))
        {
            return null;
        }

        // Of a whole grid only those are asked to which the verb applies as far as is known; a single one always answers for itself.
        var answered = RequestIdentity.IsSame(State.LastVerb?.Request)
            ? State.LastVerb!
            : await Hold(verb, experiment is null ? [.. Enumerable.Range(0, _rows.All.Count).Where(index => Applies(verb, index))] : [named], cancellationToken);
        int changed = answered.Held;
        foreach (int[] some in answered.Begun.Chunk(ChangedAtOnce))
        {
            changed += (await Task.WhenAll(some.Select(index => ControlBegun(verb, index, cancellationToken)))).Count(done => done);
        }

        await TellQueue(verb, changed, cancellationToken);
        return experiment is null
            ? new ControlResult(changed, _rows.All.Count - changed, Status: null)
            : new ControlResult(changed, 1 - changed, _rows.All[named].Status);
    }

    public async Task<int> Delete(string id, CancellationToken cancellationToken)
    {
        if (Exists && State.Id == id)
        {
            int unfinished = _rows.All.Count(row => !row.Status.IsFinal());
            if (unfinished > 0)
            {
                return unfinished;
            }

            State.IsDeleted = true;
            await Persist(cancellationToken);
        }

        await FinishDelete(id, cancellationToken);
        return 0;
    }

    /// <summary>
    /// The rows tell whose state is to be cleared, so they go after it; and while the name is registered, whoever asks by it to delete
    /// the grid finds this grain.
    /// </summary>
    private async Task FinishDelete(string id, CancellationToken cancellationToken)
    {
        string name = this.GetPrimaryKeyString()[GrainKeys.Grid("").Length..];
        if (state.RecordExists && State.Id == id)
        {
            foreach (int[] some in Enumerable.Range(0, _rows.All.Count).Where(HasBegun).Chunk(ChangedAtOnce))
            {
                await Task.WhenAll(some.Select(index => UntilStopped(() => Experiment(index).Delete(cancellationToken), cancellationToken)));
            }

            await Write(state.ClearStateAsync, cancellationToken);
            _rows = new GridRows(time);
        }

        if ((await store.ListGridsAsync(cancellationToken)).Contains(new GridEntry(name, id)))
        {
            await store.RemoveGridAsync(id, cancellationToken);
        }

        await Queue.Withdraw(name, cancellationToken);
    }

    /// <summary>Changes those that no slot has begun, and forgets what was kept of those that are to go on.</summary>
    /// <param name="indices">Those that the verb is for.</param>
    private async Task<AnsweredVerb> Hold(ControlVerb verb, int[] indices, CancellationToken cancellationToken)
    {
        int[] waiting = [.. indices.Where(index => !HasBegun(index) && Applies(verb, index))];
        int[] begun = [.. indices.Where(HasBegun)];
        var answered = new AnsweredVerb(RequestIdentity.Current, waiting.Length, [.. begun]);
        var held = State.Held.ToBuilder();
        var now = time.GetUtcNow();
        foreach (int index in waiting)
        {
            if (verb.Applied(_rows.All[index].Status) is { } status and not ExperimentStatus.Pending)
            {
                held[index] = new HeldExperiment(status, now);
            }
            else
            {
                held.Remove(index);
            }
        }

        if (verb is ControlVerb.Resume or ControlVerb.Retry)
        {
            held.RemoveRange(begun);
        }

        // A single one that has begun knows by itself whether it was asked before.
        if (waiting.Length > 0 || held.Count != State.Held.Count || (begun.Length > 1 && answered.Request is not null))
        {
            State.Held = held.ToImmutable();
            State.LastVerb = answered;
            await Persist(cancellationToken);
        }

        // One that began meanwhile has told of it, and is told in turn.
        foreach (int index in waiting.Where(index => !HasBegun(index)))
        {
            _rows.Put(NeverBegun(index));
        }

        return answered;
    }

    private async Task<bool> ControlBegun(ControlVerb verb, int index, CancellationToken cancellationToken)
    {
        var outcome = ControlOutcome.Stopping;
        await UntilStopped(
            async () => (outcome = await Experiment(index).Control(verb, Assignment(index), cancellationToken)) != ControlOutcome.Stopping,
            cancellationToken);
        return outcome == ControlOutcome.Changed;
    }

    private async Task TellQueue(ControlVerb verb, int changed, CancellationToken cancellationToken)
    {
        if (changed == 0)
        {
            return;
        }

        if (verb is ControlVerb.Resume or ControlVerb.Retry)
        {
            await Queue.Offer(Definition.Name, cancellationToken);
        }
        else
        {
            await Queue.Withdraw(Definition.Name, cancellationToken);
        }
    }

    private bool Applies(ControlVerb verb, int index) => verb.Applied(_rows.All[index].Status) is not null;

    /// <summary>Asks again while a slot still stops; one that falls silent is not waited for longer than its lease lasts.</summary>
    private async Task UntilStopped(Func<Task<bool>> ask, CancellationToken cancellationToken)
    {
        while (!await ask())
        {
            await Task.Delay(StopPoll, time, cancellationToken);
        }
    }
}
