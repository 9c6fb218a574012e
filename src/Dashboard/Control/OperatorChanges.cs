using Experiments.Dashboard.Security;
using Microsoft.AspNetCore.Components.Authorization;

namespace Experiments.Dashboard.Control;

/// <summary>What a page changes, for operators alone: whatever a page offers to whom, this asks who looks at it.</summary>
internal sealed class OperatorChanges(AuthenticationStateProvider authentication, SeenChanges changes)
{
    /// <inheritdoc cref="IGridGrain.Control"/>
    /// <exception cref="UnauthorizedAccessException">Whoever looks is no operator; this applies to every change.</exception>
    public Task<ControlResult?> Control(string grid, ControlVerb verb, string? experiment) =>
        Change(grid, grain => grain.Control(verb, experiment, CancellationToken.None));

    /// <inheritdoc cref="IGridGrain.Delete"/>
    public Task<int> Delete(string grid, string id) => Change(grid, grain => grain.Delete(id, CancellationToken.None));

    /// <inheritdoc cref="IGridGrain.Annotate"/>
    public Task<bool> Annotate(string grid, string? experiment, Annotation annotation) =>
        Change(grid, grain => grain.Annotate(experiment, annotation, CancellationToken.None));

    /// <inheritdoc cref="IGridGrain.Submit"/>
    public Task<SubmitResult> Submit(GridDefinition definition) => Change(definition.Name, grain => grain.Submit(definition, CancellationToken.None));

    private async Task<T> Change<T>(string grid, Func<IGridGrain, Task<T>> change)
    {
        if (!(await authentication.GetAuthenticationStateAsync()).User.IsInRole(Role.Operator))
            throw new UnauthorizedAccessException("Only an operator may change anything.");

        return await changes.Apply(grid, change);
    }
}
